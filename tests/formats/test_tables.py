"""A table for other programs: long ones come in pieces, and no cell is ever run."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from training.core.refusal import Refusal
from training.formats import tables
from training.formats.tables import Column, Table, csv_chunks, harmless, workbook

NOW = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
COLUMNS = [Column("Text"), Column("Number"), Column("Share"), Column("Yes or no"), Column("Moment"), Column("Nothing")]


def table(rows: list[list[object]]) -> Table:
    return Table("Sheet", COLUMNS, rows, {"Why": "a test"})


def test_each_kind_of_cell_is_written_so_that_it_is_read_as_such():
    row = ["a, b", 7, 66.666666, True, NOW, None]

    lines = b"".join(csv_chunks(table([row]))).decode("utf-8-sig").split("\r\n")
    sheet = load_workbook(BytesIO(workbook(table([row]), made_at=NOW)))["Sheet"]

    assert lines[1] == '"a, b",7,66.6667,yes,2026-03-02 09:05:00,'
    assert [cell.value for cell in sheet[2]] == ["a, b", 7, 66.666666, True, NOW.replace(tzinfo=None), None]


def test_a_round_number_keeps_its_noughts():
    assert b"".join(csv_chunks(table([["", 100, 100.0, False, NOW, 0.0]]))).split(b"\r\n")[1].startswith(b",100,100,no")


def test_a_long_table_comes_in_pieces():
    rows = [["x", number, 1.5, True, NOW, None] for number in range(1200)]

    chunks = list(csv_chunks(table(rows)))

    assert len(chunks) == 4
    assert b"".join(chunks).count(b"\r\n") == 1201


@pytest.mark.parametrize("text", ["Ann-Marie", "a=b", "", "3 + 4", "’"])
def test_ordinary_text_is_left_alone(text: str):
    assert harmless(text) == text


def test_a_table_longer_than_a_sheet_is_refused_with_a_way_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)

    with pytest.raises(Refusal, match="CSV"):
        workbook(table([["", 1, 1.0, True, NOW, None]] * 3), made_at=NOW)
