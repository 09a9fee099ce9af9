"""Questions in an Excel workbook, opened with care: no bomb, no entity, no formula and no link is followed."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from training.core.problem import Problem, Severity
from training.formats.base import LARGEST, Code, Imported, unreadable
from training.formats.columns import known
from training.formats.table_reading import Row, read_rows

MOST_FILES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_COLUMNS = 120
MOST_ROWS = 1_200_000
"""Somewhat more than one sheet of Excel can have; a row may claim any number, and those before it count as empty."""

_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,2})(\d{1,7}):\1(\d{1,7})"')
_DECLARES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows, and the cells whose formula has no value in the file."""

    title: str
    hidden: bool
    rows: list[Row]
    unknown: list[str]
    path: str = ""


def read(data: bytes, name: str) -> Imported:
    """Read every sheet whose heading names a column for the question; where there are several, each is a category."""
    refusal = _refusal(data)
    if refusal:
        return unreadable(name, *refusal)
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(BytesIO(data), read_only=True, keep_links=False) if _has_formulas(data) else None
        sheets = [_with_merged(data, each) for each in _sheets(book, formulas)]
    except TooLong:
        return unreadable(name, f"the workbook has more than {MOST_ROWS:,} rows", "delete the empty ones, or split it")
    except Exception as error:  # noqa: BLE001 - a damaged workbook fails inside openpyxl in many ways
        return unreadable(
            name, f"the workbook is damaged: {type(error).__name__}", "open it in Excel and save it again"
        )
    return _joined(name, sheets)


def _joined(name: str, sheets: Sequence[Sheet]) -> Imported:
    """Read the sheets that hold questions, and say which do not."""
    asking = [sheet for sheet in sheets if not sheet.hidden and any(known(row) for _, row in sheet.rows[:20])]
    if len(asking) < 2:  # noqa: PLR2004 - several
        chosen = asking[0] if asking else next(iter(sheets), Sheet("", False, [], []))  # noqa: FBT003
        found = [read_rows(name, chosen.rows)]
    else:
        found = [_of_sheet(name, sheet) for sheet in asking]
    problems = [problem for each in found for problem in each.problems]
    problems += [_left(name, sheet) for sheet in sheets if asking and sheet not in asking and sheet.rows]
    problems += [_unknown(name, sheet) for sheet in asking if sheet.unknown]
    return Imported(tuple(draft for each in found for draft in each.drafts), tuple(problems))


def _of_sheet(name: str, sheet: Sheet) -> Imported:
    found = read_rows(f"{name}/{sheet.title}", sheet.rows)
    return replace(found, drafts=tuple(replace(draft, category=sheet.title) for draft in found.drafts))


def _left(name: str, sheet: Sheet) -> Problem:
    why = "is hidden" if sheet.hidden else "has no column for the question"
    return Problem(name, 1, 1, Code.LEFT_OUT, f"the sheet '{sheet.title}' {why} and is left out",
                   severity=Severity.ADVICE)  # fmt: skip


def _unknown(name: str, sheet: Sheet) -> Problem:
    cells = ", ".join(sheet.unknown[:8])
    words = f"'{sheet.title}': what the formulas in {cells} come to is not in the file; these cells count as empty"
    return Problem(name, 1, 1, Code.LOST, words, "open it in Excel and save it", Severity.WARNING)


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


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = (name for name in package.namelist() if name.startswith("xl/worksheets/"))
        return any(b"<f>" in (part := package.read(name)) or b"<f " in part for name in names)


def _sheets(book: Any, formulas: Any) -> Iterator[Sheet]:
    """Give each sheet that is a table. Raises TooLong."""
    left = MOST_ROWS
    for sheet in book.worksheets:
        number, found, empty = 0, list[Row](), None
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
            if number > left:
                raise TooLong
            if row is empty:  # openpyxl gives one and the same for all rows that a sheet leaves out
                continue
            if cells := _cells(row):
                found.append((number, cells))
            else:
                empty = row
        left -= number
        unknown = _without_value(formulas[sheet.title], dict(found)) if formulas else []
        path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        yield Sheet(sheet.title, sheet.sheet_state != "visible", found, unknown, path)


def _with_merged(data: bytes, sheet: Sheet) -> Sheet:
    """Write what stands in cells merged downwards into each row they reach."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        part = package.read(sheet.path) if sheet.path in package.namelist() else b""
    rows = {number: list(cells) for number, cells in sheet.rows}
    for letters, first, last in _MERGED.findall(part):
        place = _column(letters.decode())
        said = "".join(rows.get(int(first), [])[place : place + 1])
        for number in range(int(first) + 1, min(int(last), MOST_ROWS) + 1) if said else ():
            if number in rows:
                cells = rows[number]
                cells += [""] * (place + 1 - len(cells))
                cells[place] = cells[place] or said
    return replace(sheet, rows=list(rows.items()))


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _without_value(sheet: Any, values: dict[int, Sequence[str]]) -> list[str]:
    """Name the cells that hold a formula and no value: nobody has opened the file since they were written."""
    found = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        known_cells = values.get(number, [])
        for place, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("=") and not "".join(known_cells[place : place + 1]):
                found.append(f"{column_letters(place)}{number}")
    return found


def column_letters(place: int) -> str:
    """Name a column as Excel does, the first being A."""
    above, letter = divmod(place, 26)
    return (column_letters(above - 1) if above else "") + chr(ord("A") + letter)


def _cells(row: Sequence[Any]) -> list[str]:
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any) -> str:
    """Write a cell as a person would have typed it."""
    match cell.value:
        case None:
            return ""
        case bool(value):
            return "true" if value else "false"
        case int(value) | float(value) if "%" in cell.number_format:
            return f"{value * 100:.12g}%"
        case float(value) if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004
            return str(int(value))
        case datetime() | date() as value:
            return value.isoformat()[:10]
        case value:
            return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def sniff(data: bytes, name: str) -> float:
    """Look for a zip with a workbook in it."""
    if not data.startswith(b"PK"):
        return 0.9 if name.lower().endswith((".xlsx", ".xls")) else 0.0
    return 0.95 if b"xl/" in data or name.lower().endswith(".xlsx") else 0.0
