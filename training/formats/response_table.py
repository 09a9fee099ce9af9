"""Answers from a spreadsheet as arrays: wide or long, scores or options with a key; a mistake is said with its line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.formats.csv_columns import BadTable, CsvFile, coded, columns_of, line_of, opened, ragged, rows_of
from training.formats.response_cells import Meaning, complaint, meaning_of
from training.formats.response_key import Key, fitted
from training.formats.response_words import CHOICE, GROUP, ITEM, PERSON, SCORE, place_of, plain
from training.formats.summaries import refuse_summaries, summary

MOST_NAMED = 5
FEWEST_FOR_DOUBT = 20
"""Answers from which on it is no chance that not one of them is what the key calls right."""

LONG_COLUMNS = 3, 5
"""How many columns a file may have that could be meant as a long one."""


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """One entry per answer, as numbers into `persons` and `items`.

    With a key, `choice` numbers the chosen one of the item's `options`, and `right` (items x options) is what each
    earns, NaN where the item has no such option. `group` names each person's group where one was asked for. `notes`
    say what was assumed, and `unknown` are items of the key that nobody was asked.
    """

    persons: tuple[str, ...]
    items: tuple[str, ...]
    person: NDArray[np.int32]
    item: NDArray[np.int32]
    score: NDArray[np.float64]
    choice: NDArray[np.int16] | None = None
    options: tuple[tuple[str, ...], ...] = ()
    right: NDArray[np.float64] | None = None
    group: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The columns that are looked at, by name."""

    file: CsvFile
    names: list[str]
    columns: list[Any]

    def without(self, name: str) -> "_Sheet":
        place = self.names.index(name)
        rest = [number for number in range(len(self.names)) if number != place]
        return replace(self, names=[self.names[n] for n in rest], columns=[self.columns[n] for n in rest])


def read_responses(path: Path, key: Key | None = None, group: str = "", leave_out: Sequence[str] = ()) -> ResponseTable:
    """Read answers. `key` gives the right options of items, in lower case; items without one hold scores.

    `group` names a column that says which group a person is in; it is no item. Columns to leave out are not looked at.
    """
    file = opened(path)
    table = columns_of(file)
    sheet = _Sheet(file, list(file.header), [table.column(place) for place in range(len(file.header))])
    for name in dict.fromkeys(leave_out):
        if name not in sheet.names:
            raise BadTable(f"{path}:{file.above}: there is no column {name!r} to leave out")
        sheet = sheet.without(name)
    sheet = _without_blank(sheet)
    if not sheet.names:
        raise BadTable(f"{path}:{file.above}: no column is left")
    found = _grouped(sheet, key or {}, group) if group else _read(sheet, key or {})
    unknown = sorted(set(fitted(key or {}, found.items)) - set(found.items))
    said = (f"the key has items that nobody was asked: {', '.join(unknown)}",) if unknown else ()
    return replace(found, notes=(*file.notes, *said, *found.notes))


def _without_blank(sheet: _Sheet) -> _Sheet:
    """Pass over columns with neither a name nor a cell, as a comma at the end of each line makes them."""
    kept = [
        place for place, name in enumerate(sheet.names)
        if name or any(value.strip() for value in sheet.columns[place].unique().to_pylist())
    ]  # fmt: skip
    return replace(sheet, names=[sheet.names[n] for n in kept], columns=[sheet.columns[n] for n in kept])


def _grouped(sheet: _Sheet, key: Key, group: str) -> ResponseTable:
    if group not in sheet.names:
        raise BadTable(f"{sheet.file.path}:{sheet.file.above}: there is no column {group!r}, nor a file of that name")
    codes, values = coded(sheet.columns[sheet.names.index(group)])
    answers = sheet.without(group)
    found, long = _read(answers, key), _long_places(answers.names, key)
    of_row = [values[code].strip() for code in codes]
    if long is None:
        return replace(found, group=tuple(of_row))
    person, persons = coded(answers.columns[long[0]])
    first = dict(zip(reversed([persons[each] for each in person]), reversed(of_row), strict=True))
    return replace(found, group=tuple(first[name] for name in found.persons))


