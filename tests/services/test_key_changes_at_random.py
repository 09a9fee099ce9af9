"""Key changes of any kind in any order, two of one question at once too: foretold, applied, taken back, made again."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.conftest import Cast
from tests.services.rekeyed import EXAM, finished, percents, signed, store
from tests.services.test_key_changes import derived
from training.core.attempt import answer, begin, submit
from training.core.dice import Dice
from training.core.form import assemble
from training.core.interaction import options_of
from training.core.key import Worth, correct_value
from training.core.question import Question
from training.core.remarking import FullCredit, LeaveOut, NewKey, Remarking
from training.services import drawing, rebuilding, regrading, rekeying, replaying
from training.services.app import App
from training.services.checking_sums import check
from training.store.certificate_tables import certificates
from training.store.database import Database

SEEDS = range(2)
STEPS, SITTINGS = 6, 12


@pytest.fixture
def app(app: App, database: Database) -> App:
    """The product on SQLite and on PostgreSQL."""
    return replace(app, database=database)


def sit_at_random(app: App, dice: Dice, name: str, *, may_fall: bool) -> None:
    """Store attempts at forms that differ, with answers right, wrong and missing, under one policy for all."""
    sat = []
    for number in range(SITTINGS):
        form = assemble(drawing.pool_of(app, EXAM), seed=number)
        policy = form.policy.model_copy(update={"scores_may_fall": may_fall})
        attempt = begin(f"{name}-{number}", learner="ann", form=replace(form, policy=policy), now=app.now())
        for place, slot in enumerate(form.slots):
            wrong = [option.id for option in options_of(slot.question.interaction)][:1]
            chance = dice.below(4)
            if chance > 1 or (chance and not isinstance(slot.question.key, Worth)):
                attempt = answer(attempt, place, correct_value(slot.question.key), seen=0, now=app.now())
            elif chance:
                attempt = answer(attempt, place, wrong[0], seen=0, now=app.now())
        sat.append(submit(attempt, now=app.now()))
    store(app, sat)


def any_change(app: App, dice: Dice) -> tuple[str, Remarking]:
    """Choose one of a few questions, so that changes meet, and something that can be done to it."""
    known = {slot.question.item_id: slot.question for each in finished(app) for slot in each.form.slots}
    of_one = sorted(item for item, question in known.items() if isinstance(question.key, Worth))[:3]
    question: Question = known[of_one[dice.below(len(of_one))]]
    options = [option.id for option in options_of(question.interaction)]
    some = NewKey(Worth(((options[dice.below(len(options))], 1.0),)))
    several = NewKey(Worth(tuple((option, 1.0) for option in options[:2])))
    remedies: list[Remarking] = [FullCredit(), LeaveOut(), some, several]
    return question.item_id, remedies[dice.below(4)]


def foretold_and_applied(app: App, cast: Cast, change: str) -> None:
    """What the dry run says of each attempt, and of nobody else, is what comes to pass."""
    before = percents(app)
    said = regrading.forecast(app, cast.cy, rekeying.look(app, cast.cy, change).proposal.change).effects
    regrading.apply(app, cast.cy, change)

    assert percents(app) == before | {each.attempt_id: each.percent_after for each in said}
    assert {(each.attempt_id, each.passed_after) for each in said} == {
        (each.attempt_id, each.passed_after) for each in regrading.done_by(app, cast.cy, change)
    }


@pytest.mark.parametrize("may_fall", [False, True], ids=["never", "may fall"])
@pytest.mark.parametrize("seed", SEEDS)
def test_any_changes_come_as_foretold_and_taken_back_leave_every_score_as_it_was(
    app: App, cast: Cast, seed: int, may_fall: bool
) -> None:
    dice = Dice(f"changes {seed}")
    sit_at_random(app, dice, "first", may_fall=may_fall)
    at_first, standing = percents(app), []
    waiting = [signed(app, cast.ida, cast.cy, remarking, item) for item, remarking in (any_change(app, dice),) * 2]
    for _ in range(STEPS):
        item, remarking = any_change(app, dice)
        waiting.append(signed(app, cast.ida, cast.cy, remarking, item))
        standing.append(waiting.pop(dice.below(len(waiting))))
        before = percents(app)
        foretold_and_applied(app, cast, standing[-1])

        assert may_fall or all(after >= before[each] - 1e-9 for each, after in percents(app).items())

    kept = app.database.read(derived)
    assert check(app).holds
    assert replaying.replay_all(app).holds
    rebuilding.rebuild(app)
    assert app.database.read(derived) == kept

    while standing:
        back = rekeying.take_back(app, cast.ida, standing.pop(dice.below(len(standing))), "It was right after all.")
        rekeying.sign(app, cast.cy, back)
        foretold_and_applied(app, cast, back)

    assert percents(app) == at_first
    kept = app.database.read(derived)
    rebuilding.rebuild(app)
    assert app.database.read(derived) == kept
    assert app.database.read(lambda tx: tx.scalar(select(func.count()).select_from(certificates))) == 0
