"""One learner's sitting of one form: an append-only list of events; everything else is derived."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from training.core.blueprint import Mode
from training.core.form import Form
from training.core.interaction import Value, incomplete, objection, options_of
from training.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Answered:
    """A response was given (or cleared, with no value) in one slot."""

    seq: int
    slot: int
    value: Value
    at: datetime
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Flagged:
    """The learner marked a slot to come back to, or took the mark off."""

    seq: int
    slot: int
    flagged: bool
    at: datetime
    kind: Literal["flagged"] = "flagged"


@dataclass(frozen=True, slots=True)
class Struck:
    """The options the learner has struck out in one slot, all of them as they now stand."""

    seq: int
    slot: int
    options: tuple[str, ...]
    at: datetime
    kind: Literal["struck"] = "struck"


@dataclass(frozen=True, slots=True)
class Checked:
    """In practice: the learner asked to be told about one slot, whose answer is now final."""

    seq: int
    slot: int
    at: datetime
    kind: Literal["checked"] = "checked"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The attempt ended: handed in by the learner, or by the clock at the deadline."""

    seq: int
    at: datetime
    by: Literal["learner", "clock"] = "learner"
    kind: Literal["submitted"] = "submitted"


Event = Answered | Flagged | Struck | Checked | Submitted


class State(StrEnum):
    """Where an attempt stands; `overdue` is past its deadline and not yet closed."""

    OPEN = "open"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form, who sits it, since when, and what happened."""

    id: str
    learner: str
    form: Form
    started: datetime
    events: tuple[Event, ...] = ()

    @property
    def deadline(self) -> datetime | None:
        minutes = self.form.policy.minutes
        return self.started + timedelta(minutes=minutes) if minutes else None

    @property
    def submitted(self) -> Submitted | None:
        return next((event for event in self.events if isinstance(event, Submitted)), None)

    @property
    def next_seq(self) -> int:
        return self.events[-1].seq + 1 if self.events else 1

    @property
    def answers(self) -> Mapping[int, Answered]:
        """The last answer given in each slot, cleared ones included: its `seq` is what a window must have seen."""
        return {event.slot: event for event in self.events if isinstance(event, Answered)}

    @property
    def responses(self) -> Mapping[int, Value]:
        """The response that stands in each answered slot."""
        return {slot: event.value for slot, event in self.answers.items() if event.value is not None}

    @property
    def flags(self) -> frozenset[int]:
        last = {event.slot: event.flagged for event in self.events if isinstance(event, Flagged)}
        return frozenset(slot for slot, flagged in last.items() if flagged)

    @property
    def strikes(self) -> Mapping[int, tuple[str, ...]]:
        return {event.slot: event.options for event in self.events if isinstance(event, Struck)}

    @property
    def checked(self) -> frozenset[int]:
        return frozenset(event.slot for event in self.events if isinstance(event, Checked))


def begin(attempt_id: str, *, learner: str, form: Form, now: datetime) -> Attempt:
    """Start a sitting."""
    return Attempt(attempt_id, learner, form, now)


def state(attempt: Attempt, now: datetime) -> State:
    """Say where the attempt stands at this moment."""
    if attempt.submitted:
        return State.SUBMITTED
    if attempt.deadline and now >= attempt.deadline:
        return State.OVERDUE
    return State.OPEN


def answer(attempt: Attempt, slot: int, value: Value, *, seen: int, now: datetime) -> Attempt:
    """Record a response, given in a window that last saw the answer numbered `seen` (0 for none) in this slot.

    The same answer again changes nothing, so a double click writes once. Raises Refusal when the
    attempt is over, the slot was checked, the value is impossible, or another window answered since.
    """
    _must_be_open(attempt, now)
    _must_exist(attempt, slot)
    standing = attempt.answers.get(slot)
    if (standing.value if standing else None) == value:
        return attempt
    if slot in attempt.checked:
        raise Refusal("You have already seen the answer to this question, so your answer stands.")
    if (standing.seq if standing else 0) != seen:
        raise Refusal("This question was answered in another window. The answer shown now is the one saved there.")
    wrong = objection(attempt.form.slots[slot].question.interaction, value)
    if wrong:
        raise Refusal(wrong)
    return _with(attempt, Answered(attempt.next_seq, slot, value, now))


def flag(attempt: Attempt, slot: int, flagged: bool, *, now: datetime) -> Attempt:  # noqa: FBT001
    """Mark a slot for review or take the mark off. Raises Refusal when the attempt is over."""
    _must_be_open(attempt, now)
    _must_exist(attempt, slot)
    if (slot in attempt.flags) == flagged:
        return attempt
    return _with(attempt, Flagged(attempt.next_seq, slot, flagged, now))


def strike(attempt: Attempt, slot: int, options: tuple[str, ...], *, now: datetime) -> Attempt:
    """Set which options are struck out in a slot. Raises Refusal when the attempt is over or one is unknown."""
    _must_be_open(attempt, now)
    _must_exist(attempt, slot)
    known = {option.id for option in options_of(attempt.form.slots[slot].question.interaction)}
    if not known.issuperset(options):
        raise Refusal("That is not one of the options.")
    if set(attempt.strikes.get(slot, ())) == set(options):
        return attempt
    return _with(attempt, Struck(attempt.next_seq, slot, tuple(sorted(options)), now))


def check(attempt: Attempt, slot: int, *, now: datetime) -> Attempt:
    """In practice, close one slot and show what was right.

    Raises Refusal in an exam, without an answer, or when the attempt is over.
    """
    _must_be_open(attempt, now)
    _must_exist(attempt, slot)
    if attempt.form.policy.mode is not Mode.PRACTICE:
        raise Refusal("In an exam the answers are shown after you hand in.")
    if slot in attempt.checked:
        return attempt
    missing = incomplete(attempt.form.slots[slot].question.interaction, attempt.responses.get(slot))
    if missing:
        raise Refusal(missing)
    return _with(attempt, Checked(attempt.next_seq, slot, now))


def submit(attempt: Attempt, *, now: datetime) -> Attempt:
    """Hand in. Past the deadline the clock hands in what was saved; a second hand-in changes nothing."""
    match state(attempt, now):
        case State.SUBMITTED:
            return attempt
        case State.OVERDUE:
            return _with(attempt, Submitted(attempt.next_seq, attempt.deadline or now, "clock"))
        case State.OPEN:
            return _with(attempt, Submitted(attempt.next_seq, now, "learner"))


def _with(attempt: Attempt, event: Event) -> Attempt:
    return replace(attempt, events=(*attempt.events, event))


def _must_be_open(attempt: Attempt, now: datetime) -> None:
    match state(attempt, now):
        case State.SUBMITTED:
            raise Refusal("This attempt was handed in. Nothing can be changed any more.")
        case State.OVERDUE:
            raise Refusal("The time limit has passed. Your saved answers are graded.")


def _must_exist(attempt: Attempt, slot: int) -> None:
    if not 0 <= slot < len(attempt.form.slots):
        raise Refusal("There is no such question in this attempt.")
