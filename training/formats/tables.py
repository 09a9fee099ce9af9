"""A table as other programs read it: CSV that Excel opens rightly, and an Excel workbook. No cell is ever a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING

from training.core.refusal import Refusal

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | datetime | None
"""A moment is written as the clock on the wall shows it: give it in the zone that the reader is told of."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")
ROWS_AT_ONCE = 500
MOST_ROWS = 1_048_575
"""What fits on an Excel sheet below the heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how wide the column is in characters."""

    title: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows, and what the reader should know about them, line by line."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    about: Mapping[str, Cell]


def csv_chunks(table: Table) -> Iterator[bytes]:
    """Write UTF-8 CSV piece by piece, with the mark at its start by which Excel knows UTF-8."""
    yield b"\xef\xbb\xbf" + _lines([[column.title for column in table.columns]])
    waiting = iter(table.rows)
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        yield _lines([[_csv_cell(cell) for cell in row] for row in batch])


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.4f}".rstrip("0").rstrip(".")
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case str():
            return harmless(cell)
        case _:
            return str(cell)


def harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula (OWASP, CSV injection).

    A number below nought is no formula, and with an apostrophe it would be no number.
    """
    if NEGATIVE.fullmatch(text):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def workbook(table: Table, *, made_at: datetime) -> bytes:
    """Write an Excel workbook: the table under a heading that stays in view, and a sheet about it.

    Raises Refusal where the table is longer than a sheet.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - slow to import, and only an export needs it

    if len(table.rows) > MOST_ROWS:
        raise Refusal(f"An Excel sheet holds {MOST_ROWS:,} rows, and these are {len(table.rows):,}. Please use CSV.")
    target = BytesIO()
    no_guessing = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, {"constant_memory": True, **no_guessing}) as book:
        book.set_properties({"title": table.name, "created": made_at.replace(tzinfo=None)})
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet(table.name[:31])
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
        sheet.write_row(0, 0, [column.title for column in table.columns], bold)
        for line, row in enumerate(table.rows, 1):
            for number, cell in enumerate(row):
                _write(sheet, line, number, cell, moment)
        _write_about(book.add_worksheet("About"), table.about, bold, moment)
    return target.getvalue()


def _write_about(sheet: "Worksheet", about: Mapping[str, Cell], bold: "Format", moment: "Format") -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    for number, (name, cell) in enumerate(about.items()):
        sheet.write_string(number, 0, name, bold)
        _write(sheet, number, 1, cell, moment)


def _write(sheet: "Worksheet", line: int, number: int, cell: Cell, moment: "Format") -> None:
    match cell:
        case None:
            sheet.write_blank(line, number, None)
        case bool():
            sheet.write_boolean(line, number, cell)
        case int() | float():
            sheet.write_number(line, number, cell)
        case datetime():
            sheet.write_datetime(line, number, cell.replace(tzinfo=None), moment)
        case str():
            sheet.write_string(line, number, cell)
