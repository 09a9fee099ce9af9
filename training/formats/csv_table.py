"""Questions in a table: CSV with whatever delimiter, and Excel. The columns are in docs/formats.md."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from training.core.problem import Problem
from training.formats.base import Code, Format, Imported
from training.formats.brightspace_table import is_brightspace, read_questions
from training.formats.columns import known
from training.formats.decoding import decoded
from training.formats.spreadsheet import read as read_xlsx
from training.formats.spreadsheet import sniff as sniff_xlsx
from training.formats.table_reading import Row, read_rows
from training.formats.table_writing import write_csv, write_xlsx

DELIMITERS = ",;\t|"
MOST_IN_A_CELL = 1_000_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(data: bytes, name: str) -> Imported:
    """Read a CSV file, its encoding and delimiter seen from itself."""
    text = decoded(data, name)
    if text.text is None:
        return Imported((), text.problems)
    found: list[Problem] = []
    rows = list(_rows(name, text.text, found))
    first = next((row for _, row in rows if any(row) and not row[0].startswith("//")), [])
    imported = read_questions(name, rows) if is_brightspace(first) else read_rows(name, rows)
    return Imported(imported.drafts, (*text.problems, *imported.problems, *found))


def _rows(file: str, text: str, problems: list[Problem]) -> Iterator[Row]:
    """Give each row with the line it begins on; a row that cannot be read ends the table with a problem."""
    csv.field_size_limit(MOST_IN_A_CELL)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.lower().startswith("sep="):
        text, skipped = rest, 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(file, line, 1, Code.MALFORMED, f"the table cannot be read on: {error}"))
            return
        yield line, row


def _delimiter(text: str) -> str:
    """Choose the delimiter by which most columns of the heading are known."""
    lines = [line for line in text[:20_000].split("\n")[:20] if line.strip()]

    def columns(delimiter: str) -> int:
        return max((known(next(csv.reader([line], delimiter=delimiter), [])) for line in lines), default=0)

    return max(DELIMITERS, key=columns)


def sniff(data: bytes, name: str) -> float:
    """Look for a heading with a column for the question and at least one more."""
    head = data[:20_000]
    if head.startswith((b"PK", b"<")):
        return 0.0
    text = decoded(head, name).text or ""
    line = next((line for line in text.split("\n") if line.strip() and not line.lower().startswith("sep=")), "")
    if re.match(r"(?:\ufeff)?(?://.*\n\s*)*NewQuestion\s*,\s*[A-Z]{1,3}\b", text, re.IGNORECASE):
        return 0.9
    columns = max((known(next(csv.reader([line], delimiter=each), [])) for each in DELIMITERS), default=0)
    return 0.9 if columns > 2 else 0.7 if columns == 2 or name.lower().endswith((".csv", ".tsv")) else 0.0  # noqa: PLR2004


CSV = Format("csv", "CSV", ".csv", "text/csv; charset=utf-8", sniff, read, write_csv, keeps_cases=True)
XLSX = Format("xlsx", "Excel", ".xlsx", XLSX_TYPE, sniff_xlsx, read_xlsx, write_xlsx, keeps_cases=True)
