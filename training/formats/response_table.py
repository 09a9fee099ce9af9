"""Answers from a spreadsheet as arrays: wide or long, scores or options with a key; a mistake is said with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.formats.csv_columns import BadTable, coded, columns_of, header_of, line_of, rows_of
from training.formats.summaries import refuse_summaries, summary

MISSING = frozenset({"", "na", "n/a", "nan", "-"})
PERSON = frozenset(
    {"person", "person_id", "id", "student", "student_id", "learner", "candidate", "user", "name", "email"}
)
ITEM = frozenset({"item", "item_id", "question", "question_id"})
SCORE = frozenset({"score", "answer", "response", "option", "choice", "value"})
RIGHT = frozenset({"key", "correct", "answer", "option", "right"})
SEVERAL = "|"
WORDS = {"true": 1.0, "false": 0.0}

Key = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """One entry per answer, as numbers into `persons` and `items`.

    With a key, `choice` numbers the chosen one of the item's `options`, and `right` (items x options) is what each
    earns, NaN where the item has no such option. `group` names each person's group where one was asked for. `twice`
    are names that a wide file has on several rows, each of which counts as a person.
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
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the distinct values of one item's cells mean: a score (NaN: no answer), an option (-1: none)."""

    score: NDArray[np.float64]
    option: NDArray[np.int16]
    options: tuple[str, ...]
    wrong: int | None


def read_responses(file: Path, key: Key | None = None, group: str = "", leave_out: Sequence[str] = ()) -> ResponseTable:
    """Read answers. `key` gives the right options of items, in lower case; items without one hold scores.

    `group` names a column that says which group a person is in; it is no item. Columns to leave out are not looked at.
    """
    delimiter, header = header_of(file)
    table = columns_of(file, delimiter, header)
    for name in dict.fromkeys(leave_out):
        if name not in header:
            raise BadTable(f"{file}:1: there is no column {name!r} to leave out")
        table, header = table.remove_column(header.index(name)), [each for each in header if each != name]
    if not header:
        raise BadTable(f"{file}:1: no column is left")
    if group:
        return _grouped(file, table, header, key or {}, group)
    return _read(file, table, header, key)


def _grouped(file: Path, table: Any, header: Sequence[str], key: Key, group: str) -> ResponseTable:
    if group not in header:
        raise BadTable(f"{file}:1: there is no column {group!r}, nor a file of that name")
    place = list(header).index(group)
    codes, values = coded(table.column(place))
    rest, answers = [name for number, name in enumerate(header) if number != place], table.remove_column(place)
    found, long = _read(file, answers, rest, key), _long_places(rest, key)
    of_row = [values[code].strip() for code in codes]
    if long is None:
        return replace(found, group=tuple(of_row))
    person, persons = coded(answers.column(long[0]))
    first = dict(zip(reversed([persons[each] for each in person]), reversed(of_row), strict=True))
    return replace(found, group=tuple(first[name] for name in found.persons))


def _read(file: Path, table: Any, header: Sequence[str], key: Key | None) -> ResponseTable:
    places = _long_places(header, key or {})
    return _long(file, table, places, key or {}) if places else _wide(file, table, header, key or {})


def _long_places(header: Sequence[str], key: Key) -> list[int] | None:
    """Say which columns hold person, item and score; None where the file is wide."""
    names = [name.lower() for name in header]
    found = [[place for place, name in enumerate(names) if name in known] for known in (PERSON, ITEM, SCORE)]
    long = all(found) and not any(set(names) & set(key))
    return [places[0] for places in found] if long else None


def read_key(file: Path) -> dict[str, frozenset[str]]:
    """Read a key: a row `item,key` for each item, or items as columns with one row. Several right ones: `a|c`."""
    delimiter, header = header_of(file)
    names = [name.lower() for name in header]
    item = next((place for place, name in enumerate(names) if name in ITEM), None)
    right = next((place for place, name in enumerate(names) if name in RIGHT), None)
    rows = [(line, row) for line, row in rows_of(file, delimiter) if any(cell.strip() for cell in row)][1:]
    ragged = next(((line, row) for line, row in rows if len(row) != len(header)), None)
    if ragged:
        raise BadTable(f"{file}:{ragged[0]}: {len(ragged[1])} cells where the header has {len(header)}")
    if not rows:
        raise BadTable(f"{file}: there is a header but no key under it")
    if item is not None and right is not None:
        return _key(file, [(line, row[item].strip(), row[right]) for line, row in rows])
    if len(rows) == 1:
        line, row = rows[0]
        return _key(file, [(line, name, cell) for name, cell in zip(header, row, strict=True)])
    raise BadTable(f"{file}:1: a key has the columns item and key, or items as columns and one row")


