"""What a learner is told about an answer, in plain words: what to do, how it did, and why, option by option."""

from dataclasses import dataclass

from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Interaction, Value
from training.core.key import correct_value, fraction
from training.core.number import parse_number
from training.core.question import Question, reason_for

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One answer and why it is right or wrong; `letter` is empty for a number, `chosen` where the learner gave it."""

    right: bool
    chosen: bool
    letter: str
    text: str
    reason: str


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


def headline(earned: float) -> str:
    """Say in a word or two how a response did (fraction 0 to 1)."""
    return "Correct" if earned == 1 else "Partly correct" if earned > 0 else "Not correct"


def reasoned(slot: Slot, value: Value) -> tuple[Reasoned, ...]:
    """Give every option in the order shown, or the number and a known slip, each with its reason."""
    question = slot.question
    if isinstance(question.interaction, EnterNumber):
        return _about_number(question, question.interaction.unit, value)
    right, chosen = _ids(correct_value(question.key)), _ids(value)
    return tuple(
        Reasoned(option.id in right, option.id in chosen, letter, option.text, reason_for(question, option.id))
        for letter, option in zip(LETTERS, slot.options(), strict=False)
    )


def _ids(value: Value) -> frozenset[str]:
    return frozenset({value} if isinstance(value, str) else value or ())


def _about_number(question: Question, unit: str, value: Value) -> tuple[Reasoned, ...]:
    right = fraction(question.key, value) == 1
    key = Reasoned(
        right=True, chosen=right, letter="", text=f"{correct_value(question.key)} {unit}".strip(),
        reason=reason_for(question, ""),
    )  # fmt: skip
    slip = None if right else _known_slip(question, value)
    given = f"{value} {unit}".strip()
    return (key, Reasoned(right=False, chosen=True, letter="", text=given, reason=slip)) if slip else (key,)


def _known_slip(question: Question, value: Value) -> str | None:
    given = parse_number(value) if isinstance(value, str) else None
    known = {parse_number(reason.answer): reason.text for reason in question.reasons if reason.answer}
    return None if given is None else known.get(given)