def _read(sheet: _Sheet, key: Key) -> ResponseTable:
    places = _long_places(sheet.names, key)
    if places is None and plain(sheet.names[0]) in ITEM and place_of(sheet.names, (*SCORE, *CHOICE)) is not None:
        where = f"{sheet.file.path}:{sheet.file.above}"
        raise BadTable(
            f"{where}: there is a column {sheet.names[0]!r} with a score, and none that says of which person"
        )
    found, meanings = _long(sheet, places, key) if places else _wide(sheet, fitted(key, sheet.names))
    unused = [name for name, meaning in zip(found.items, meanings, strict=True) if meaning.key_unused]
    if unused and len(unused) == len(found.items) and len(found.item) >= FEWEST_FOR_DOUBT:
        raise BadTable(f"{sheet.file.path}: of no item did anybody choose what the key calls right; is it another key?")
    said = f"nobody chose what the key calls right: {_named(unused)}"
    return replace(found, notes=(*found.notes, said)) if unused else found


def _long_places(names: Sequence[str], key: Key) -> list[int] | None:
    """Say which columns hold person, item and score; None where the file is wide."""
    cells = (*CHOICE, *SCORE) if key else (*SCORE, *CHOICE)
    found = [place for place in (place_of(names, each) for each in (PERSON, ITEM, cells)) if place is not None]
    keyed = {name.casefold() for name in names} & {name.casefold() for name in key}
    return found if len(found) == 3 and not keyed else None  # noqa: PLR2004 - person, item and score


def read_groups(path: Path, persons: Sequence[str]) -> tuple[str, ...]:
    """Read a file with the columns person and group; gives the group of each person, empty where it names none."""
    file = opened(path)
    who, what = place_of(file.header, PERSON), place_of(file.header, GROUP)
    if who is None or what is None:
        raise BadTable(f"{path}:{file.above}: a file of groups has the columns person and group")
    found = dict[str, str]()
    for line, row in rows_of(file):
        if any(cell.strip() for cell in row):
            if len(row) != len(file.header):
                raise BadTable(ragged(file, line, row))
            found[row[who].strip()] = row[what].strip()
    return tuple(found.get(name.strip(), "") for name in persons)


def _wide(sheet: _Sheet, key: Key) -> tuple[ResponseTable, list[Meaning]]:
    file, columns = sheet.file, [coded(each) for each in sheet.columns]
    first = 1 if _is_id(sheet.names[0], columns[0][1], key) else 0
    items = tuple(name or f"column {place}" for place, name in enumerate(sheet.names, 1))[first:]
    if not items:
        raise BadTable(f"{file.path}:{file.above}: there is no item beside the column {sheet.names[0]!r}")
    meanings = [meaning_of(values, key.get(item)) for item, (_, values) in zip(items, columns[first:], strict=True)]
    read = list(zip(meanings, columns[first:], strict=True))
    _refuse_wrong(file, items, read, keyed=bool(key))
    named = [columns[0][1][code] for code in columns[0][0]] if first else []
    score = np.stack([meaning.score[codes] for meaning, (codes, _) in read])
    refuse_summaries(file, tuple(named), items, score)
    which, who = np.nonzero(~np.isnan(score))
    persons = named or [str(row) for row in range(1, score.shape[1] + 1)]
    table = ResponseTable(
        tuple(persons), items, who.astype(np.int32), which.astype(np.int32), score[which, who],
        notes=_twice(*columns[0]) if first else (),
    )  # fmt: skip
    if key:
        table = _with_options(table, np.stack([each.option[codes] for each, (codes, _) in read])[which, who], meanings)
    return table, meanings


Column = tuple[NDArray[np.int32], list[str]]


def _refuse_wrong(file: CsvFile, items: Sequence[str], read: Sequence[tuple[Meaning, Column]], *, keyed: bool) -> None:
    """Raise BadTable at the first column that holds more than scores, and name the others that do."""
    wrong = [(item, *each) for item, each in zip(items, read, strict=True) if each[0].wrong is not None]
    for item, meaning, (codes, values) in wrong[:1]:
        place = meaning.wrong or 0
        few = LONG_COLUMNS[0] <= len(file.header) <= LONG_COLUMNS[1]
        said = complaint(item, values[place], keyed=keyed, few=few)
        if 1 < len(wrong) < len(items):
            said += f", and others may be such: {_named([name for name, *_ in wrong[1:]])}"
        raise BadTable(f"{file.path}:{line_of(file, int(np.argmax(codes == place)))}: {said}")


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")


