"""Tables as other programs' templates and people's workbooks have them."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from tests.formats.test_csv_table import complaints, item, read
from tests.formats.test_gift import keyed
from training.formats import guess


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def filled(sheet: Any, *rows: list[Any]) -> Any:
    for row in rows:
        sheet.append(row)
    return sheet


def test_every_sheet_with_questions_is_read_and_the_others_are_named() -> None:
    book = Workbook()
    filled(book.active, ["Bank of spring"])
    filled(book.create_sheet("Thorax"), ["Question", "A", "B", "Correct"], ["Deep?", "yes", "no", "A"])
    filled(book.create_sheet("Leg"), ["Question", "A", "B", "Correct"], ["Long?", "yes", "no", "B"])
    hidden = filled(book.create_sheet("Old"), ["Question", "A", "B", "Correct"], ["Old?", "yes", "no", "B"])
    hidden.sheet_state = "hidden"

    found = read(saved(book), "book.xlsx")

    assert [(each.item.stem, each.draft.category) for each in found if each.item] == [
        ("Deep?", "Thorax"), ("Long?", "Leg"),
    ]  # fmt: skip
    assert complaints(saved(book), "book.xlsx") == [
        "the sheet 'Sheet' has no column for the question and is left out", "the sheet 'Old' is hidden and is left out",
    ]  # fmt: skip


def test_a_cell_merged_downwards_counts_for_each_row_it_reaches() -> None:
    book = Workbook()
    sheet = filled(book.active, ["Topic", "Question", "A", "B", "Correct"], ["Lung", "Deep?", "yes", "no", "A"],
                   [None, "Long?", "yes", "no", "B"], [None, "Wet?", "yes", "no", "B"])  # fmt: skip
    sheet.merge_cells("A2:A3")

    assert [each.draft.tags for each in read(saved(book), "book.xlsx")] == [("Lung",), ("Lung",), ()]


def test_percent_reads_as_it_is_shown_and_a_formula_without_a_value_is_named() -> None:
    book = Workbook()
    sheet = filled(book.active, ["Question", "A", "B", "C", "Correct"], ["How many?", 0.5, "60%", "=1+1", "A"])
    sheet["B2"].number_format = "0%"

    [found] = read(saved(book), "book.xlsx")

    assert keyed(found.item) == [("50%", True), ("60%", False)]  # type: ignore[arg-type]
    assert complaints(saved(book), "book.xlsx") == [
        "'Sheet': what the formulas in D2 come to is not in the file; these cells count as empty"
    ]


@pytest.mark.parametrize(
    ("table", "options"),
    [
        ("question,correct,wrong1,wrong2\nWhich?,median,ulnar,radial\n",
         [("median", True), ("ulnar", False), ("radial", False)]),
        ("Question,Correct Answer,Distractor 1\nWhich?,median,ulnar\n", [("median", True), ("ulnar", False)]),
        (("Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Correct answer(s)\n"
         "Which?,ulnar,median,2\n"), [("ulnar", False), ("median", True)]),
    ],
)  # fmt: skip
def test_columns_of_common_templates_are_understood(table: str, options: list[tuple[str, bool]]) -> None:
    assert keyed(item(table)) == options


def test_a_blank_to_fill_accepts_all_that_stands_in_its_options() -> None:
    found = item("Question Text,Question Type,Option 1,Option 2\nWhat?,Fill-in-the-Blank,pleura,the pleura\n")

    assert found.accepted == ("pleura", "the pleura")


HEADING = "//Thorax,,,,\nNewQuestion,{},,,\nID,T-1,,,\nTitle,One,,,\nQuestionText,Which?,,,\nPoints,1,,,\n"


def down(kind: str, rows: str) -> Any:
    [found] = read(HEADING.format(kind) + rows)
    assert found.item is not None, found.problems
    return found


def test_a_choice_of_brightspace_goes_down_the_rows() -> None:
    found = down("MC", 'Option,0,"<b>ulnar</b>",HTML,No.\nOption,100,median,,Yes.\nHint,Think,,,\nFeedback,See 3.,,,\n')

    assert (found.item.id, found.item.stem) == ("t-1", "Which?")
    assert [(o.text, o.correct, o.why) for o in found.item.options] == [
        ("ulnar", False, "No."), ("median", True, "Yes.\n\nSee 3."),
    ]  # fmt: skip
    assert {loss.field for loss in found.losses} == {"hint", "options.0.text"}


def test_the_other_kinds_of_brightspace_become_what_they_are() -> None:
    match = "Choice,1,thigh,,\nChoice,2,forearm,,\nChoice,3,calf,,\nMatch,2,radial,,\nMatch,1,femoral,,\n"
    steps = "Item,consent,NOT HTML,First of all.,\nItem,needle,,,\nItem,removal,,,\n"

    assert down("TF", "TRUE,0,No.,,\nFALSE,100,Yes.,,\n").item.answer is False
    assert keyed(down("MS", "Option,1,a,,\nOption,0,b,,\nOption,1,c,,\n").item) == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]
    assert down("SA", "Answer,100,pleura,,\nAnswer,100,the pleura,,\n").item.accepted == ("pleura", "the pleura")
    assert [(row.text, row.answer) for row in down("M", match).item.rows] == [("radial", "b"), ("femoral", "a")]
    assert [step.text for step in down("O", steps).item.steps] == ["consent", "needle", "removal"]


def test_what_brightspace_has_people_mark_is_refused_by_its_name() -> None:
    data = HEADING.format("WR") + "AnswerKey,A long one,,,\n"

    assert guess(data.encode(), "export.txt").name == "csv"
    assert "'written response'" in read(data)[0].problems[0].message