def read_groups(file: Path, persons: Sequence[str]) -> tuple[str, ...]:
    """Read a file with the columns person and group; gives the group of each person, empty where it names none."""
    delimiter, header = header_of(file)
    names = [name.lower() for name in header]
    who = next((place for place, name in enumerate(names) if name in PERSON), None)
    what = next((place for place, name in enumerate(names) if name in {"group", "cohort", "class"}), None)
    if who is None or what is None:
        raise BadTable(f"{file}:1: a file of groups has the columns person and group")
    found = dict[str, str]()
    for line, row in list(rows_of(file, delimiter))[1:]:
        if any(cell.strip() for cell in row):
            if len(row) != len(header):
                raise BadTable(f"{file}:{line}: {len(row)} cells where the header has {len(header)}")
            found[row[who].strip()] = row[what].strip()
    return tuple(found.get(name.strip(), "") for name in persons)


def _key(file: Path, pairs: Sequence[tuple[int, str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line, item, cell in pairs:
        options = frozenset(each.strip().casefold() for each in cell.split(SEVERAL) if each.strip())
        if item and not options:
            raise BadTable(f"{file}:{line}: item {item!r} has no right option")
        if item:
            found[item] = found.get(item, frozenset()) | options
    return found


def _wide(file: Path, table: Any, header: Sequence[str], key: Key) -> ResponseTable:
    columns = [coded(table.column(place)) for place in range(len(header))]
    first = 1 if _is_id(header[0], columns[0][1], key) else 0
    items = tuple(name or f"column {place}" for place, name in enumerate(header, 1))[first:]
    if not items:
        raise BadTable(f"{file}:1: there is no item beside the column {header[0]!r}")
    meanings = [_meaning(values, key.get(item)) for item, (_, values) in zip(items, columns[first:], strict=True)]
    for item, (codes, values), meaning in zip(items, columns[first:], meanings, strict=True):
        if meaning.wrong is not None:
            row = int(np.argmax(codes == meaning.wrong))
            raise BadTable(f"{file}:{line_of(file, row)}: {_complaint(item, values[meaning.wrong], key)}")
    persons = [columns[0][1][code] for code in columns[0][0]] if first else []
    read = list(zip(meanings, columns[first:], strict=True))
    score = np.stack([meaning.score[codes] for meaning, (codes, _) in read])
    refuse_summaries(file, tuple(persons) if first else (), items, score)
    which, who = np.nonzero(~np.isnan(score))
    persons = persons or [str(row) for row in range(1, table.num_rows + 1)]
    table_of = ResponseTable(
        tuple(persons), items, who.astype(np.int32), which.astype(np.int32), score[which, who],
        twice=_twice(*columns[0]) if first else (),
    )  # fmt: skip
    if not key:
        return table_of
    return _with_options(
        table_of, np.stack([meaning.option[codes] for meaning, (codes, _) in read])[which, who], meanings, key
    )


def _twice(codes: NDArray[np.int32], names: Sequence[str]) -> tuple[str, ...]:
    rows = np.bincount(codes, minlength=len(names))
    return tuple(name for name, count in zip(names, rows, strict=True) if count > 1 and name.strip())


def _is_id(name: str, values: Sequence[str], key: Key) -> bool:
    """The first column names persons where its title says so, or where its cells are no scores and have no key."""
    if name in key:
        return False
    return name.lower() in PERSON | {""} or _meaning(values, None).wrong is not None


def _long(file: Path, table: Any, places: Sequence[int], key: Key) -> ResponseTable:
    (person, persons), (item, items), (value, values) = (coded(table.column(place)) for place in places)
    for codes, names, title in ((person, persons, "person"), (item, items, "item")):
        blank = next((place for place, name in enumerate(names) if not name.strip()), None)
        if blank is not None:
            raise BadTable(f"{file}:{line_of(file, int(np.argmax(codes == blank)))}: the {title} is missing")
        total = next((place for place, name in enumerate(names) if summary(name)), None)
        if total is not None:
            line = line_of(file, int(np.argmax(codes == total)))
            raise BadTable(f"{file}:{line}: {names[total]!r} sums up others and is no {title}; delete its rows")
    pairs, inverse = np.unique(item.astype(np.int64) * len(values) + value, return_inverse=True)
    edges = np.searchsorted(pairs, np.arange(len(items) + 1) * len(values))
    meanings = []
    for number, name in enumerate(items):
        own = pairs[edges[number] : edges[number + 1]]
        shown = [values[pair % len(values)] for pair in own]
        meanings.append(_meaning(shown, key.get(name.strip())))
        wrong = meanings[-1].wrong
        if wrong is not None:
            row = int(np.argmax(inverse == edges[number] + wrong))
            raise BadTable(f"{file}:{line_of(file, row)}: {_complaint(name, shown[wrong], key)}")
    _refuse_twice(file, person, item, persons, items)
    score = np.concatenate([each.score for each in meanings])[inverse]
    option = np.concatenate([each.option for each in meanings])[inverse]
    given = ~np.isnan(score)
    trimmed = tuple(name.strip() for name in items)
    plain = ResponseTable(tuple(persons), trimmed, person[given], item[given], score[given])
    return _with_options(plain, option[given], meanings, key)


def _refuse_twice(file: Path, person: Any, item: Any, persons: Sequence[str], items: Sequence[str]) -> None:
    pair = person.astype(np.int64) * len(items) + item
    order = np.argsort(pair, kind="stable")
    again = np.flatnonzero(np.diff(pair[order]) == 0)
    if len(again):
        row = int(order[again + 1].min())
        earlier = int(np.argmax(pair == pair[row]))
        raise BadTable(
            f"{file}:{line_of(file, row)}: {persons[person[row]]!r} has answered {items[item[row]]!r} before,"
            f" on line {line_of(file, earlier)}"
        )


def _with_options(table: ResponseTable, choice: Any, meanings: Sequence[_Meaning], key: Key) -> ResponseTable:
    """Add what was chosen, where there is a key."""
    if not key:
        return table
    options = tuple(each.options for each in meanings)
    right = np.full((len(table.items), max(map(len, options))), nan)
    for place, (name, own) in enumerate(zip(table.items, options, strict=True)):
        right[place, : len(own)] = [float(option.casefold() in key[name]) for option in own]
    return replace(table, choice=choice, options=options, right=right)


def _meaning(values: Sequence[str], right: frozenset[str] | None) -> _Meaning:
    cells = [value.strip() for value in values]
    blank = [cell.lower() in MISSING for cell in cells]
    if right is None:
        scores = np.array([nan if empty else _number(cell) for cell, empty in zip(cells, blank, strict=True)])
        within = [empty or 0 <= score <= 1 for score, empty in zip(scores, blank, strict=True)]
        wrong = None if all(within) else within.index(False)
        return _Meaning(scores, np.full(len(cells), -1, np.int16), (), wrong)
    spelled = {each: each for each in right} | {
        cell.casefold(): cell for cell, empty in zip(reversed(cells), reversed(blank), strict=True) if not empty
    }
    options = sorted(spelled)
    option = [-1 if empty else options.index(cell.casefold()) for cell, empty in zip(cells, blank, strict=True)]
    score = [nan if empty else float(cell.casefold() in right) for cell, empty in zip(cells, blank, strict=True)]
    return _Meaning(np.array(score), np.array(option, np.int16), tuple(spelled[each] for each in options), None)


def _complaint(item: str, value: str, key: Key) -> str:
    if key:
        why = f"item {item!r} has no key, and {value!r} is not a score from 0 to 1"
    else:
        why = f"{value!r} for item {item!r} is not a score from 0 to 1; to score options, give a key with --key"
    if _number(value) > 1:
        why += "; divide points or percent by the most there is"
    return f"{why}; a column that is no item goes with --leave-out"


def _number(value: str) -> float:
    try:
        number = WORDS.get(value.lower())
        if number is None:
            share = 100 if value.endswith("%") else 1
            number = float(value.removesuffix("%").replace(",", ".")) / share
    except ValueError:
        return nan
    return number if isfinite(number) else nan
