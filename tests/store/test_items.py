"""Versions of items, what was done about them, and challenges, the same on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.stories import (
    T0,
    add_ann,
    answered,
    begun,
    challenge,
    challenge_an_item,
    form,
    hand_in,
    item,
    question,
)
from training.core.challenge import Ending, Message, State
from training.core.question import digest
from training.core.refusal import NotFound, Refusal
from training.core.stage import ItemEvent, Step
from training.core.version import restored, version_of
from training.store import attempts, challenges, item_events, versions
from training.store.database import Connection, Database


@pytest.fixture
def sat(database: Database) -> Database:
    """Ann answered two of four questions, and handed in."""

    def work(tx: Connection) -> None:
        add_ann(tx)
        attempts.add(tx, begun(paper=form(4)), "click")
        before = attempts.get(tx, "a-1")
        attempts.append(tx, before, answered(answered(before, 0), 1))
        hand_in(tx, "a-1")

    database.write(work)
    return database


def test_a_version_is_kept_once_and_read_back_as_it_was(database: Database):
    first = database.write(lambda tx: versions.keep(tx, item(0), T0))
    again = database.write(lambda tx: versions.keep(tx, item(0), T0 + timedelta(days=1)))
    other = database.write(lambda tx: versions.keep(tx, item(0, stem="Another?"), T0 + timedelta(days=1)))
    kept = database.read(lambda tx: versions.of_item(tx, "item-0"))

    assert first == again == version_of(item(0)) != other
    assert [(each.digest, each.at, each.served) for each in kept] == [
        (first, T0, None), (other, T0 + timedelta(days=1), None),
    ]  # fmt: skip
    assert restored(kept[0].body, item(0)) == item(0)


def test_what_was_served_is_noted_once(database: Database):
    served = {digest(question(0)): item(0)}
    for day in (0, 1):
        database.write(lambda tx, day=day: versions.note_served(tx, served, T0 + timedelta(days=day)))
    kept = database.read(lambda tx: versions.of_item(tx, "item-0"))
    made = {digest(question(0)): (item(0), version_of(item(0)))}

    assert [each.served for each in kept] == [T0]
    assert database.read(lambda tx: versions.unserved(tx, made)) == {}


def test_an_attempt_counts_for_the_version_that_was_noted_before_it_began(sat: Database):
    asked = digest(question(0))
    before, tagged = item(0), item(0, tags=["consent"])
    sat.write(lambda tx: versions.note_served(tx, {asked: before}, T0))
    sat.write(lambda tx: versions.note_served(tx, {asked: tagged}, T0 + timedelta(days=1)))

    def again(tx: Connection) -> None:
        attempts.add(tx, begun("a-2", at=T0 + timedelta(days=2), paper=form(4)), "second click")
        hand_in(tx, "a-2")

    sat.write(again)
    uses = sat.read(lambda tx: versions.uses(tx, "item-0"))

    assert [(each.version, each.programme, each.n, each.mean) for each in uses] == [
        (version_of(before), "topic", 1, 1.0), (version_of(tagged), "topic", 1, 0.0),
    ]  # fmt: skip
    assert sat.read(lambda tx: versions.of_question(tx, asked, T0)) == version_of(before)
    assert sat.read(lambda tx: versions.of_question(tx, asked, T0 + timedelta(days=3))) == version_of(tagged)


def test_attempts_from_before_versions_were_kept_are_told_apart(sat: Database):
    assert [(each.version, each.n) for each in sat.read(lambda tx: versions.uses(tx, "item-0"))] == [("", 1)]


def test_of_two_who_take_the_same_step_one_is_refused(database: Database):
    version = database.write(lambda tx: versions.keep(tx, item(0), T0))
    event = ItemEvent(1, Step.SUBMITTED, version, "ida", T0, "Please look.")
    database.write(lambda tx: item_events.add(tx, "item-0", event))

    with pytest.raises(Refusal, match="reload"):
        database.write(lambda tx: item_events.add(tx, "item-0", replace(event, by="ivo")))
    assert database.read(lambda tx: item_events.of_item(tx, "item-0")) == [event]
    assert database.read(item_events.of_all) == {"item-0": [event]}
    assert database.read(lambda tx: item_events.moment(tx, [Step.SUBMITTED])) == 1


def test_a_challenge_is_read_back_with_its_messages_and_its_end(sat: Database):
    sat.write(challenge_an_item)
    found = sat.read(lambda tx: challenges.get(tx, "c-1"))

    assert replace(found, messages=(), ending=None) == challenge()
    assert [each.text for each in found.messages] == ["Which other answer?"]
    assert found.state is State.UPHELD
    assert [each.id for each in sat.read(challenges.upheld)] == ["c-1"]
    assert sat.read(lambda tx: challenges.of_learner(tx, "ann")) == sat.read(challenges.every) == [found]
    assert sat.read(lambda tx: challenges.of_item(tx, "item-1")) == []
    with pytest.raises(NotFound):
        sat.read(lambda tx: challenges.get(tx, "c-2"))


def test_of_two_rulings_or_messages_at_once_one_is_refused(sat: Database):
    sat.write(challenge_an_item)

    with pytest.raises(Refusal, match="reload"):
        sat.write(lambda tx: challenges.end(tx, "c-1", Ending(State.NOT_UPHELD, "ivo", T0, "No other is right.")))
    with pytest.raises(Refusal, match="reload"):
        sat.write(lambda tx: challenges.say(tx, "c-1", Message(1, "ann", True, T0, "The second one.")))


def test_open_and_overdue_challenges_are_counted(sat: Database):
    sat.write(lambda tx: challenges.add(tx, challenge("c-1")))
    sat.write(lambda tx: challenges.add(tx, challenge("c-2", slot=1, opened=T0 + timedelta(days=10))))

    def count(days: int) -> tuple[int, int]:
        return sat.read(lambda tx: challenges.count_open(tx, T0 + timedelta(days=days)))

    assert (count(1), count(15), count(25)) == ((2, 0), (2, 1), (2, 2))
    sat.write(lambda tx: challenges.end(tx, "c-1", Ending(State.WITHDRAWN, "ann", T0)))
    assert count(15) == (1, 0)


def test_the_evidence_is_what_all_answers_to_the_very_question_were_like(sat: Database):
    found = sat.read(lambda tx: challenges.evidence(tx, "item-0", digest(question(0))))
    unanswered = sat.read(lambda tx: challenges.evidence(tx, "item-2", digest(question(2))))
    unknown = sat.read(lambda tx: challenges.evidence(tx, "item-0", "nothing"))

    assert (found.n, found.mean, found.responses) == (1, 1.0, (("a", 1),))
    assert (unanswered.n, unanswered.mean, unanswered.responses) == (1, 0.0, ((None, 1),))
    assert (unknown.n, unknown.mean, unknown.responses) == (0, 0.0, ())
