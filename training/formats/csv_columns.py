"""A CSV file as columns of text, read quickly and strictly: where it is not what it should be, the line is said."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

UTF_8, WINDOWS = "utf-8-sig", "cp1252"
BLOCK = 1 << 24
WHOLLY_QUOTED = re.compile(r'"[^"]*("|$)')


class BadTable(Exception):
    """The file cannot be read as what it should be; `str()` says where and what to do."""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file, how it is written, and its columns; `above` lines come before the answers, `notes` are assumptions."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    above: int
    notes: tuple[str, ...] = ()


def opened(path: Path) -> CsvFile:
    """Find the encoding, the delimiter (comma, semicolon, tab or bar) and the names of the columns."""
    encoding, notes = _encoding(path)
    before, first = _first_row(path, encoding)
    if not first:
        raise BadTable(f"{path}:1: the first line must name the columns, but it is empty")
    delimiter = first.strip()[4:5] if _for_excel(first) else max(",;\t|", key=WHOLLY_QUOTED.sub("", first).count)
    with path.open(encoding=encoding, newline="") as stream:
        for _ in islice(stream, before + _for_excel(first)):
            pass
        reader = csv.reader(stream, delimiter=delimiter or ",")
        names = [name.strip() for name in _header(path, reader)]
        above = before + _for_excel(first) + reader.line_num
    _refuse_doubles(path, names, above)
    return CsvFile(path, encoding, delimiter or ",", tuple(names), above, notes)


def _encoding(path: Path) -> tuple[str, tuple[str, ...]]:
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PK\x03\x04"):
        raise BadTable(f"{path}: this is a spreadsheet or an archive, not CSV; save the sheet as CSV (UTF-8)")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", ()
    even, odd = start[::2].count(0), start[1::2].count(0)
    if min(even, odd) * 10 <= max(even, odd) and (even + odd) * 4 > len(start):  # every other byte of plain text is 0
        return ("utf-16-be" if even > odd else "utf-16-le"), ()
    strange = _not_utf_8(path)
    if not strange:
        return UTF_8, ()
    if even + odd:
        raise BadTable(f"{path}:{strange}: this is not text; save the file as CSV UTF-8")
    return WINDOWS, (f"{path}:{strange}: this is not UTF-8 text; the file was read as Windows-1252",)


def _not_utf_8(path: Path) -> int:
    """Give the first line that is not UTF-8, or 0."""
    decoder, lines, held = codecs.getincrementaldecoder("utf-8")(), 1, b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return lines + (held + block)[: error.start].count(b"\n")
            lines, held = lines + block.count(b"\n"), decoder.getstate()[0]
    return lines if held else 0


def _first_row(path: Path, encoding: str) -> tuple[int, str]:
    """Give the first row that is not blank, with the lines its quotes go on over, and how many lines come before it."""
    with path.open(encoding=encoding, newline="") as stream:
        try:
            place, row = next(((place, line) for place, line in enumerate(stream) if line.strip()), (0, ""))
            while row.count('"') % 2 and len(row) < BLOCK and (more := stream.readline()):
                row += more
        except UnicodeError as error:
            raise BadTable(_not_text(path)) from error
    return place, row


def _for_excel(line: str) -> bool:
    """Say whether a line only tells Excel how the cells are separated."""
    return line.lower().startswith("sep=")


def _not_text(path: Path) -> str:
    return f"{path}: this is neither UTF-8 text nor any other that is known; save the file as CSV UTF-8"


def _header(path: Path, reader: Any) -> list[str]:
    try:
        return next(reader, [])
    except UnicodeError as error:
        raise BadTable(_not_text(path)) from error
    except csv.Error as error:
        raise BadTable(f"{path}:{max(reader.line_num, 1)}: {error}") from error


def _refuse_doubles(path: Path, names: list[str], line: int) -> None:
    named = [name for name in names if name]
    if not named:
        raise BadTable(f"{path}:{line}: this line must name the columns, but it is empty")
    if len(named) > 1 and set(named) <= {"0", "1", "NA", "-"}:
        raise BadTable(f"{path}:{line}: this line must name the columns, but it holds answers; add one above it")
    double = next((name for place, name in enumerate(named) if name in named[:place]), None)
    if double:
        raise BadTable(f"{path}:{line}: two columns are named {double!r}")


def columns_of(file: CsvFile) -> Any:
    """Read all cells as text, a column each; every row must be as long as the header."""
    import pyarrow as pa  # noqa: PLC0415 - only this command needs it
    from pyarrow import csv as arrow  # noqa: PLC0415

    names = [str(place) for place in range(len(file.header))]
    encoding = "utf8" if file.encoding == UTF_8 else file.encoding
    try:
        table = arrow.read_csv(
            file.path,
            read_options=arrow.ReadOptions(
                column_names=names, skip_rows=file.above, block_size=BLOCK, encoding=encoding
            ),
            parse_options=arrow.ParseOptions(delimiter=file.delimiter, newlines_in_values=True),
            convert_options=arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise BadTable(_what_is_wrong(file, str(error))) from error
    if table.num_rows == 0:
        raise BadTable(f"{file.path}: there is a header but no answers under it")
    return table


def _what_is_wrong(file: CsvFile, otherwise: str) -> str:
    """Look for the line that the quick reader stumbled over."""
    try:
        for line, row in rows_of(file):
            if row and len(row) != len(file.header):
                return ragged(file, line, row)
    except UnicodeError:
        return _not_text(file.path)
    except csv.Error as error:
        return f"{file.path}: {error}"
    if "Empty CSV" in otherwise:
        return f"{file.path}: there is a header but no answers under it"
    return f"{file.path}: {otherwise.splitlines()[0]}"


def ragged(file: CsvFile, line: int, row: list[str]) -> str:
    """Say that a row has too few cells or too many, and where a quote that was never closed may be why."""
    said = f"{file.path}:{line}: {len(row)} cells where the header has {len(file.header)}"
    lines = max(cell.count("\n") for cell in row)
    return f"{said}; one cell goes on over {lines + 1} lines: is a quote not closed?" if lines > 1 else said


def rows_of(file: CsvFile) -> Iterator[tuple[int, list[str]]]:
    """Read slowly what is below the header, row by row, with the line on which each begins."""
    with file.path.open(encoding=file.encoding, newline="") as stream:
        for _ in range(file.above):
            stream.readline()
        reader, line = csv.reader(stream, delimiter=file.delimiter), file.above + 1
        for row in reader:
            yield line, row
            line = file.above + reader.line_num + 1


def line_of(file: CsvFile, number: int) -> int:
    """Give the line of the file where data row `number` begins; blank lines are no rows."""
    rows = (line for line, row in rows_of(file) if row)
    return next((line for place, line in enumerate(rows) if place == number), file.above + number + 1)


def coded(column: Any) -> tuple[NDArray[np.int32], list[str]]:
    """Give a column as numbers into its distinct values."""
    found = column.dictionary_encode()
    array = found.combine_chunks() if hasattr(found, "chunks") else found
    return array.indices.to_numpy(zero_copy_only=False).astype(np.int32), array.dictionary.to_pylist()
