"""The form of an item: which fields of which types it has, and from what was filled in back to what YAML holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Data = Any
"""What a file holds: text, or dicts and lists of it."""


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    TICK = "tick"
    CHOICE = "choice"
    LINES = "lines"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Blank:
    """One field: where it stands in the item, its label, how it is filled in, and from what it is chosen."""

    path: tuple[str, ...]
    label: str
    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of entries with the same fields: options, steps, rows. An entry without a text is left out."""

    name: str
    label: str
    blanks: tuple[Blank, ...]


_TEXT, _WHY = Blank(("text",), "Text", Kind.TEXT), Blank(("why",), "Why", Kind.TEXT)
_RIGHT = Blank(("correct",), "This is right", Kind.TICK)
_REASON = Blank(("why",), "Why", Kind.TEXT)
_ANSWER = Blank(("answer",), "Its option (a letter)", Kind.LINE)

OWN: Mapping[str, tuple[Blank, ...]] = {
    "single_best": (),
    "multiple_response": (Blank(("choose",), "How many to choose (empty: all that apply)", Kind.LINE),),
    "true_false": (
        Blank(("answer",), "The statement is", Kind.CHOICE, {"true": "True", "false": "False"}),
        Blank(("why", "true"), "What to say of True", Kind.TEXT),
        Blank(("why", "false"), "What to say of False", Kind.TEXT),
    ),
    "numeric": (
        Blank(("answer",), "Answer", Kind.LINE), Blank(("tolerance",), "Tolerance", Kind.LINE),
        Blank(("unit",), "Unit", Kind.LINE), _REASON,
    ),
    "short_text": (Blank(("accepted",), "Accepted answers, one a line", Kind.LINES), _REASON),
    "matching": (),
    "ordering": (),
}  # fmt: skip
ROWS: Mapping[str, tuple[Rows, ...]] = {
    "single_best": (Rows("options", "Option", (_TEXT, _RIGHT, _WHY)),),
    "multiple_response": (Rows("options", "Option", (_TEXT, _RIGHT, _WHY)),),
    "matching": (
        Rows("options", "Option", (_TEXT, Blank(("why",), "Why (may be left out)", Kind.TEXT))),
        Rows("rows", "Row", (_TEXT, _ANSWER, _WHY)),
    ),
    "ordering": (Rows("steps", "Step", (_TEXT, _WHY)),),
}
TYPES = tuple(OWN)
"""The types that have a form; items of the others are written in YAML."""


def shared(offered: Mapping[str, Mapping[str, str]]) -> tuple[Blank, ...]:
    """Give the fields that every item has. `offered` are the names that may be chosen."""
    return (
        Blank(("stem",), "Stem", Kind.TEXT),
        Blank(("objective",), "Objective", Kind.CHOICE, offered["objective"]),
        Blank(("level",), "Level", Kind.CHOICE, offered["level"]),
        Blank(("safety",), "Safety", Kind.CHOICE, offered["safety"], "none"),
        Blank(("references",), "References", Kind.NAMES, offered["references"]),
        Blank(("claims",), "Claims", Kind.NAMES, offered["claims"]),
        Blank(("authors",), "Authors, one a line", Kind.LINES),
    )


def value_of(written: Mapping[str, Data], blank: Blank) -> Data:
    """Give what a field shows of what is written: text, a truth value, or a list of texts."""
    value: Data = written
    for part in blank.path:
        value = value.get(part) if isinstance(value, Mapping) else None
    match blank.kind:
        case Kind.TICK:
            return str(value).strip().lower() in ("true", "yes", "on", "1")
        case Kind.LINES | Kind.NAMES:
            return [str(each).strip() for each in value] if isinstance(value, list) else []
    return str(value).strip() if isinstance(value, str) else blank.default


def filled(written: Mapping[str, Data], blanks: Sequence[Blank], given: Sequence[Data]) -> dict[str, Data]:
    """Give the fields that were filled in otherwise than they stood; None takes a field out."""
    made: dict[str, Data] = {}
    for blank, value in zip(blanks, given, strict=True):
        if value != value_of(written, blank):
            name, *inner = blank.path
            new = _kept(blank, value)
            made[name] = {**(made.get(name) or written.get(name) or {}), inner[0]: new} if inner else new
    return made


def filled_rows(written: Sequence[Mapping[str, Data]], rows: Rows, given: Sequence[Sequence[Data]]) -> list[Data]:
    """Give the entries of a list as filled in. What the form does not show of an entry stays with it."""
    made: list[Data] = []
    for number, values in enumerate(given):
        before = written[number] if number < len(written) else {}
        if not any(isinstance(value, str) and value.strip() for value in values[:1]):
            continue
        changes = filled(before, rows.blanks, values)
        after = {name: value for name, value in {**before, **changes}.items() if value is not None}
        made.append(after)
    return made


def _kept(blank: Blank, value: Data) -> Data:
    match blank.kind:
        case Kind.TICK:
            return "true" if value else None
        case Kind.LINES | Kind.NAMES:
            return [each.strip() for each in value if each.strip()] or None
    return value.strip() or None
