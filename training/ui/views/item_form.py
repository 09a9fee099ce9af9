"""The form of an item: which fields of which types it has, and from what was filled in back to what YAML holds."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
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


SPARE = 2
"""Empty entries at the end of each list, to write more into."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of entries with the same fields: options, steps, rows. An entry without its first field is left out.

    `spare` is how many empty ones stand at the end; `lettered` ones are named by letters, as their ids are.
    """

    name: str
    label: str
    blanks: tuple[Blank, ...]
    spare: int = SPARE
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the form: the whole item, a gap of a text or a part of a case; `where` leads to it in the item."""

    where: tuple[str | int, ...]
    title: str
    blanks: tuple[Blank, ...]
    rows: tuple[Rows, ...]
    note: str = ""


YES_NO = {"true": "Yes", "false": "No"}
_TEXT, _WHY = Blank(("text",), "Text", Kind.TEXT), Blank(("why",), "Why", Kind.TEXT)
_RIGHT = Blank(("correct",), "This is right", Kind.TICK)
_ANSWER = Blank(("answer",), "Its option (a letter)", Kind.LINE)
_NUMBER, _NAME = Blank(("answer",), "Answer", Kind.LINE), Blank(("name",), "Name", Kind.LINE)
_CHOOSE = Blank(("choose",), "How many to choose", Kind.LINE)
_OPTIONS = Rows("options", "Option", (_TEXT, _RIGHT, _WHY), lettered=True)
_MISTAKES = Rows("mistakes", "Known mistake", (_NUMBER, _WHY), 1)
_LIST = Rows("options", "Option", (_TEXT, Blank(("why",), "Why (may be left out)", Kind.TEXT)), lettered=True)
_MEASURE = (_NUMBER, Blank(("tolerance",), "Tolerance", Kind.LINE), Blank(("unit",), "Unit", Kind.LINE), _WHY)

OWN: Mapping[str, tuple[Blank, ...]] = {
    "single_best": (),
    "multiple_response": (Blank(("choose",), "How many to choose (empty: all that apply)", Kind.LINE),),
    "true_false": (
        Blank(("answer",), "The statement is", Kind.CHOICE, {"true": "True", "false": "False"}),
        Blank(("why", "true"), "What to say of True", Kind.TEXT),
        Blank(("why", "false"), "What to say of False", Kind.TEXT),
    ),
    "numeric": _MEASURE,
    "short_text": (
        Blank(("accepted",), "Accepted answers, one a line", Kind.LINES),
        Blank(("plural",), "Plurals in -s count as well", Kind.CHOICE, YES_NO, "true"), _WHY,
    ),
    "matching": (Blank(("once",), "No option may be used twice", Kind.CHOICE, YES_NO, "true"),),
    "ordering": (),
    "extended_matching": (Blank(("theme",), "Theme", Kind.LINE),),
    "cloze": (Blank(("text",), "Text, its gaps written {{1}}, {{2}} …", Kind.TEXT),),
    "hotspot": (
        Blank(("image", "file"), "Picture (its file, from the content folder)", Kind.LINE),
        Blank(("image", "alt"), "What the picture shows, without telling the answer", Kind.TEXT),
        Blank(("image", "width"), "Width that places are measured in", Kind.LINE),
        Blank(("image", "height"), "Height that places are measured in", Kind.LINE), _CHOOSE,
    ),
    "script_concordance": (
        Blank(("hypothesis",), "If you were thinking of …", Kind.TEXT),
        Blank(("finding",), "… and then you find …", Kind.TEXT),
    ),
    "parameterised": (
        *_MEASURE, Blank(("where",), "Conditions on the values, one a line", Kind.LINES),
    ),
    "case": (),
}  # fmt: skip
ROWS: Mapping[str, tuple[Rows, ...]] = {
    "single_best": (_OPTIONS,),
    "multiple_response": (_OPTIONS,),
    "numeric": (_MISTAKES,),
    "short_text": (Rows("mistakes", "Known mistake", (_TEXT, _WHY), 1),),
    "matching": (_LIST, Rows("rows", "Row", (_TEXT, _ANSWER, _WHY))),
    "ordering": (Rows("steps", "Step", (_TEXT, _WHY)),),
    "extended_matching": (_LIST, Rows("vignettes", "Patient", (_TEXT, _ANSWER, _WHY))),
    "hotspot": (
        Rows("regions", "Place", (
            _TEXT, _RIGHT, Blank(("rectangle",), "Rectangle: left top right bottom", Kind.LINE),
            Blank(("circle",), "or circle: x y radius", Kind.LINE),
            Blank(("polygon",), "or polygon: x y x y x y …", Kind.LINE), _WHY,
        ), 1, lettered=True),
    ),
    "script_concordance": (
        Rows("panel", "Answer", (Blank(("votes",), "Votes of the panel", Kind.LINE), _WHY), 0),
    ),
    "parameterised": (
        Rows("variables", "Value", (
            _NAME, Blank(("from",), "From", Kind.LINE), Blank(("to",), "To", Kind.LINE),
            Blank(("step",), "In steps of", Kind.LINE),
            Blank(("choices",), "Or one of these, one a line", Kind.LINES),
        ), 1),
        Rows("derived", "Derived value", (_NAME, Blank(("value",), "Formula", Kind.LINE)), 1), _MISTAKES,
    ),
}  # fmt: skip
TYPES = tuple(OWN)
_STEM, _REVEAL = Blank(("stem",), "Stem", Kind.TEXT), Blank(("reveal",), "What it tells before it asks", Kind.TEXT)
_GAP = re.compile(r"\{\{[a-z0-9]{1,16}\}\}")
_MOST_GAPS = 20


