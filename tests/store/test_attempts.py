"""Attempts in the database: what was put in comes out, windows never overwrite each other, times are exact."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Barrier
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.store.stories import T0, add_ann, add_person, answered, begun, form, hand_in, question
from training.core import attempt as sitting
from training.core.attempt import Answered, Attempt, Checked, Event, Flagged, Struck, Submitted
from training.core.blueprint import Mode
from training.core.interaction import Value
from training.core.key import Key
from training.core.question import digest
from training.core.refusal import NotFound, Refusal
from training.core.score import grade
from training.store import attempts, codec
from training.store.database import Connection, Database, open_database


@pytest.fixture
def started(database: Database) -> Database:
    """Ann has begun attempt a-1."""
    database.write(add_ann)
    database.write(lambda tx: attempts.add(tx, begun(), "click"))
    return database


def saved(database: Database, attempt_id: str = "a-1") -> Attempt:
    return database.read(lambda tx: attempts.get(tx, attempt_id))


def change(database: Database, do: Callable[[Attempt], Attempt], attempt_id: str = "a-1") -> Attempt:
    def work(tx: Connection) -> Attempt:
        before = attempts.get(tx, attempt_id)
        after = do(before)
        attempts.append(tx, before, after)
        return after

    return database.write(work)


def test_an_attempt_comes_back_as_it_was_with_questions_of_every_type(started: Database) -> None:
    assert saved(started) == begun()
    assert saved(started).started.microsecond == 123456
    assert {type(slot.question.key) for slot in saved(started).form.slots} == set(get_args(Key))


def test_a_program_started_later_reads_the_same(started: Database) -> None:
    after = change(started, lambda before: answered(before, 3, seconds=0.000001))

    later = open_database(started.url.render_as_string(hide_password=False))
    assert saved(later) == after
    assert grade(saved(later)) == grade(after)
    later.close()


def test_a_question_is_stored_once_for_all_the_forms_it_is_in(started: Database) -> None:
    started.write(lambda tx: add_person(tx, "bo"))
    started.write(lambda tx: attempts.add(tx, begun("a-2", learner="bo", paper=form(8, first=4)), "click"))

    rows = started.read(lambda tx: tx.execute(text("SELECT digest, item_id FROM questions ORDER BY item_id")).all())
    assert [tuple(row) for row in rows] == [
        (digest(question(n)), f"item-{n}") for n in (*range(2), 10, 11, *range(2, 10))
    ]


def test_every_kind_of_event_comes_back_in_order(started: Database) -> None:
    change(started, lambda a: answered(a, 0))
    change(started, lambda a: sitting.flag(a, 1, True, now=T0))
    change(started, lambda a: sitting.strike(a, 0, ("b", "c"), now=T0))
    change(started, lambda a: sitting.check(a, 0, now=T0))
    after = change(started, lambda a: sitting.submit(a, now=T0 + timedelta(hours=2)))

    assert saved(started) == after
    assert [type(event) for event in after.events] == [Answered, Flagged, Struck, Checked, Submitted]


def test_several_events_at_once_are_all_or_none(started: Database) -> None:
    change(started, lambda a: answered(answered(a, 0), 1))
    stale = begun()
    with pytest.raises(Refusal):
        started.write(lambda tx: attempts.append(tx, stale, answered(answered(answered(stale, 2), 3), 5)))

    assert list(saved(started).responses) == [0, 1]


def test_what_was_not_committed_is_not_remembered(database: Database) -> None:
    def add_and_fail(tx: Connection) -> None:
        add_ann(tx)
        attempts.add(tx, begun(), "click")
        assert attempts.get(tx, "a-1") == begun()
        raise Refusal("no")

    with pytest.raises(Refusal, match="no"):
        database.write(add_and_fail)
    with pytest.raises(NotFound):
        saved(database)
    database.write(add_ann)
    other = begun(paper=form(3))
    database.write(lambda tx: attempts.add(tx, other, "click"))
    assert saved(database) == other


def test_an_attempt_that_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        saved(database, "nothing")


def test_two_windows_with_the_same_number_one_wins_and_the_other_is_told(started: Database) -> None:
    before, together = saved(started), Barrier(2)

    def window(slot: int) -> str:
        after = answered(before, slot)
        together.wait()
        try:
            started.write(lambda tx: attempts.append(tx, before, after))
        except Refusal as refusal:
            return str(refusal)
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(window, (0, 1)))

    assert max(told) == "saved"
    assert "another window" in min(told)
    assert len(saved(started).events) == 1


def test_two_windows_that_read_first_both_have_their_answers_kept(started: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(change, started, lambda a, slot=slot: answered(a, slot)) for slot in range(8)]:
            done.result()

    assert sorted(saved(started).responses) == list(range(8))
    assert [event.seq for event in saved(started).events] == list(range(1, 9))


def test_a_double_click_starts_one_attempt(database: Database) -> None:
    database.write(add_ann)
    together = Barrier(8)

    def click(number: int) -> str:
        def work(tx: Connection) -> str:
            known = attempts.started(tx, "ann", "click")
            if known is None:
                attempts.add(tx, begun(f"a-{number}"), "click")
            return known or f"a-{number}"

        together.wait()
        return database.write(work)

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(click, range(8)))

    assert len(ids) == 1
    assert database.read(lambda tx: list(attempts.every_id(tx))) == list(ids)


def test_the_same_request_cannot_start_a_second_attempt(started: Database) -> None:
    with pytest.raises(Refusal, match="started already"):
        started.write(lambda tx: attempts.add(tx, begun("a-2"), "click"))


def test_what_is_open_and_overdue_follows_the_attempts(started: Database) -> None:
    started.write(lambda tx: attempts.add(tx, begun("a-2", at=T0 - timedelta(minutes=5)), "click 2"))
    untimed = begun("a-3", paper=form(minutes=None))
    started.write(lambda tx: attempts.add(tx, untimed, "click 3"))
    end = T0 + timedelta(minutes=60)

    assert started.read(lambda tx: attempts.overdue(tx, end - timedelta(microseconds=1))) == ["a-2"]
    assert started.read(lambda tx: attempts.overdue(tx, end)) == ["a-2", "a-1"]
    assert started.read(attempts.count_open) == 3
    assert started.read(lambda tx: attempts.open_of(tx, "ann")).keys() == {"topic"}
    assert started.read(lambda tx: attempts.open_of(tx, "bo")) == {}

    for name in ("a-1", "a-2"):
        started.write(lambda tx, name=name: hand_in(tx, name))
    assert started.read(lambda tx: attempts.overdue(tx, end + timedelta(days=9))) == []
    assert started.read(lambda tx: attempts.open_of(tx, "ann")) == {"topic": "a-3"}
    assert started.read(lambda tx: attempts.tries(tx, "ann", "topic")) == 3
    assert started.read(lambda tx: attempts.tries(tx, "ann", "other")) == 0
    assert [each.id for each in started.read(lambda tx: attempts.of_learner(tx, "ann"))] == ["a-2", "a-1", "a-3"]


def test_items_are_met_when_a_form_is_begun_and_the_latest_time_counts(started: Database) -> None:
    later, earlier = T0 + timedelta(days=1), T0 - timedelta(days=1)
    started.write(lambda tx: attempts.add(tx, begun("a-2", at=later, paper=form(4, first=6)), "2"))
    started.write(lambda tx: attempts.add(tx, begun("a-3", at=earlier, paper=form(12)), "3"))

    expected = {f"item-{n}": T0 for n in range(6)} | {f"item-{n}": later for n in range(6, 10)}
    expected |= {f"item-{n}": earlier for n in (10, 11)}
    assert started.read(lambda tx: attempts.last_met(tx, "ann")) == expected
    assert started.read(lambda tx: attempts.last_met(tx, "bo")) == {}


def test_every_attempt_is_walked_once_however_many_pages(started: Database) -> None:
    paper, total = form(1), 2 * attempts.PAGE + 1

    def many(tx: Connection) -> None:
        for number in range(2, total + 1):
            attempts.add(tx, begun(f"a-{number}", paper=paper), f"{number}")

    started.write(many)
    ids = started.read(lambda tx: list(attempts.every_id(tx)))
    assert len(ids) == total
    assert ids == sorted(ids)


VALUES: st.SearchStrategy[Value] = (
    st.none() | st.text(max_size=40) | st.lists(st.text(max_size=5), max_size=5).map(tuple)
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
NUMBERS = st.integers(0, 2**31 - 1)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Answered, NUMBERS, NUMBERS, VALUES, MOMENTS),
    st.builds(Flagged, NUMBERS, NUMBERS, st.booleans(), MOMENTS),
    st.builds(Struck, NUMBERS, NUMBERS, st.lists(st.text(max_size=5)).map(tuple), MOMENTS),
    st.builds(Checked, NUMBERS, NUMBERS, MOMENTS),
    st.builds(Submitted, NUMBERS, MOMENTS, st.sampled_from(["learner", "clock"])),
)


@given(st.lists(EVENTS, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_event_survives_writing_and_reading(events: list[Event]) -> None:
    assert codec.load_events([codec.dump_event(event) for event in events]) == tuple(events)


@given(VALUES)
def test_any_response_survives_writing_and_reading(value: Value) -> None:
    assert codec.load_value(codec.dump_value(value)) == value


@pytest.mark.parametrize("number", range(4))
def test_a_question_is_named_by_what_is_stored(number: int) -> None:
    body = codec.dump_question(question(number))
    assert sha256(body.encode()).hexdigest() == digest(question(number))
    assert codec.load_question(digest(question(number)), body) == question(number)


def test_a_form_survives_writing_and_reading() -> None:
    paper = form(8, mode=Mode.EXAM)
    questions = {slot.digest: slot.question for slot in paper.slots}
    assert codec.load_form(codec.dump_form(paper)).form(questions) == paper
