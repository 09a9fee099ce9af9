"""One learner's sitting of one form: an append-only list of events; everything else is derived."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from training.core.blueprint import Mode
from training.core.certainty import Certainty
from training.core.event import Answered, Checked, Event, Flagged, Opened, Rated, Struck, Submitted
from training.core.form import Form
from training.core.interaction import Value, can_strike, incomplete, objection, options_of
from training.core.refusal import Refusal
from training.core.remarking import Regraded

__all__ = [
    "Answered", "Attempt", "Checked", "Event", "Flagged", "Opened", "Rated", "State", "Struck", "Submitted", "answer",
    "begin", "check", "closed_by", "flag", "must_open", "open_part", "rate", "state", "strike", "submit",
]  # fmt: skip


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

    @property
    def opened(self) -> frozenset[int]:
        """The parts of cases that tell more and were opened in an exam."""
        return frozenset(event.slot for event in self.events if isinstance(event, Opened))


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

    What is known now was not known then: in an exam a part that tells more closes those before it once it is opened,
    in practice once it, or one after it, is answered.
    """
    revealed, reached = False, attempt.opened | attempt.responses.keys()
    for later in _case(attempt.form, slot):
        if later > slot:
            revealed = revealed or _reveals(attempt.form, later)
            if revealed and later in reached:
                return later
    return None


def must_open(attempt: Attempt, slot: int) -> tuple[int, ...]:
    """Give the slots that opening this part of a case would close; none where it may be seen as it is.

    Only in an exam, and only until it, or a part after it, was opened or answered.
    """
    told = [each for each in _case(attempt.form, slot) if each <= slot and _reveals(attempt.form, each)]
    if attempt.form.policy.mode is not Mode.EXAM or not told or attempt.submitted:
        return ()
    reached = attempt.opened | attempt.responses.keys()
    if any(each >= told[-1] and each in reached for each in _case(attempt.form, slot)):
        return ()
    return tuple(each for each in _case(attempt.form, slot) if each < told[-1])


def open_part(attempt: Attempt, slot: int, *, now: datetime) -> Attempt:
    """Show a part of a case that tells more, which closes those before it. Raises Refusal when the attempt is over."""
    _must_be_open(attempt, now)
    _must_exist(attempt, slot)
    return _with(attempt, Opened(attempt.next_seq, slot, now)) if must_open(attempt, slot) else attempt


def _case(form: Form, slot: int) -> tuple[int, ...]:
    """Give the slots of the case that a slot belongs to, in order; of any other question none."""
    here = form.slots[slot].question.group
    if here is None:
        return ()
    groups = ((number, each.question.group) for number, each in enumerate(form.slots))
    return tuple(number for number, group in groups if group and group.case == here.case)


def _reveals(form: Form, slot: int) -> bool:
    group = form.slots[slot].question.group
    return group is not None and group.reveals


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
            f"You have been at question {later + 1} of this case, which told you more, so your answer here stands."
        )


def _must_exist(attempt: Attempt, slot: int) -> None:
    if not 0 <= slot < len(attempt.form.slots):
        raise Refusal("There is no such question in this attempt.")
