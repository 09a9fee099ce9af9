"""A key change: how a question is marked anew for everyone who had it, applied to an attempt as further events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from training.core.attempt import Attempt
from training.core.challenge import Challenge
from training.core.decision import ROUNDING, decide
from training.core.refusal import Refusal
from training.core.remarking import LeaveOut, Regraded, Remarking, TakenBack, in_force
from training.core.score import Score, grade, grade_again

SHORTEST, LONGEST = 10, 500
"""Characters of a reason, which every learner concerned reads."""


class Step(StrEnum):
    """What was done with a proposed key change."""

    SIGNED = "signed"
    DECLINED = "declined"
    BEGUN = "begun"
    DONE = "done"


class State(StrEnum):
    """How a key change stands."""

    PROPOSED = "proposed"
    SIGNED = "signed"
    DECLINED = "declined"
    UNDER_WAY = "under way"
    APPLIED = "applied"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What is marked how: a question of the forms, by its item and the digests of the versions meant."""

    id: str
    item_id: str
    questions: tuple[str, ...]
    remarking: Remarking
    reason: str

    @property
    def takes_back(self) -> str:
        """The id of the change that this one takes back; empty for any other."""
        return self.remarking.change if isinstance(self.remarking, TakenBack) else ""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that someone took with a key change."""

    step: Step
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A key change as it was proposed, what was done with it since, and the change that takes it back, once begun.

    `version` names the item as it stood then, `challenge` the upheld challenge that asked for it.
    """

    change: KeyChange
    by: str
    at: datetime
    version: str = ""
    challenge: str = ""
    steps: tuple[Done, ...] = ()
    taken_back_by: str = ""

    @property
    def state(self) -> State:
        done = {each.step for each in self.steps}
        if self.taken_back_by:
            return State.TAKEN_BACK
        for step, state in _STATES:
            if step in done:
                return state
        return State.PROPOSED

    def step(self, wanted: Step) -> Done | None:
        """Give a step that was taken, or None."""
        return next((each for each in self.steps if each.step is wanted), None)


_STATES = (
    (Step.DONE, State.APPLIED), (Step.BEGUN, State.UNDER_WAY), (Step.DECLINED, State.DECLINED),
    (Step.SIGNED, State.SIGNED),
)  # fmt: skip


def may_sign(proposal: Proposal, person: str) -> None:
    """Raise Refusal where this person may not sign or decline it now."""
    if proposal.state is not State.PROPOSED:
        raise Refusal(f"This key change is {proposal.state} already. Please reload the page.")
    if proposal.by == person:
        raise Refusal("You proposed this key change, so a second person must sign it.")


def may_apply(proposal: Proposal) -> None:
    """Raise Refusal where it may not be applied; applying again what was broken off goes on with it."""
    if proposal.state is State.PROPOSED:
        raise Refusal("A second person must sign this key change before it is applied.")
    if proposal.state in (State.DECLINED, State.TAKEN_BACK):
        raise Refusal(f"This key change was {proposal.state}, so it is not applied.")


def serves(proposal: Proposal, challenge: Challenge) -> bool:
    """Say whether a key change carries out what an upheld challenge asked: named by it, or of its question since."""
    if proposal.state is State.DECLINED or proposal.change.takes_back or challenge.ending is None:
        return False
    since = proposal.at >= challenge.ending.at and challenge.question in proposal.change.questions
    return proposal.challenge == challenge.id or since


def reasoned(text: str) -> str:
    """Give a reason fit to keep. Raises Refusal where it is too short to mean anything, or too long."""
    said = " ".join(text.split())
    if len(said) < SHORTEST:
        raise Refusal("Please give the reason in a sentence. Every learner concerned reads it.")
    if len(said) > LONGEST:
        raise Refusal(f"Please keep the reason to {LONGEST} characters. It has {len(said)}.")
    return said


def pseudonym(change_id: str, learner: str) -> str:
    """Name a learner to those who may see what a change does but not whose score it is."""
    return f"Learner {sha256(f'key change {change_id} {learner}'.encode()).hexdigest()[:6].upper()}"