def sections(written: Mapping[str, Data], shared_blanks: tuple[Blank, ...]) -> tuple[Section, ...]:
    """Give the stretches of an item's form, the whole item first."""
    kind = str(written.get("type"))
    note = "Parts are added, taken out and moved in the text above." if kind == "case" else ""
    whole = Section((), "", (*shared_blanks, *OWN[kind]), ROWS.get(kind, ()), note)
    return (whole, *_gaps(written, ()), *_parts(written))


def _gaps(written: Mapping[str, Data], where: tuple[str | int, ...]) -> list[Section]:
    """Give a stretch for each gap that has options, or stands in the text and has none yet."""
    if written.get("type") != "cloze":
        return []
    there, there_in_text = written.get("gaps"), _GAP.findall(str(written.get("text", "")))
    number = max(len(there) if isinstance(there, list) else 0, len(there_in_text))
    return [
        Section((*where, "gaps", each), f"Gap {each + 1}", (), (_OPTIONS,)) for each in range(min(number, _MOST_GAPS))
    ]


def _parts(written: Mapping[str, Data]) -> list[Section]:
    made: list[Section] = []
    parts = written.get("parts")
    for number, part in enumerate(parts if written.get("type") == "case" and isinstance(parts, list) else ()):
        kind = str(part.get("type")) if isinstance(part, Mapping) else ""
        if kind in OWN and kind != "case":
            title = f"Part {number + 1}"
            where = ("parts", number)
            made.append(Section(where, title, (_REVEAL, _STEM, *OWN[kind]), ROWS.get(kind, ())))
            made += [replace(each, title=f"{title}, {each.title.lower()}") for each in _gaps(part, where)]
    return made


def at(written: Data, where: Sequence[str | int]) -> Mapping[str, Data]:
    """Give what stands at a place of an item; nothing where there is nothing yet."""
    for part in where:
        if isinstance(part, int):
            written = written[part] if isinstance(written, list) and part < len(written) else {}
        else:
            written = written.get(part) if isinstance(written, Mapping) else {}
    return written if isinstance(written, Mapping) else {}


def with_changes(
    written: Mapping[str, Data], changes: Sequence[tuple[Sequence[str | int], Mapping[str, Data]]]
) -> dict[str, Data]:
    """Give the item's fields that changes make other, each change with its place; None takes a field out."""
    fields: dict[str, Data] = {}
    after = deepcopy(dict(written))
    for where, change in changes:
        if not where:
            fields |= change
            after |= change
        elif change:
            _put(after, where, {k: v for k, v in {**at(after, where), **change}.items() if v is not None})
            fields[str(where[0])] = after[str(where[0])]
    return fields


def _put(data: Data, where: Sequence[str | int], value: Data) -> None:
    head, *rest = where
    if isinstance(head, int) and head == len(data):
        data.append({})
    if not rest:
        data[head] = value
        return
    if isinstance(head, str) and not isinstance(data.get(head), list if isinstance(rest[0], int) else dict):
        data[head] = [] if isinstance(rest[0], int) else {}
    _put(data[head], rest, value)


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
