"""One learner's sitting of one form: an append-only list of events; everything else is derived."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from training.core.blueprint import Mode
from training.core.certainty import Certainty
from training.core.form import Form
from training.core.interaction import Value, can_strike, incomplete, objection, options_of
from training.core.refusal import Refusal
from training.core.remarking import Regraded


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
class Rated:
    """Where the policy asks: how sure the learner says she is of her answer in one slot."""

    seq: int
    slot: int
    certainty: Certainty
    at: datetime
    kind: Literal["rated"] = "rated"


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


Event = Answered | Flagged | Struck | Rated | Checked | Submitted | Regraded


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
        # Nothing but regrades follows it.
        last = next((event for event in reversed(self.events) if not isinstance(event, Regraded)), None)
        return last if isinstance(last, Submitted) else None

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
    def certainties(self) -> Mapping[int, Certainty]:
        """How sure she last said she is, by slot."""
        return {event.slot: event.certainty for event in self.events if isinstance(event, Rated)}

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
    _must_not_be_settled(attempt, slot)
    if (standing.seq if standing else 0) != seen:
        raise Refusal("This question was answered in another window. The answer shown now is the one saved there.")
    wrong = objection(attempt.form.slots[slot].question.interaction, value)
    if wrong:
        raise Refusal(wrong)
    return _with(attempt, Answered(attempt.next_seq, slot, value, now))


def rate(attempt: Attempt, slot: int, certainty: Certainty, *, now: datetime) -> Attempt:
    """Record how sure the learner is of her answer.

    Raises Refusal where the quiz does not ask for it, the slot is settled, or the attempt is over.
    """
    _must_be_open(attempt, now)
    _must_exist(attempt, slot)
    if not attempt.form.policy.confidence:
        raise Refusal("This quiz does not ask how sure you are.")
    if attempt.certainties.get(slot) == certainty:
        return attempt
    _must_not_be_settled(attempt, slot)
    return _with(attempt, Rated(attempt.next_seq, slot, certainty, now))


def closed_by(attempt: Attempt, slot: int) -> int | None:
    """Give the slot of a later part of the same case that closes this one, or None.

    Once a part is answered, the parts before it are closed where the case has revealed more since: what is known now
    was not known then.
    """
    here = attempt.form.slots[slot].question.group
    if here is None:
        return None
    revealed = False
    for later in range(slot + 1, len(attempt.form.slots)):
        group = attempt.form.slots[later].question.group
        if group is None or group.case != here.case:
            break
        revealed = revealed or group.reveals
        if revealed and later in attempt.responses:
            return later
    return None


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
    interaction = attempt.form.slots[slot].question.interaction
    known = {option.id for option in options_of(interaction)} if can_strike(interaction) else set()
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


def _must_not_be_settled(attempt: Attempt, slot: int) -> None:
    if slot in attempt.checked:
        raise Refusal("You have already seen the answer to this question, so your answer stands.")
    later = closed_by(attempt, slot)
    if later is not None:
        raise Refusal(
            f"You have answered question {later + 1} of this case, which told you more, so your answer here stands."
        )


def _must_exist(attempt: Attempt, slot: int) -> None:
    if not 0 <= slot < len(attempt.form.slots):
        raise Refusal("There is no such question in this attempt.")
