"""What is counted of a response with several choices: for each row of a question which of its options was given."""

from collections.abc import Iterator
from dataclasses import dataclass

from training.core.interaction import (
    OPEN,
    ChooseMany,
    ChooseOne,
    FillGaps,
    MatchEach,
    Option,
    PickRegion,
    PutInOrder,
    Value,
    options_of,
    places_of,
)
from training.core.key import Pairs, RightOrder, WorthEach, fraction
from training.core.question import Question


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a question that is given options, and what each of these is worth there.

    `label` is empty where the question is one row alone. `idle` says whether an option that few choose is badly
    written: in matching and ordering every option stands in every row and is right in another.
    """

    label: str
    options: tuple[Option, ...]
    worth: tuple[float, ...]
    idle: bool = True


def rows_of(question: Question) -> tuple[Row, ...]:
    """List the rows of a question; none where something is typed."""
    match question.interaction:
        case ChooseOne() | ChooseMany() | PickRegion():
            options = options_of(question.interaction)
            return (Row("", options, tuple(_worth(question, option.id) for option in options)),)
        case MatchEach(rows=rows, options=options):
            right = _right(question)
            return tuple(
                Row(row.text, options, _among(good, options), idle=False) for row, good in zip(rows, right, strict=True)
            )
        case FillGaps(gaps=gaps):
            right = _right(question)
            return tuple(
                Row(f"gap {number}", gap.options, _among(good, gap.options))
                for number, (gap, good) in enumerate(zip(gaps, right, strict=True), 1)
            )
        case PutInOrder(options=options):
            order = question.key.right if isinstance(question.key, RightOrder) else ()
            return tuple(
                Row(f"place {number}", options, _among((name,), options), idle=False)
                for number, name in enumerate(order, 1)
            )
        case _:
            return ()


def picks(question: Question, value: Value) -> tuple[int, ...]:
    """Number the options that were given, counting on from row to row; none where one option was chosen, or typed."""
    return tuple(_picks(question, value)) if isinstance(value, tuple) else ()


def _picks(question: Question, value: tuple[str, ...]) -> Iterator[int]:
    rows, before = rows_of(question), 0
    if len(rows) == 1 and not rows[0].label:
        names = [option.id for option in rows[0].options]
        yield from sorted(names.index(name) for name in value if name in names)
        return
    for row, name in zip(rows, value, strict=False):
        names = [option.id for option in row.options]
        if name != OPEN and name in names:
            yield before + names.index(name)
        before += len(names)


def _worth(question: Question, name: str) -> float:
    if isinstance(question.key, WorthEach):
        return float(name in question.key.correct)
    return fraction(question.key, name)


def _right(question: Question) -> tuple[tuple[str, ...], ...]:
    """Give what is right in each row or gap."""
    if isinstance(question.key, Pairs):
        return question.key.right
    known = isinstance(question.interaction, MatchEach | FillGaps)
    return ((),) * len(places_of(question.interaction)) if known else ()  # type: ignore[arg-type]


def _among(right: tuple[str, ...], options: tuple[Option, ...]) -> tuple[float, ...]:
    return tuple(float(option.id in right) for option in options)
