"""Questions in tables: ours and other people's, from any spreadsheet, and nothing in them ever runs."""

import csv
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import Workbook

from tests.formats.banks import (
    arrived,
    assert_round_trip,
    banks,
    batch,
    cloze,
    matching,
    multiple_response,
    numeric,
    ordering,
    script_concordance,
    short_text,
    single_best,
    true_false,
)
from training.formats.csv_table import CSV, XLSX
from training.formats.drafting import Read

BANKS = banks(single_best(), multiple_response(), true_false(), numeric(), short_text(), ordering(), matching(),
              cloze(), script_concordance())  # fmt: skip
HEAD = "stem,option_a,option_b,option_c,correct\n"


def read(text: str | bytes, name: str = "quiz.csv") -> list[Read]:
    data = text.encode() if isinstance(text, str) else text
    form = XLSX if name.endswith("xlsx") else CSV
    assert form.read
    return arrived(form.read(data, name), name)


def complaints(text: str | bytes, name: str = "quiz.csv") -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    form = XLSX if name.endswith("xlsx") else CSV
    assert form.read
    return [problem.message for problem in form.read(data, name).problems]


def item(text: str) -> Any:
    (found,) = read(text)
    assert found.item is not None, found.problems
    return found.item


@settings(max_examples=100, deadline=None)
@given(BANKS)
def test_csv_reads_back_as_it_was_less_what_is_reported(bank) -> None:
    assert CSV.write
    written = CSV.write(batch(bank))

    assert_round_trip(bank, written, read(written.data))


@settings(max_examples=25, deadline=None)
@given(BANKS)
def test_excel_reads_back_as_it_was_less_what_is_reported(bank) -> None:
    assert XLSX.write
    written = XLSX.write(batch(bank))

    assert_round_trip(bank, written, read(written.data, "bank.xlsx"))


@settings(max_examples=60, deadline=None)
@given(BANKS)
def test_no_cell_of_a_csv_begins_as_a_formula(bank) -> None:
    assert CSV.write
    text = CSV.write(batch(bank)).data.decode("utf-8-sig")

    cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))] == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_seen(delimiter: str) -> None:
    text = delimiter.join(["Question", "A", "B", "C", "Answer"]) + "\n" + delimiter.join(["Which?", "x", "y", "z", "B"])

    assert [(option.text, option.correct) for option in item(text).options] == [("x", False), ("y", True), ("z", False)]


@pytest.mark.parametrize("correct", ["b", "B", "B.", "(b)", "2", "option b", "Option 2", "Choice_b", "blue"])
def test_the_right_option_may_be_named_in_many_ways(correct: str) -> None:
    assert [option.correct for option in item(f"{HEAD}Which?,red,blue,green,{correct}").options] == [False, True, False]


@pytest.mark.parametrize("correct", ['"a,c"', "a;c", '"A, C"', "a c", "AC", "1;3", "red;green"])
def test_several_right_options_make_a_multiple_response(correct: str) -> None:
    found = item(f"{HEAD}Which?,red,blue,green,{correct}")

    assert found.type == "multiple_response"
    assert [option.correct for option in found.options] == [True, False, True]


def test_a_number_that_is_an_option_is_meant_as_the_option() -> None:
    assert [option.correct for option in item(f"{HEAD}1+1?,3,2,1,2").options] == [False, True, False]


def test_the_type_is_seen_from_what_is_filled_in() -> None:
    reads = read("question,answer,tolerance,explanation\nSum?,12.5,0.1,Add.\nWater is wet.,TRUE,,Yes.\n")

    assert [each.item and each.item.type for each in reads] == ["numeric", "true_false"]


def test_columns_with_no_field_are_named_with_what_they_held() -> None:
    (found,) = read("question,a,b,correct,points,Chapter\nWhich?,x,y,a,2,Seven")

    assert [(loss.field, loss.what) for loss in found.losses] == [
        ("points", "'2' has no field"),
        ("Chapter", "'Seven' has no field"),
    ]


def test_the_status_of_a_table_is_never_taken_over() -> None:
    (found,) = read("question,a,b,correct,status,reviewed\nWhich?,x,y,a,approved,2026-01-01")

    assert found.item is not None
    assert (found.item.status, found.item.reviewed) == ("draft", None)
    assert [loss.field for loss in found.losses] == ["status", "reviewed"]


