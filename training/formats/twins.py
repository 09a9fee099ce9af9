"""Whether an item that comes in is there already: by its id, or by a stem and options that are nearly the same."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.core.items import Item
from training.core.items.options import OptionsItem

ALIKE = 92.0
"""From which likeness of stems, in percent, two items are near-duplicates."""

OPTIONS_ALIKE = 60.0
ROWS_AT_ONCE = 500


class Likeness(StrEnum):
    """In what an item is like one that is there."""

    ID = "same id"
    STEM = "same stem"
    NEAR = "near-same stem"


@dataclass(frozen=True, slots=True)
class Twin:
    """The item that is there already, and how alike the two are in percent."""

    id: str
    likeness: Likeness
    percent: float


def twins_of(incoming: Sequence[Item], there: Iterable[Item]) -> dict[str, Twin]:
    """Find the twin of each incoming item, by the incoming item's id; the same id goes before a like stem."""
    known = list(there)
    stems = {_words(item.stem): item for item in reversed(known)}
    found = {item.id: Twin(item.id, Likeness.ID, 100.0) for item in known if item.id in {new.id for new in incoming}}
    open_ones = []
    for item in (each for each in incoming if each.id not in found):
        same = stems.get(_words(item.stem))
        if same is not None and _options_alike(item, same):
            found[item.id] = Twin(same.id, Likeness.STEM, 100.0)
        else:
            open_ones.append(item)
    return found | _near(open_ones, known)


def repeats_of(items: Iterable[Item]) -> dict[str, str]:
    """Find the items that ask word for word what an earlier one asks: by their ids, the id of the first."""
    first: dict[tuple[str, str], str] = {}
    found = {}
    for item in items:
        asked = _words(item.stem), _option_words(item) if isinstance(item, OptionsItem) else ""
        if first.setdefault(asked, item.id) != item.id:
            found[item.id] = first[asked]
    return found


def _near(incoming: Sequence[Item], known: Sequence[Item]) -> dict[str, Twin]:
    if not incoming or not known:
        return {}
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only an import needs it

    theirs, found = [_words(item.stem) for item in known], {}
    for start in range(0, len(incoming), ROWS_AT_ONCE):
        some = incoming[start : start + ROWS_AT_ONCE]
        table = process.cdist([_words(item.stem) for item in some], theirs, scorer=fuzz.ratio, score_cutoff=ALIKE)
        for item, row in zip(some, table, strict=True):
            place = int(row.argmax())
            if row[place] >= ALIKE and _options_alike(item, known[place]):
                found[item.id] = Twin(known[place].id, Likeness.NEAR, round(float(row[place]), 1))
    return found


def _options_alike(one: Item, other: Item) -> bool:
    """Tell apart items that ask the same of different options, such as `Which statement is true?`."""
    if not isinstance(one, OptionsItem) or not isinstance(other, OptionsItem):
        return True
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz.ratio(_option_words(one), _option_words(other)) >= OPTIONS_ALIKE


def _option_words(item: OptionsItem) -> str:
    return " / ".join(sorted(_words(option.text) for option in item.options))


def _words(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.casefold()).strip()
