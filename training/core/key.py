"""What answers are worth: the key of a question as data, and the one function that applies it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from training.core.interaction import Value
from training.core.number import parse_number


class PartialCredit(StrEnum):
    """How a multiple response earns credit; chosen by the policy of the quiz.

    all_or_nothing: 1 for exactly the key. each_answer: every option rightly ticked or rightly left
    alone counts alike. net_correct: right ticks less wrong ticks over the number of right ones, not
    below 0.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    EACH_ANSWER = "each_answer"
    NET_CORRECT = "net_correct"


@dataclass(frozen=True, slots=True)
class Worth:
    """The fraction each option earns when it is the one chosen; options not named earn nothing."""

    by_option: tuple[tuple[str, float], ...]
    kind: Literal["worth"] = "worth"


@dataclass(frozen=True, slots=True)
class WorthEach:
    """The options that should be chosen, out of all that could be."""

    correct: tuple[str, ...]
    options: tuple[str, ...]
    kind: Literal["worth_each"] = "worth_each"


@dataclass(frozen=True, slots=True)
class Within:
    """A number that may be off by `tolerance` either way, in the unit of the answer."""

    answer: float
    tolerance: float
    kind: Literal["within"] = "within"


Key = Worth | WorthEach | Within

ROUNDING = 1e-9


def fraction(key: Key, value: Value, credit: PartialCredit = PartialCredit.ALL_OR_NOTHING) -> float:
    """Give what a response earns, from 0 to 1; no response earns nothing."""
    if value is None:
        return 0.0
    match key:
        case Worth(by_option=by_option):
            return dict(by_option).get(value, 0.0) if isinstance(value, str) else 0.0
        case WorthEach():
            return _fraction_of_many(key, frozenset(value), credit) if isinstance(value, tuple) else 0.0
        case Within(answer=answer, tolerance=tolerance):
            number = parse_number(value) if isinstance(value, str) else None
            slack = tolerance + ROUNDING * max(1.0, abs(answer))
            return 1.0 if number is not None and abs(number - answer) <= slack else 0.0


def _fraction_of_many(key: WorthEach, chosen: frozenset[str], credit: PartialCredit) -> float:
    correct, options = frozenset(key.correct), frozenset(key.options)
    right, wrong = len(chosen & correct), len(chosen - correct)
    match credit:
        case PartialCredit.ALL_OR_NOTHING:
            return 1.0 if chosen == correct else 0.0
        case PartialCredit.EACH_ANSWER:
            return (right + len(options - correct) - wrong) / len(options) if chosen else 0.0
        case PartialCredit.NET_CORRECT:
            return max(0.0, (right - wrong) / len(correct))


def correct_value(key: Key) -> Value:
    """Give the response that earns the most."""
    match key:
        case Worth(by_option=by_option):
            return max(by_option, key=lambda pair: pair[1])[0]
        case WorthEach(correct=correct):
            return correct
        case Within(answer=answer):
            return f"{answer:g}"
