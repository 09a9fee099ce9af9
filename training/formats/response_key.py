"""The key of a table of answers: which options are right, as a row for each item or a column for each."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from training.formats.csv_columns import BadTable, CsvFile, opened, ragged, rows_of
from training.formats.response_words import ITEM, PERSON, RIGHT, place_of, plain

SEVERAL = "|"

Key = Mapping[str, frozenset[str]]


def read_key(path: Path) -> dict[str, frozenset[str]]:
    """Read a key: a row `item,key` for each item, or items as columns with one row. Several right ones: `a|c`."""
    file = opened(path)
    item, right = place_of(file.header, ITEM), place_of(file.header, RIGHT)
    rows = [(line, row) for line, row in rows_of(file) if any(cell.strip() for cell in row)]
    uneven = next(((line, row) for line, row in rows if len(row) != len(file.header)), None)
    if uneven:
        raise BadTable(ragged(file, *uneven))
    if not rows:
        raise BadTable(f"{path}: there is a header but no key under it")
    if item is not None and right is not None:
        return _key(file, [(line, row[item].strip(), row[right]) for line, row in rows])
    if len(rows) == 1:
        line, row = rows[0]
        cells = zip(file.header, row, strict=True)
        return _key(file, [(line, name, cell) for name, cell in cells if plain(name) not in PERSON])
    raise BadTable(f"{path}:{file.above}: a key has the columns item and key, or items as columns and one row")


def _key(file: CsvFile, pairs: Sequence[tuple[int, str, str]]) -> dict[str, frozenset[str]]:
    found, lines = dict[str, frozenset[str]](), dict[str, int]()
    for line, item, cell in pairs:
        options = frozenset(each.strip().casefold() for each in cell.split(SEVERAL) if each.strip())
        if item and not options:
            raise BadTable(f"{file.path}:{line}: item {item!r} has no right option")
        if found.get(item, options) != options:
            also = f"on line {lines[item]} it has another; write several right options as a{SEVERAL}c"
            raise BadTable(f"{file.path}:{line}: item {item!r} has two keys: {also}")
        if item:
            found[item], lines[item] = options, line
    return found


def fitted(key: Key, items: Iterable[str]) -> dict[str, frozenset[str]]:
    """Name the items of a key as the answers do, where only capitals differ."""
    exact = {name.strip() for name in items}
    names = {name.casefold(): name for name in exact}
    return {name if name in exact else names.get(name.casefold(), name): right for name, right in key.items()}
