"""An item as one of another type: what carries over, what would be lost, and what is then still to be written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.content.skeletons import empty_item, empty_part
from training.content.source import Data
from training.core.items.case import OF_THE_WHOLE
from training.core.items.item import Item
from training.core.items.unfinished import UNWRITTEN

Row = Mapping[str, Data]
SHARED = frozenset(each.alias or name for name, each in Item.__pydantic_fields__.items()) | {"type", "stem"}
FEWEST = {"single_best": 2, "multiple_response": 2, "matching": 2, "extended_matching": 3, "ordering": 3, "cloze": 2}
"""Choices that a type needs; where there are fewer, all of them are to be written."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FLAGS = frozenset({"correct", "anchored", "tolerance", "choose", "longest", "votes", "plural", "once"})
"""Fields whose values say nothing without their name."""
ONE_ANSWER = ("short_text", "numeric")
"""Types whose answer is what was the right option."""


@dataclass(frozen=True, slots=True)
class Retyped:
    """The fields that become other, None for one that goes; what is lost with them, and how much is to be written."""

    fields: Mapping[str, Data]
    lost: tuple[tuple[str, str], ...]
    unwritten: int


def retyped(written: Row, type_name: str) -> Retyped:
    """Give what an item becomes as another type, as a draft; stem, options, reasons, sources and tags carry over."""
    own = _as_case(written) if type_name == "case" else _own(written, type_name)
    gone = dict.fromkeys(name for name in written if name not in SHARED and name not in own)
    fields: dict[str, Data] = {**gone, "type": type_name, **own}
    if written.get("status", "draft") != "draft":
        fields["status"] = "draft"
    if isinstance(written.get("image"), Mapping) and "image" not in own:
        fields["image"] = _picture(written["image"])
    after = {name: value for name, value in {**written, **fields}.items() if value is not None}
    marks = sum(value == UNWRITTEN for _, value in _leaves("", after))
    told = ("type", "status", *(("correct",) if type_name in ONE_ANSWER and own.get("mistakes") else ()))
    return Retyped(fields, tuple(each for each in _lost(written, after) if each[0] not in told), marks)


def _own(written: Row, type_name: str) -> dict[str, Data]:
    around = ("id", "type", "objective", "level", "stem", "references", "authors")
    empty = {name: value for name, value in empty_item(type_name, "x", "x").items() if name not in around}
    if type_name == "hotspot" and isinstance(written.get("image"), Mapping):
        empty["image"] = {**empty["image"], **_picture(written["image"])}
    choices = _choices(written)
    if len(choices) < FEWEST.get(type_name, 1):
        return empty
    return {**empty, **_from_choices(type_name, choices)}


def _choices(written: Row) -> list[Row]:
    """Give what there is to choose from or to put in order, whatever the type calls it."""
    match written.get("type"):
        case "cloze":
            gaps = _rows(written, "gaps")
            return _rows(gaps[0], "options") if gaps else []
        case "ordering":
            return _rows(written, "steps")
        case "true_false":
            why = written["why"] if isinstance(written.get("why"), Mapping) else {}
            truth = str(written.get("answer")).lower()
            return [
                _bare({"text": name.capitalize(), "correct": _tick(truth == name), "why": why.get(name)})
                for name in ("true", "false")
            ]
        case "short_text":
            accepted = written.get("accepted")
            right = accepted[:1] if isinstance(accepted, list) else []
            return [*_right(right, written), *_rows(written, "mistakes")]
        case "numeric":
            return [*_right([_measure(written, written)], written), *_measured(written)]
    return _rows(written, "options")


def _right(texts: Sequence[Data], written: Row) -> list[Row]:
    return [_bare({"text": text, "correct": "true", "why": written.get("why")}) for text in texts]


def _measured(written: Row) -> list[Row]:
    return [_bare({**each, "answer": None, "text": _measure(each, written)}) for each in _rows(written, "mistakes")]


def _measure(row: Row, written: Row) -> str:
    return f"{row.get('answer', '')} {written.get('unit') or ''}".strip()


