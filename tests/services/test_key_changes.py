"""A wrong key as a story: proposed, tried dry, signed by a second person, applied to everyone, told, and taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.conftest import Cast
from tests.services.classes import enrol, sit
from tests.services.rekeyed import (
    EXAM,
    REASON,
    asked_most,
    finished,
    percents,
    sat,
    signed,
    taken_back,
)
from tests.services.test_counting import everything
from training.core.interaction import options_of
from training.core.key import Worth
from training.core.key_change import State, regraded
from training.core.refusal import Refusal
from training.core.remarking import FullCredit, LeaveOut, NewKey, Regraded, Remarking
from training.core.score import grade
from training.core.tally import tally
from training.services import (
    rebuilding,
    regrading,
    rekeying,
    replaying,
    reviewing,
    taking,
)
from training.services.app import App
from training.services.marking import batch, marked_again
from training.services.rekeying import Wish
from training.store import attempts, key_changes, results
from training.store.database import Connection, Database
from training.store.sums import Changes
from training.store.tables import outcomes as outcome_table
from training.store.tables import results as result_table


@pytest.fixture
def app(app: App, database: Database) -> App:
    """The product on SQLite and on PostgreSQL."""
    return replace(app, database=database)


def derived(tx: Connection) -> list[object]:
    """Every row that is made again by rebuilding."""
    rows = [
        [tuple(row) for row in tx.execute(select(table).order_by(*table.primary_key))]
        for table in (result_table, outcome_table)
    ]
    return [*rows, *everything(tx)]


@pytest.fixture
def had(app: App, cast: Cast) -> str:
    """The question that most of a class had."""
    sat(app)
    return asked_most(app)


def test_names_are_for_those_who_may_see_scores(app: App, cast: Cast, had: str):
    change = rekeying.drafted(app, cast.ida, Wish(had, FullCredit(), REASON))
    veiled = regrading.forecast(app, cast.ida, change).effects
    named = regrading.forecast(app, cast.cy, change).effects

    assert {each.attempt_id for each in veiled} == {""}
    assert all(each.name.startswith("Learner ") and len(each.name) == len("Learner ABCDEF") for each in veiled)
    assert {each.name for each in named} <= {f"Learner {letter}" for letter in "ABCDEF"}


def test_what_the_dry_run_said_is_what_comes_to_pass(app: App, cast: Cast, had: str):
    change = signed(app, cast.ida, cast.cy, item=had)
    forecast = regrading.forecast(app, cast.cy, rekeying.look(app, cast.cy, change).proposal.change)
    number = regrading.apply(app, cast.cy, change)
    done = regrading.done_by(app, cast.cy, change)

    assert number == len(done) == len(forecast.effects)
    only_dry = {"spared": False, "percent_strict": None, "passed_strict": None}
    assert [replace(each, **only_dry) for each in forecast.effects] == list(done)
    assert rekeying.look(app, cast.ida, change).proposal.state is State.APPLIED
    for each in done:
        assert (
            app.database.read(lambda tx, one=each: results.of_attempt(tx, one.attempt_id)).percent == each.percent_after
        )


def test_events_records_results_and_sums_hold_together(app: App, cast: Cast, had: str):
    regrading.apply(app, cast.cy, signed(app, cast.ida, cast.cy, item=had))
    kept = app.database.read(derived)

    assert replaying.replay_all(app).holds
    rebuilding.rebuild(app)
    assert app.database.read(derived) == kept
    assert replaying.replay_all(app).holds


@pytest.mark.parametrize("remarking", [FullCredit(), LeaveOut()])
def test_the_sums_change_as_if_each_attempt_were_taken_away_and_added_anew(
    app: App, cast: Cast, had: str, remarking: Remarking
):
    change = rekeying.drafted(app, cast.ida, Wish(had, remarking, REASON))
    anew = Changes()
    again = [marked_again(each, regraded(each, change, app.now())) for each in finished(app)]
    for each in again:
        anew.add(tally(each.before, grade(each.before).outcomes, each.passed[0]), -1)
        anew.add(tally(each.after, grade(each.after).outcomes, each.passed[1]))

    for table in ("items", "counts", "scores", "decisions"):
        nonzero = [
            {key: row for key, row in getattr(each, table).items() if any(row)} for each in (batch(again).changes, anew)
        ]
        assert nonzero[0] == nonzero[1]
        assert nonzero[0]


def test_a_question_left_out_leaves_results_outcomes_and_sums_as_rebuilding_makes_them(app: App, cast: Cast, had: str):
    regrading.apply(app, cast.cy, signed(app, cast.ida, cast.cy, LeaveOut(), item=had))
    kept = app.database.read(derived)
    rebuilding.rebuild(app)

    assert app.database.read(derived) == kept
    assert replaying.replay_all(app).holds


def test_the_regrade_is_an_event_with_its_reason_and_all_before_it_stays(app: App, cast: Cast, had: str):
    before = {each.id: each for each in finished(app)}
    change = signed(app, cast.ida, cast.cy, item=had)
    regrading.apply(app, cast.cy, change)

    for after in finished(app):
        known = before[after.id]
        added = after.events[len(known.events) :]
        assert (after.form, after.events[: len(known.events)]) == (known.form, known.events)
        assert len(added) == sum(slot.question.item_id == had for slot in after.form.slots)
        assert all(isinstance(each, Regraded) and (each.change, each.reason) == (change, REASON) for each in added)


def test_applied_again_nothing_more_happens(app: App, cast: Cast, had: str):
    change = signed(app, cast.ida, cast.cy, item=had)
    regrading.apply(app, cast.cy, change)
    once = finished(app)

    assert regrading.apply(app, cast.cy, change) == 0
    assert finished(app) == once


def test_taken_back_every_score_is_the_old_one(app: App, cast: Cast, had: str):
    before = percents(app)
    change = signed(app, cast.ida, cast.cy, item=had)
    regrading.apply(app, cast.cy, change)
    assert percents(app) != before
    taken_back(app, cast.ida, cast.cy, change)

    assert percents(app) == before
    assert rekeying.look(app, cast.ida, change).proposal.state is State.TAKEN_BACK
    assert replaying.replay_all(app).holds
    with pytest.raises(Refusal, match="taken back"):
        rekeying.take_back(app, cast.ida, change, "It is wrong once more.")
    with pytest.raises(Refusal, match="taken back"):
        regrading.apply(app, cast.cy, change)


def test_what_takes_a_change_back_can_be_taken_back_too(app: App, cast: Cast, had: str):
    change = signed(app, cast.ida, cast.cy, item=had)
    regrading.apply(app, cast.cy, change)
    there = percents(app)
    taken_back(app, cast.ida, cast.cy, taken_back(app, cast.ida, cast.cy, change))

    assert percents(app) == there


def test_another_key_counts_for_those_who_chose_it(app: App, cast: Cast):
    ann = taking.look(app, cast.ann, taking.start(app, cast.ann, EXAM, request="one"))
    place, slot = next((n, s) for n, s in enumerate(ann.form.slots) if isinstance(s.question.key, Worth))
    right = dict(slot.question.key.by_option)
    other = next(each.id for each in options_of(slot.question.interaction) if right.get(each.id, 0) == 0)
    taking.save_answer(app, cast.ann, ann.id, place, other, seen=0)
    taking.hand_in(app, cast.ann, ann.id)
    wish = Wish(slot.question.item_id, NewKey(Worth(((other, 1.0),))), REASON, (slot.digest,))
    change = rekeying.propose(app, cast.ida, wish)
    rekeying.sign(app, cast.cy, change)
    regrading.apply(app, cast.cy, change)

    assert percents(app)[ann.id] == pytest.approx(100 / len(ann.form.slots))


def test_what_is_handed_in_later_is_marked_so_at_once(app: App, cast: Cast, had: str):
    ids = iter(range(1000))
    late = None
    while late is None:  # someone who has the question in front of her
        learner = enrol(app, f"Late {next(ids)}")
        attempt = taking.look(app, learner, taking.start(app, learner, EXAM, request="late"))
        late = attempt if any(slot.question.item_id == had for slot in attempt.form.slots) else None
    change = signed(app, cast.ida, cast.cy, item=had)
    open_ones = rekeying.look(app, cast.ida, change).still_open
    regrading.apply(app, cast.cy, change)
    taking.hand_in(app, learner, late.id)

    assert open_ones >= 1
    assert percents(app)[late.id] == pytest.approx(10)
    assert regrading.told_to_me(app, learner) == []
    assert regrading.apply(app, cast.cy, change) == 0
    assert replaying.replay_all(app).holds
    taken_back(app, cast.ida, cast.cy, change)
    assert percents(app)[late.id] == 0


def test_learners_are_told_and_so_is_the_coordinator(app: App, cast: Cast, had: str):
    change = signed(app, cast.ida, cast.cy, item=had)
    regrading.apply(app, cast.cy, change)
    effects = regrading.done_by(app, cast.cy, change)
    owner = next(each for each in finished(app) if each.id == next(e.attempt_id for e in effects if e.matters))
    (told,) = regrading.told_to_me(app, replace(cast.ann, id=owner.learner))
    turned = regrading.decisions_turned(app, cast.cy)

    assert (told.programme, told.reason, told.regrade.attempt_id) == (EXAM, REASON, owner.id)
    assert owner.form.slots[told.regrade.slot].question.item_id == had
    assert {each.attempt_id for each in turned} == {e.attempt_id for e in effects if e.now_passes or e.no_longer_passes}
    with pytest.raises(Refusal, match="may not"):
        regrading.decisions_turned(app, cast.ida)


def test_it_is_said_whether_the_bank_still_asks_the_question_as_it_was(app: App, cast: Cast, had: str):
    change = signed(app, cast.ida, cast.cy, item=had)
    place = rekeying.look(app, cast.ida, change).in_bank

    assert (place.item_id, place.to_mend) == (had, True)
    assert place.file.endswith(".yaml")


def test_the_result_shows_the_score_as_it_is_now(app: App, cast: Cast):
    attempt = sit(app, cast.ann, EXAM, right=4)
    slot = taking.look(app, cast.ann, attempt).form.slots[7]
    regrading.apply(app, cast.cy, signed(app, cast.ida, cast.cy, item=slot.question.item_id))

    assert reviewing.result(app, cast.ann, attempt).score.percent == pytest.approx(50)
    assert app.database.read(lambda tx: attempts.get(tx, attempt)).events[-1].slot == 7
    assert app.database.read(key_changes.every)[0].state is State.APPLIED
