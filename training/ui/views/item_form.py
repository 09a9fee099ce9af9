"""The form of an item: its stretches, each with the fields of its type, and what there is to choose from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from training.core.items.unfinished import UNNAMED, UNPLACED, UNSOURCED, UNWRITTEN
from training.ui.views import item_fields as fields
from training.ui.views.item_fields import Blank, Data, Fold, Kind, Rows

Place = tuple[str | int, ...]
"""Where something stands within an item."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the form: the whole item, a gap of a text or a part of a case; `where` leads to it in the item.

    `one_of` is how many there are of it, 0 for the whole item: such a stretch can be moved or taken out.
    """

    where: Place
    title: str
    blanks: tuple[Blank, ...]
    rows: tuple[Rows, ...] = ()
    folds: tuple[Fold, ...] = ()
    one_of: int = 0

    @property
    def all_blanks(self) -> tuple[Blank, ...]:
        """Its fields, folded away or not."""
        return (*self.blanks, *(blank for fold in self.folds for blank in fold.blanks))

    @property
    def all_rows(self) -> tuple[Rows, ...]:
        """Its lists, folded away or not."""
        return (*self.rows, *(rows for fold in self.folds for rows in fold.rows))

    @property
    def moves(self) -> bool:
        """Whether it has an order of its own: gaps stand in that of their text."""
        return self.where[:-1] == ("parts",)


TYPES = tuple(fields.OWN)
MOST_PARTS = 8
_GAP = re.compile(r"\{\{[a-z0-9]{1,16}\}\}")
_MOST_GAPS = 20
_MARKS = frozenset({UNWRITTEN, UNPLACED, UNSOURCED, UNNAMED})


def sections(written: Mapping[str, Data]) -> tuple[Section, ...]:
    """Give the stretches of an item's form, the whole item first."""
    kind = str(written.get("type"))
    folds = (*_folds(kind), fields.AROUND, fields.STANDING)
    whole = Section((), "", (*fields.SHARED, *fields.OWN[kind]), fields.ROWS.get(kind, ()), folds)
    return (whole, *_gaps(written, ()), *_parts(written))


def _folds(kind: str) -> tuple[Fold, ...]:
    """Give what is rare of a type; the picture of a hotspot is no rarity, and stands with its places."""
    rare = (Fold("More about answering", fields.RARE[kind]),) if kind in fields.RARE else ()
    return rare if kind == "hotspot" else (*rare, fields.PICTURE)


def _gaps(written: Mapping[str, Data], where: Place) -> list[Section]:
    """Give a stretch for each gap that has options, or stands in the text and has none yet."""
    if written.get("type") != "cloze":
        return []
    there, there_in_text = written.get("gaps"), _GAP.findall(str(written.get("text", "")))
    standing = len(there) if isinstance(there, list) else 0
    number = min(max(standing, len(there_in_text)), _MOST_GAPS)
    return [
        Section((*where, "gaps", each), f"Gap {each + 1}", (), (fields.GAP_OPTIONS,), (fields.GAP,),
                standing if each < standing else 0)
        for each in range(number)
    ]  # fmt: skip


def _parts(written: Mapping[str, Data]) -> list[Section]:
    made: list[Section] = []
    parts = written.get("parts")
    there = parts if written.get("type") == "case" and isinstance(parts, list) else []
    for number, part in enumerate(there):
        kind = str(part.get("type")) if isinstance(part, Mapping) else ""
        title, where = f"Part {number + 1}", ("parts", number)
        if kind in fields.OWN and kind != "case":
            blanks, folds = (fields.REVEAL, fields.STEM, *fields.OWN[kind]), (*_folds(kind), fields.OF_A_PART)
            made.append(Section(where, title, blanks, fields.ROWS.get(kind, ()), folds, len(there)))
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


def entries(written: Mapping[str, Data], rows: Rows) -> list[Mapping[str, Data]]:
    """Give what is written of a list, so far as it is one."""
    there = written.get(rows.name)
    return [each if isinstance(each, Mapping) else {} for each in there] if isinstance(there, list) else []


def readable(written: Mapping[str, Data], rows: Rows) -> bool:
    """Say whether a list can be shown entry by entry: it is not there yet, or each entry has fields."""
    there = written.get(rows.name)
    return there is None or (isinstance(there, list) and all(isinstance(each, Mapping) for each in there))


def value_of(written: Mapping[str, Data], blank: Blank) -> Data:
    """Give what a field shows of what is written: text, a truth value, or a list of texts. Marks count as nothing."""
    value: Data = written
    for part in blank.path:
        value = value.get(part) if isinstance(value, Mapping) else None
    match blank.kind:
        case Kind.TICK:
            return str(value).strip().lower() in ("true", "yes", "on", "1")
        case Kind.LINES | Kind.NAMES | Kind.TAGS:
            several = value if isinstance(value, list) else [value] if isinstance(value, str) else []
            return [text for each in several if (text := str(each).strip()) not in _MARKS]
    text = str(value).strip() if isinstance(value, str) else ""
    return blank.default if text in _MARKS or not text else text


def option_names(written: Mapping[str, Data], spare: int) -> Mapping[str, str]:
    """Name the options that a row may be given by id and text; the empty ones at the end as new."""
    there = written.get("options")
    options = there if isinstance(there, list) else []
    texts = [value_of(each, fields.OPTION_TEXT) if isinstance(each, Mapping) else "" for each in options]
    names = fields.letters_of([*options, *({} for _ in range(spare))])
    texts += ["the new one"] * spare
    return {name: f"{name}: {text}"[:120] for name, text in zip(names, texts, strict=False)}
