"""Words that the stories of key changes share: a class that sat the exam, and the question that most of them had."""

from collections import Counter
from dataclasses import replace

from tests.services.classes import EXAM, enrol, sit
from tests.services.reviewers import instructor
from training.core.attempt import Attempt, answer, begin, submit
from training.core.dice import Dice
from training.core.form import assemble
from training.core.interaction import options_of
from training.core.key import Worth, correct_value
from training.core.permission import Actor
from training.core.remarking import FullCredit, Remarking
from training.core.score import grade
from training.services import drawing, regrading, rekeying
from training.services.app import App
from training.services.marking import settle_all
from training.services.rekeying import Wish
from training.store import attempts, walking
from training.store.database import Connection

REASON = "The source allows the other option as well."

PASS_MARK = 75
"""Percent that the exam takes."""


def sat(app: App, size: int = 6) -> list[str]:
    """Make learners who each sat the exam: 4, 5, 6 … of 10 right, the others left open; gives the attempts."""
    return [sit(app, enrol(app, f"Learner {chr(ord('A') + number)}"), EXAM, right=4 + number) for number in range(size)]


def crowd(app: App, size: int, *, handed_in: bool = True, name: str = "c") -> list[str]:
    """Store many attempts of Ann's at one form of the exam in one go, right two times in three; gives their ids."""
    form, dice = assemble(drawing.pool_of(app, EXAM), seed=1), Dice(name)
    sat = []
    for number in range(size):
        attempt = begin(f"{name}-{number:04d}", learner="ann", form=replace(form, seed=number), now=app.now())
        for place, slot in enumerate(form.slots):
            if dice.below(3):
                attempt = answer(attempt, place, correct_value(slot.question.key), seen=0, now=app.now())
        sat.append(submit(attempt, now=app.now()) if handed_in else attempt)
    store(app, sat)
    return [each.id for each in sat]


def store(app: App, sat: list[Attempt]) -> None:
    """Write attempts down in one go, and mark those that are handed in."""

    def write(tx: Connection) -> None:
        for attempt in sat:
            begun = replace(attempt, events=())
            attempts.add(tx, begun, attempt.id)
            attempts.append(tx, begun, attempt)
        settle_all(tx, [each for each in sat if each.submitted], app.now())

    app.database.write(write)


def finished(app: App) -> list[Attempt]:
    """Every attempt handed in."""
    return app.database.read(lambda tx: list(walking.page(tx, walking.finished_ids(tx))))


def asked_most(app: App) -> str:
    """The question with one right option that most learners had and not all answered rightly."""
    had: Counter[str] = Counter()
    for attempt in finished(app):
        for slot, outcome in zip(attempt.form.slots, grade(attempt).outcomes, strict=True):
            if isinstance(slot.question.key, Worth):
                had[slot.question.item_id] += 1 + 10 * (outcome.fraction == 0)
    return had.most_common(1)[0][0]


def passed_narrowly(app: App) -> tuple[str, str]:
    """A question but for which someone would have failed, with an option that is wrong."""
    return next(
        (slot.question.item_id, option.id)
        for attempt in finished(app)
        for slot, outcome in zip(attempt.form.slots, grade(attempt).outcomes, strict=True)
        for option in options_of(slot.question.interaction)
        if PASS_MARK <= grade(attempt).percent < PASS_MARK + 10
        and isinstance(slot.question.key, Worth)
        and outcome.fraction == 1
        and not dict(slot.question.key.by_option).get(option.id)
    )


def signed(app: App, proposer: Actor, signer: Actor, remarking: Remarking | None = None, item: str = "") -> str:
    """Propose a change, credit for all unless said otherwise, and let a second person sign it; gives its id."""
    wish = Wish(item or asked_most(app), remarking or FullCredit(), REASON)
    change = rekeying.propose(app, proposer, wish)
    rekeying.sign(app, signer, change)
    return change


def taken_back(app: App, proposer: Actor, signer: Actor, change: str) -> str:
    """Take a change back: proposed, signed, applied."""
    back = rekeying.take_back(app, proposer, change, "The key was right after all.")
    rekeying.sign(app, signer, back)
    regrading.apply(app, signer, back)
    return back


def percents(app: App) -> dict[str, float]:
    """The score of every attempt handed in, from its events."""
    return {attempt.id: grade(attempt).percent for attempt in finished(app)}


def read_again(app: App, attempt_id: str) -> Attempt:
    return app.database.read(lambda tx: attempts.get(tx, attempt_id))


__all__ = ["EXAM", "REASON", "asked_most", "crowd", "finished", "instructor", "percents", "read_again", "sat", "signed",
           "store", "taken_back"]  # fmt: skip
