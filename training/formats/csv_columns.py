"""A CSV file as columns of text, read quickly and strictly: where it is not what it should be, the line is said."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class BadTable(Exception):
    """The file cannot be read as what it should be; `str()` says where and what to do."""


def header_of(file: Path) -> tuple[str, list[str]]:
    """Give the delimiter (comma, semicolon or tab) and the names of the columns."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
    except UnicodeDecodeError as error:
        raise BadTable(_not_text(file)) from error
    if first.startswith("PK\x03\x04") or "\0" in first:
        raise BadTable(_not_text(file))
    if not first.strip():
        raise BadTable(f"{file}:1: the first line must name the columns, but it is empty")
    if first.lower().startswith("sep="):
        raise BadTable(
            f"{file}:1: {first.strip()!r} is a note for Excel, not the names of the columns; delete this line"
        )
    delimiter = max(",;\t", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter))
    named = [name.strip() for name in header if name.strip()]
    double = next((name for place, name in enumerate(named) if name in named[:place]), None)
    if double:
        raise BadTable(f"{file}:1: two columns are named {double!r}")
    return delimiter, [name.strip() for name in header]


def _not_text(file: Path) -> str:
    with file.open("rb") as stream:
        start = stream.read(64)
    if start.startswith(b"PK\x03\x04"):
        return f"{file}: this is a spreadsheet or an archive, not CSV; save the sheet as CSV (UTF-8)"
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in start:
        return f"{file}: this is UTF-16 or no text at all; save the file as CSV UTF-8"
    line = next((n for n, text in enumerate(file.read_bytes().split(b"\n"), 1) if not _utf8(text)), 1)
    return f"{file}:{line}: this is not UTF-8 text; save the file as CSV UTF-8"


def _utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def columns_of(file: Path, delimiter: str, header: Sequence[str]) -> Any:
    """Read all cells as text, a column each; every row must be as long as the header."""
    import pyarrow as pa  # noqa: PLC0415 - only this command needs it
    from pyarrow import csv as arrow  # noqa: PLC0415

    names = [str(place) for place in range(len(header))]
    try:
        table = arrow.read_csv(
            file,
            read_options=arrow.ReadOptions(column_names=names, skip_rows=1, block_size=1 << 24),
            parse_options=arrow.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise BadTable(_what_is_wrong(file, delimiter, header, str(error))) from error
    if table.num_rows == 0:
        raise BadTable(f"{file}: there is a header but no answers under it")
    return table


def _what_is_wrong(file: Path, delimiter: str, header: Sequence[str], otherwise: str) -> str:
    """Look for the line that the quick reader stumbled over."""
    try:
        for line, row in rows_of(file, delimiter):
            if row and len(row) != len(header):
                return f"{file}:{line}: {len(row)} cells where the header has {len(header)}"
    except UnicodeDecodeError:
        return _not_text(file)
    except csv.Error as error:
        return f"{file}: {error}"
    if "Empty CSV" in otherwise:
        return f"{file}: there is a header but no answers under it"
    return f"{file}: {otherwise.splitlines()[0]}"


def rows_of(file: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Read slowly, row by row, with the line on which each ends."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        for row in reader:
            yield reader.line_num, row


def line_of(file: Path, number: int) -> int:
    """Give the line of the file where data row `number` ends; blank lines are no rows."""
    delimiter, _ = header_of(file)
    rows = (line for line, row in rows_of(file, delimiter) if row)
    next(rows, None)
    return next((line for place, line in enumerate(rows) if place == number), number + 2)


def coded(column: Any) -> tuple[NDArray[np.int32], list[str]]:
    """Give a column as numbers into its distinct values."""
    found = column.dictionary_encode()
    array = found.combine_chunks() if hasattr(found, "chunks") else found
    return array.indices.to_numpy(zero_copy_only=False).astype(np.int32), array.dictionary.to_pylist()
