"""What answers are worth: the key of a question as data, and the one function that applies it."""

from dataclasses import dataclass
from typing import Literal

from training.core.credit import SANE, Credit, MatchCredit, OrderCredit, PartialCredit, of_choices, of_order, of_pairs
from training.core.interaction import Value
from training.core.number import parse_number
from training.core.phrase import nearly, normalised

__all__ = [
    "Credit", "Key", "MatchCredit", "OrderCredit", "Pairs", "PartialCredit", "Phrases", "RightOrder", "Within", "Worth",
    "WorthEach", "correct_value", "fraction", "near_miss",
]  # fmt: skip

ROUNDING = 1e-9


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

    def holds(self, number: float) -> bool:
        """Say whether a number is right."""
        return abs(number - self.answer) <= self.tolerance + ROUNDING * max(1.0, abs(self.answer))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases that are right, as written, the best one first; `plural` lets plurals in -s pass as well."""

    accepted: tuple[str, ...]
    plural: bool = True
    kind: Literal["phrases"] = "phrases"


@dataclass(frozen=True, slots=True)
class RightOrder:
    """All options in the right order."""

    right: tuple[str, ...]
    kind: Literal["right_order"] = "right_order"


@dataclass(frozen=True, slots=True)
class Pairs:
    """For each row or gap, in its order, the options that are right there, the best one first."""

    right: tuple[tuple[str, ...], ...]
    kind: Literal["pairs"] = "pairs"


Key = Worth | WorthEach | Within | Phrases | RightOrder | Pairs


def fraction(key: Key, value: Value, credit: Credit = SANE) -> float:
    """Give what a response earns, from 0 to 1; no response earns nothing."""
    if isinstance(value, str):
        return _fraction_of_one(key, value)
    return _fraction_of_several(key, value, credit) if value is not None else 0.0


def _fraction_of_one(key: Key, value: str) -> float:
    match key:
        case Worth(by_option=by_option):
            for option, worth in by_option:
                if option == value:
                    return worth
            return 0.0
        case Within():
            number = parse_number(value)
            return float(number is not None and key.holds(number))
        case Phrases(accepted=accepted, plural=plural):
            given = normalised(value, plural=plural)
            return float(any(given == normalised(each, plural=plural) for each in accepted))
        case _:
            return 0.0


def _fraction_of_several(key: Key, value: tuple[str, ...], credit: Credit) -> float:
    match key:
        case WorthEach(correct=correct, options=options):
            return of_choices(frozenset(correct), frozenset(options), frozenset(value), credit.choices)
        case RightOrder(right=right):
            return of_order(right, value, credit.ordering)
        case Pairs(right=pairs):
            return of_pairs(pairs, value, credit.matching)
        case _:
            return 0.0


def correct_value(key: Key) -> Value:
    """Give the response that earns the most."""
    match key:
        case Worth(by_option=by_option):
            return max(by_option, key=lambda pair: pair[1])[0]
        case WorthEach(correct=correct):
            return correct
        case Within(answer=answer):
            return f"{answer:.12g}"
        case Phrases(accepted=accepted):
            return accepted[0]
        case RightOrder(right=right):
            return right
        case Pairs(right=pairs):
            return tuple(right[0] for right in pairs)


def near_miss(key: Key, value: Value) -> str | None:
    """Give the accepted phrase that a wrong one differs from by a slip of the fingers, for the author to look at."""
    if not isinstance(key, Phrases) or not isinstance(value, str) or fraction(key, value):
        return None
    given = normalised(value, plural=key.plural)
    return next((each for each in key.accepted if nearly(given, normalised(each, plural=key.plural))), None)