def test_a_line_for_excel_and_empty_rows_are_passed_over() -> None:
    assert item("sep=;\n\nquestion;a;b;correct\n;;;\nWhich?;x;y;b\n").options[1].correct


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Which?,x,y,z,q", "correct is 'q', which names no option"),
        ("Which?,x,y,z,", "nothing says which option is right"),
        (",x,y,z,a", "the question has no text"),
        ("Which?,,,,", "neither options nor an answer are given"),
    ],
)
def test_a_row_that_makes_no_item_is_named_with_its_line(row: str, message: str) -> None:
    found = read(f"{HEAD}Fine?,x,y,z,a\n{row}")[-1]

    assert (found.item, [(each.line, each.message) for each in found.problems]) == (None, [(3, message)])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no row names a column for the question"),
        ("a,b\n1,2\n", "no row names a column for the question"),
        ("question,a,b,correct\n", "there is no question below the heading"),
        ("question,text,a,b\nWhich?,x,y,z", "two columns are named 'text'"),
    ],
)
def test_a_table_without_questions_is_refused_in_one_line(text: str, message: str) -> None:
    assert complaints(text) == [message]


def test_a_cell_without_end_is_reported_and_the_rows_above_it_are_read() -> None:
    text = f"{HEAD}Fine?,x,y,z,a\nBroken?,x,y,z,{'a' * 1_000_001}\n"

    assert len(read(text)) == 1
    assert complaints(text) == ["the table cannot be read on: field larger than field limit (1000000)"]


def workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    book.active.append(["About this file"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Questions")
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_numbers_and_truths_of_a_workbook_read_as_typed() -> None:
    data = workbook([["question", "answer", "objective"], ["Sum?", 12.0, 2.4], ["Wet?", True, "1.1"]])

    first, second = (each.item for each in read(data, "quiz.xlsx"))
    assert (first.answer, first.objective) == (12, "2.4")  # type: ignore[union-attr]
    assert second.answer is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 not a zip", "this is no Excel workbook, or a damaged one"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "this is an old or an encrypted Excel file"),
        (b"", "this is no Excel workbook, or a damaged one"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, message: str) -> None:
    assert complaints(data, "x.xlsx") == [message]


def altered(data: bytes, file: str, body: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, body if part.filename == file else old.read(part))
        if file not in old.namelist():
            new.writestr(file, body)
    return target.getvalue()


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = altered(workbook([["question"]]), "xl/worksheets/sheet9.xml", b"\0" * (201 * 1024 * 1024))

    assert complaints(bomb, "x.xlsx") == ["the workbook would unpack to far more than it says"]


def test_a_row_that_claims_to_be_far_down_keeps_no_reader_busy() -> None:
    number = 10**12
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    rows = f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>question</t></is></c></row>'
    far = altered(workbook([["q"]]), "xl/worksheets/sheet1.xml", sheet.format(rows).encode())

    assert complaints(far, "x.xlsx") == ["the workbook has more than 1,200,000 rows"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_workbook_are_refused(encoding: str) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'.encode(encoding)

    assert complaints(altered(workbook([["q"]]), "xl/worksheets/sheet1.xml", evil), "x.xlsx") == [
        "the workbook declares entities"
    ]


GAPS = '"1 | soon | right | It is due.\n1 | never\n2 | out | x\n2 | in || It stays."'


def test_a_text_with_gaps_has_a_line_for_each_of_its_options() -> None:
    found = item(f"stem,gap_text,gaps\nComplete.,Take it {{{{2}}}} {{{{1}}}}.,{GAPS}\n")

    assert (found.type, found.stem, found.text) == ("cloze", "Complete.", "Take it {{2}} {{1}}.")
    assert [[(option.text, option.correct) for option in gap.options] for gap in found.gaps] == [
        [("soon", True), ("never", False)],
        [("out", True), ("in", False)],
    ]
    assert found.gaps[1].options[1].why == "It stays."


@pytest.mark.parametrize(
    ("gaps", "told"),
    [
        ("first | a | right", "'first | a | right' is no option of a gap"),
        ("1 | a | perhaps", "'1 | a | perhaps' is no option of a gap"),
        ("1 | a | right\n1 | b\n3 | c | right\n3 | d", "the gaps are not numbered 1, 2, 3"),
    ],
)
def test_gaps_that_cannot_be_told_apart_are_refused_in_words(gaps: str, told: str) -> None:
    (found,) = read(f'stem,gap_text,gaps\nComplete.,A {{{{1}}}}.,"{gaps}"\n')

    assert found.item is None
    assert told in [problem.message for problem in found.problems]


def test_a_panel_votes_in_five_lines() -> None:
    found = item(
        'stem,hypothesis,finding,panel\nAn hour ago,a bruise,it swells,"0 | No.\n0 | No.\n1 | Few.\n4 | Yes.\n2 | Yes."\n'
    )

    assert (found.type, found.hypothesis, found.finding) == ("script_concordance", "a bruise", "it swells")
    assert [point.votes for point in found.panel] == [0, 0, 1, 4, 2]


def test_a_vote_that_is_no_number_is_refused_in_words() -> None:
    (found,) = read("stem,hypothesis,finding,panel\nAn hour ago,a bruise,it swells,many | Yes.\n")

    assert found.item is None
    assert "'many | Yes.' is no vote of a panel" in [problem.message for problem in found.problems]
