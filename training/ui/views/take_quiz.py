"""What the sitting shows: one question, where she stands in all of them, and how much time is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.core.attempt import Attempt, State, Submitted, state
from training.core.blueprint import Mode
from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Interaction, Value, options_of
from training.core.key import correct_value, fraction
from training.core.question import Image, reason_for


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as shown: its id and text, and whether the learner struck it out."""

    id: str
    text: str
    struck: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the navigator."""

    number: int
    answered: bool
    flagged: bool
    checked: bool

    @property
    def words(self) -> str:
        state_words = "checked" if self.checked else "answered" if self.answered else "open"
        return f"Question {self.number}, {state_words}" + (", flagged" if self.flagged else "")


@dataclass(frozen=True, slots=True)
class Told:
    """In practice, after checking: how it did and the reason for every option."""

    fraction: float
    headline: str
    reasons: tuple[tuple[str, str], ...]
    """Pairs of a label such as `✓ Remove the needle` and the reason for it."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the learner may see it: there is no key in it, so none can reach the page."""

    slot: int
    number: int
    total: int
    section: str
    stem: str
    interaction: Interaction
    choices: tuple[Choice, ...]
    instruction: str
    image: Image | None
    value: Value
    seen: int
    receipt: str
    flagged: bool
    struck: tuple[str, ...]
    closed: bool
    may_check: bool
    told: Told | None


@dataclass(frozen=True, slots=True)
class TakeQuizView:
    """The whole sitting at one question."""

    title: str
    practice: bool
    question: QuestionView
    places: tuple[Place, ...]
    answered: int
    flagged: int
    over: bool
    deadline: datetime | None

    @property
    def total(self) -> int:
        return len(self.places)

    @property
    def unanswered(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places if not place.answered)

    @property
    def flagged_numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places if place.flagged)

    @property
    def first_to_visit(self) -> int:
        """Where to go back to: the first open question, else the first flagged one, else the last."""
        return next(iter((*self.unanswered, *self.flagged_numbers)), self.total)

    @property
    def progress_text(self) -> str:
        return f"{self.answered} of {self.total} answered"

    @property
    def summary_text(self) -> str:
        after = "Your answers are final once you hand in; the result is shown at once."
        return f"{self.progress_text}. {after}"

    @property
    def unanswered_text(self) -> str:
        return f"Not answered: {_listed(self.unanswered)}. An open question earns no points."

    @property
    def flagged_text(self) -> str:
        return f"Flagged for review: {_listed(self.flagged_numbers)}."


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers)


def resume_at(attempt: Attempt) -> int:
    """Give the number of the question she was at: where the last event happened, or the first."""
    slots = [event.slot for event in attempt.events if not isinstance(event, Submitted)]
    return slots[-1] + 1 if slots else 1


def take_quiz_view(attempt: Attempt, number: int, now: datetime) -> TakeQuizView:
    """Work out what to show at question `number` (from 1; out of range is brought into range)."""
    slot = min(max(number, 1), len(attempt.form.slots)) - 1
    responses, flags, checked = attempt.responses, attempt.flags, attempt.checked
    places = tuple(
        Place(each + 1, each in responses, each in flags, each in checked) for each in range(len(attempt.form.slots))
    )
    over = state(attempt, now) is not State.OPEN
    return TakeQuizView(
        attempt.form.title,
        attempt.form.policy.mode is Mode.PRACTICE,
        _question(attempt, slot, over=over),
        places,
        len(responses),
        len(flags),
        over,
        attempt.deadline,
    )


def _question(attempt: Attempt, number: int, *, over: bool) -> QuestionView:
    slot = attempt.form.slots[number]
    standing = attempt.answers.get(number)
    struck = attempt.strikes.get(number, ())
    checked = number in attempt.checked
    value = standing.value if standing else None
    practice = attempt.form.policy.mode is Mode.PRACTICE
    return QuestionView(
        slot=number,
        number=number + 1,
        total=len(attempt.form.slots),
        section=attempt.form.sections[slot.section],
        stem=slot.question.stem,
        interaction=slot.question.interaction,
        choices=tuple(Choice(option.id, option.text, option.id in struck) for option in slot.options()),
        instruction=instruction(slot.question.interaction),
        image=slot.question.image,
        value=value,
        seen=standing.seq if standing else 0,
        receipt=_receipt(standing.at, value) if standing else "",
        flagged=number in attempt.flags,
        struck=struck,
        closed=over or checked,
        may_check=practice and not checked and not over,
        told=told(slot, value, attempt) if checked else None,
    )


def instruction(interaction: Interaction) -> str:
    """Say in a phrase what to do."""
    match interaction:
        case ChooseOne():
            return "Choose one answer"
        case ChooseMany(choose=None):
            return "Choose all that apply"
        case ChooseMany(choose=count):
            return f"Choose {count} answers"
        case EnterNumber(unit=unit):
            return f"Enter a number ({unit})" if unit else "Enter a number"


def _receipt(at: datetime, value: Value) -> str:
    return f"{'Saved' if value is not None else 'Answer removed'} {at:%H:%M:%S} UTC"


def told(slot: Slot, value: Value, attempt: Attempt) -> Told:
    """Say how a response did and why, option by option in the order shown."""
    question = slot.question
    earned = fraction(question.key, value, attempt.form.policy.partial_credit)
    headline = "Correct" if earned == 1 else "Partly correct" if earned > 0 else "Not correct"
    return Told(earned, headline, reasons_for(slot, value))


def reasons_for(slot: Slot, value: Value) -> tuple[tuple[str, str], ...]:
    """Pair every option (or the number) with why it is right or wrong, marking the key and the learner's choice."""
    question = slot.question
    key = correct_value(question.key)
    if not options_of(question.interaction):
        unit = question.interaction.unit if isinstance(question.interaction, EnterNumber) else ""
        return ((f"✓ {key} {unit}".strip(), reason_for(question, "")), *_slip(slot, value))
    right = {key} if isinstance(key, str) else set(key or ())
    chosen = {value} if isinstance(value, str) else set(value or ())
    return tuple(
        (
            ("✓ " if option.id in right else "✗ ")
            + option.text
            + (" (your answer)" if option.id in chosen else ""),
            reason_for(question, option.id),
        )
        for option in slot.options()
    )


def _slip(slot: Slot, value: Value) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, str):
        return ()
    known = {reason.answer: reason.text for reason in slot.question.reasons if reason.answer}
    return ((f"✗ {value} (your answer)", known[value]),) if value in known else ()


def seconds_left(deadline: datetime | None, now: datetime) -> int | None:
    """Give whole seconds to the deadline, not below 0; None where there is none."""
    return max(0, int((deadline - now) / timedelta(seconds=1))) if deadline else None