def _from_choices(type_name: str, choices: Sequence[Row]) -> dict[str, Data]:
    right = [each for each in choices if _ticked(each)]
    wrong = [each for each in choices if not _ticked(each)]
    match type_name:
        case "single_best" | "multiple_response" | "cloze":
            options = _keyed(choices, right, several=type_name != "single_best")
            return {"gaps": [{"options": options}]} if type_name == "cloze" else {"options": options}
        case "ordering":
            return {"steps": [_with(each, "text", "why", "misconception") for each in choices]}
        case "matching" | "extended_matching":
            return {"options": [_with(each, "text", "why", "misconception", needed=("text",)) for each in choices]}
        case "short_text" if right:
            mistakes = [_with(each, "text", "why", "misconception") for each in wrong]
            accepted = [each.get("text", UNWRITTEN) for each in right]
            return _bare({"accepted": accepted, "why": right[0].get("why"), "mistakes": mistakes or None})
        case "numeric" if right and _NUMBER.search(str(right[0].get("text"))):
            return _numeric(right[0], wrong)
    return {}


def _numeric(right: Row, wrong: Sequence[Row]) -> dict[str, Data]:
    numbers = [(_NUMBER.search(str(each.get("text"))), each) for each in (right, *wrong)]
    answer, *others = [(found.group(), each.get("why") or UNWRITTEN) for found, each in numbers if found]
    unit = _NUMBER.sub("", str(right.get("text"))).strip()
    mistakes = [{"answer": number, "why": why} for number, why in others if number != answer[0]]
    return _bare({"answer": answer[0], "why": answer[1], "unit": unit or None, "mistakes": mistakes or None})


def _keyed(choices: Sequence[Row], right: Sequence[Row], *, several: bool) -> list[Row]:
    """Let one option be right, or all that were; the first where none was."""
    keys = right if several and right else [*right, choices[0]][:1]
    fields = ("text", "why", "misconception", "anchored", "id")
    return [
        _with(each, *fields) | ({"correct": "true"} if any(each is key for key in keys) else {}) for each in choices
    ]


def _as_case(written: Row) -> dict[str, Data]:
    """Make the question the first part of a case, whose story is to be written."""
    part = {name: value for name, value in written.items() if name not in OF_THE_WHOLE}
    return {"stem": UNWRITTEN, "parts": [part, empty_part("single_best")], "image": None, "level": written.get("level")}


def _picture(image: Row) -> dict[str, Data]:
    return {name: image[name] for name in ("file", "alt") if name in image}


def _with(row: Row, *names: str, needed: Sequence[str] = ("text", "why")) -> dict[str, Data]:
    return {name: row.get(name) or UNWRITTEN for name in names if row.get(name) or name in needed}


def _rows(written: Row, name: str) -> list[Row]:
    there = written.get(name)
    return [each for each in there if isinstance(each, Mapping)] if isinstance(there, list) else []


def _ticked(row: Row) -> bool:
    return str(row.get("correct")).strip().lower() in ("true", "yes", "on")


def _tick(right: bool) -> str | None:  # noqa: FBT001 - it says how it is written
    return "true" if right else None


def _bare(row: Mapping[str, Data]) -> dict[str, Data]:
    return {name: value for name, value in row.items() if value is not None}


def _lost(before: Row, after: Row) -> Iterator[tuple[str, str]]:
    """Yield what stood in the item and stands nowhere in it now: the name of its field, and the text."""
    now = list(_leaves("", after))
    flags = Counter(each for each in now if each[0] in _FLAGS)
    texts = "\n".join(value for _, value in now)
    for name, value in _leaves("", before):
        if name in _FLAGS:
            flags[name, value] -= 1
            if flags[name, value] < 0:
                yield name, value
        elif value != UNWRITTEN and not re.search(rf"(?<!\w){re.escape(value)}(?!\w)", texts):
            yield name, value


def _leaves(name: str, value: Data) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _leaves(str(inner), each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(name, each)
    elif value is not None and str(value).strip():
        yield name, str(value).strip()
