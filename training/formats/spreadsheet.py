"""Questions in an Excel workbook, opened with care: no bomb, no entity, no formula and no link is followed."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from training.formats.base import LARGEST, Imported, unreadable
from training.formats.columns import known
from training.formats.table_reading import Row, read_rows

MOST_FILES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_COLUMNS = 120
MOST_ROWS = 1_200_000
"""Somewhat more than one sheet of Excel can have; a row may claim any number, and those before it count as empty."""

_DECLARES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def read(data: bytes, name: str) -> Imported:
    """Read the first sheet whose heading names a column for the question."""
    refusal = _refusal(data)
    if refusal:
        return unreadable(name, *refusal)
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = list(_sheets(book))
    except TooLong:
        return unreadable(name, f"the workbook has more than {MOST_ROWS:,} rows", "delete the empty ones, or split it")
    except Exception as error:  # noqa: BLE001 - a damaged workbook fails inside openpyxl in many ways
        return unreadable(
            name, f"the workbook is damaged: {type(error).__name__}", "open it in Excel and save it again"
        )
    chosen = next((rows for rows in sheets if any(known(row) for _, row in rows[:20])), sheets[0] if sheets else [])
    return read_rows(name, chosen)


def _refusal(data: bytes) -> tuple[str, str] | None:
    """Say why a file is not to be opened, or None where it may be."""
    if len(data) > LARGEST:
        return f"the file has {len(data):,} bytes; the most is {LARGEST:,}", "split it"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "this is an old or an encrypted Excel file", "save it without a password as .xlsx"
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _bomb(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zipfile.LargeZipFile):
        return "this is no Excel workbook, or a damaged one", "save it as .xlsx"
    except Exception as error:  # noqa: BLE001 - zlib and its kin raise errors of their own
        return f"the workbook cannot be unpacked: {type(error).__name__}", "save it again as .xlsx"


def _bomb(package: zipfile.ZipFile) -> tuple[str, str] | None:
    parts = package.infolist()
    if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return "the workbook would unpack to far more than it says", "save the questions alone as .xlsx"
    left = MOST_UNPACKED
    for part in parts:
        # What a header says of its size may be a lie, so that what really comes out is counted.
        with package.open(part) as stream:
            found = stream.read(min(left, part.file_size) + 1)
        left -= len(found)
        if left < 0 or len(found) > part.file_size:
            return "the workbook would unpack to far more than it says", "save the questions alone as .xlsx"
        if part.filename.lower().endswith((".xml", ".rels")) and any(mark in found for mark in _DECLARES):
            return "the workbook declares entities", "no honest spreadsheet does; save it again as .xlsx"
    return None


class TooLong(Exception):
    """The sheets have, or say that they have, more rows than are looked at."""


def _sheets(book: Any) -> Iterator[list[Row]]:
    """Give the rows of each sheet that hold something. Raises TooLong."""
    left = MOST_ROWS
    for sheet in book.worksheets:
        number, found = 0, list[Row]()
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            if number > left:
                raise TooLong
            if row.count(None) < len(row) and (cells := _cells(row)):
                found.append((number, cells))
        left -= number
        yield found


def _cells(row: Sequence[object]) -> list[str]:
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    """Write a cell as a person would have typed it."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()[:10]
        case _:
            return str(cell).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def sniff(data: bytes, name: str) -> float:
    """Look for a zip with a workbook in it."""
    if not data.startswith(b"PK"):
        return 0.9 if name.lower().endswith((".xlsx", ".xls")) else 0.0
    return 0.95 if b"xl/" in data or name.lower().endswith(".xlsx") else 0.0