def _twice(codes: NDArray[np.int32], names: Sequence[str]) -> tuple[str, ...]:
    rows = np.bincount(codes, minlength=len(names))
    twice = [name for name, count in zip(names, rows, strict=True) if count > 1 and name.strip()]
    return (f"on several rows, each counted as a person of its own: {_named(twice)}",) if twice else ()


def _is_id(name: str, values: Sequence[str], key: Key) -> bool:
    """The first column names persons where its title says so, or where its cells are no scores and have no key."""
    if name in key:
        return False
    return not name or plain(name) in PERSON or meaning_of(values, None).wrong is not None


def _long(sheet: _Sheet, places: Sequence[int], key: Key) -> tuple[ResponseTable, list[Meaning]]:
    file = sheet.file
    (person, persons), (item, items), (value, values) = (coded(sheet.columns[place]) for place in places)
    for codes, names, title in ((person, persons, "person"), (item, items, "item")):
        _refuse_names(file, codes, names, title)
    key = fitted(key, items)
    pairs, inverse = np.unique(item.astype(np.int64) * len(values) + value, return_inverse=True)
    edges = np.searchsorted(pairs, np.arange(len(items) + 1) * len(values))
    meanings = []
    for number, name in enumerate(items):
        own = pairs[edges[number] : edges[number + 1]]
        shown = [values[pair % len(values)] for pair in own]
        meanings.append(meaning_of(shown, key.get(name.strip())))
        wrong = meanings[-1].wrong
        if wrong is not None:
            line = line_of(file, int(np.argmax(inverse == edges[number] + wrong)))
            raise BadTable(f"{file.path}:{line}: {complaint(name, shown[wrong], keyed=bool(key))}")
    _refuse_twice(file, person, item, persons, items)
    score = np.concatenate([each.score for each in meanings])[inverse]
    given = ~np.isnan(score)
    trimmed = tuple(name.strip() for name in items)
    table = ResponseTable(tuple(persons), trimmed, person[given], item[given], score[given])
    if key:
        table = _with_options(table, np.concatenate([each.option for each in meanings])[inverse][given], meanings)
    return table, meanings


def _refuse_names(file: CsvFile, codes: NDArray[np.int32], names: Sequence[str], title: str) -> None:
    blank = next((place for place, name in enumerate(names) if not name.strip()), None)
    if blank is not None:
        raise BadTable(f"{file.path}:{line_of(file, int(np.argmax(codes == blank)))}: the {title} is missing")
    total = next((place for place, name in enumerate(names) if summary(name)), None)
    if total is not None:
        line = line_of(file, int(np.argmax(codes == total)))
        raise BadTable(f"{file.path}:{line}: {names[total]!r} sums up others and is no {title}; delete its rows")


def _refuse_twice(file: CsvFile, person: Any, item: Any, persons: Sequence[str], items: Sequence[str]) -> None:
    pair = person.astype(np.int64) * len(items) + item
    order = np.argsort(pair, kind="stable")
    again = np.flatnonzero(np.diff(pair[order]) == 0)
    if len(again):
        row = int(order[again + 1].min())
        earlier = int(np.argmax(pair == pair[row]))
        raise BadTable(
            f"{file.path}:{line_of(file, row)}: {persons[person[row]]!r} has answered {items[item[row]]!r} before,"
            f" on line {line_of(file, earlier)}"
        )


def _with_options(table: ResponseTable, choice: Any, meanings: Sequence[Meaning]) -> ResponseTable:
    """Add what was chosen."""
    options = tuple(each.options for each in meanings)
    right = np.full((len(table.items), max(map(len, options))), nan)
    for place, each in enumerate(meanings):
        right[place, : len(each.worth)] = each.worth
    return replace(table, choice=choice, options=options, right=right)