def regraded(attempt: Attempt, change: KeyChange, now: datetime) -> Attempt:
    """Apply a change to an attempt that was handed in: a regrade for each slot with the question; again adds nothing.

    Where scores may not fall, a question is left out only for those whom that costs neither percent nor pass.
    """
    if attempt.submitted is None:
        raise ValueError(f"attempt {attempt.id} is not handed in")
    fresh = _fresh(attempt, change, now)
    if not fresh:
        return attempt
    return _with_sparing(replace(attempt, events=(*attempt.events, *fresh)), attempt.next_seq, now)


def strict(attempt: Attempt, change: KeyChange, known: Score, now: datetime) -> Score:
    """Say what an attempt would score by a change if scores were allowed to fall; `known` is its score before.

    Only what this change marks again is marked strictly, and nobody is spared; all else keeps what it has.
    """
    fresh = _fresh(attempt, change, now)
    policy = attempt.form.policy.model_copy(update={"scores_may_fall": True})
    may_fall = replace(attempt, form=replace(attempt.form, policy=policy), events=(*attempt.events, *fresh))
    return grade_again(may_fall, known, [event.slot for event in fresh])


def costs(before: Score, after: Score, attempt: Attempt) -> bool:
    """Say whether one score is worse for the learner than another: less of the points, or a pass that is lost."""
    if after.percent < before.percent - ROUNDING:
        return True
    if attempt.form.policy.confidence and after.certainty_percent < before.certainty_percent - ROUNDING:
        return True
    passed, still = decide(before, attempt.form), decide(after, attempt.form)
    return bool(passed and still and passed.passed and not still.passed)


def _fresh(attempt: Attempt, change: KeyChange, now: datetime) -> list[Regraded]:
    slots = [number for number, slot in enumerate(attempt.form.slots) if slot.digest in change.questions]
    known = [event for event in attempt.events if isinstance(event, Regraded)]
    todo = [number for number in slots if not _had(known, change.id, number) and _applies(known, change, number)]
    first = attempt.next_seq
    return [
        Regraded(first + place, change.id, number, change.remarking, change.reason, now)
        for place, number in enumerate(todo)
    ]


def _had(known: Iterable[Regraded], change: str, slot: int) -> bool:
    return any((each.change, each.slot) == (change, slot) for each in known)


def _applies(known: Iterable[Regraded], change: KeyChange, slot: int) -> bool:
    """Only what was applied in a slot can be taken back there."""
    return not change.takes_back or _had(known, change.takes_back, slot)


def _with_sparing(attempt: Attempt, first: int, now: datetime) -> Attempt:
    """Work out anew whom leaving questions out spares, since every regrade moves what it is weighed against.

    Begins with all of them counted and leaves out one after the other what costs nothing: so the score is never lower
    than without them. Where the answer differs from what stands, another event says so; `first` numbers those that
    are new and may still be written otherwise.
    """
    out = [each for held in in_force(attempt.events).values() for each in held if isinstance(each.remarking, LeaveOut)]
    if attempt.form.policy.scores_may_fall or not out:
        return attempt
    trial = _put(attempt, [replace(each, spared=True) for each in out])
    score = grade(trial)
    for each in sorted(out, key=lambda event: event.seq):
        without = _put(trial, [replace(each, spared=False)])
        less = grade_again(without, score, (each.slot,))
        if not costs(score, less, attempt):
            trial, score = without, less
    wanted = {each.seq: each for each in trial.events if isinstance(each, Regraded)}
    differ = [wanted[each.seq] for each in out if wanted[each.seq] != each]
    attempt = _put(attempt, [each for each in differ if each.seq >= first])
    for each in (each for each in differ if each.seq < first):
        attempt = replace(attempt, events=(*attempt.events, replace(each, seq=attempt.next_seq, at=now)))
    return attempt


def _put(attempt: Attempt, events: Iterable[Regraded]) -> Attempt:
    """Give the attempt with other events in the place of those of the same number."""
    by_seq = {event.seq: event for event in events}
    return replace(attempt, events=tuple(by_seq.get(event.seq, event) for event in attempt.events))
