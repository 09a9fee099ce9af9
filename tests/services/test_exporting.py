"""Scores leave as files: exactly those filtered, harmless in a spreadsheet, and noted."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tests.conftest import Cast
from tests.services.classes import EXAM, PRACTICE, enrol, sit, spring_class
from training.core.certainty import Certainty
from training.core.key import correct_value
from training.core.refusal import NotFound, Refusal
from training.services import exporting, taking
from training.services.app import App
from training.services.exporting import Kind
from training.services.overseeing import Wanted
from training.store import audit


def taken(app: App, cast: Cast, wanted: Wanted, kind: Kind) -> bytes:
    return b"".join(exporting.scores(app, cast.cy, wanted, kind).chunks)


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("who", ["ann", "ida", "ada", "zed"])
def test_only_a_coordinator_may_export_and_a_refused_export_is_not_noted(app: App, cast: Cast, who: str):
    with pytest.raises(Refusal):
        exporting.scores(app, getattr(cast, who), Wanted(), Kind.CSV)

    assert app.database.read(lambda tx: audit.latest(tx, 5)) == []


def test_the_csv_holds_exactly_what_was_filtered(app: App, cast: Cast):
    spring_class(app)
    sit(app, cast.ann, EXAM, right=10)
    sit(app, cast.bo, PRACTICE, right=1)

    everything = lines(taken(app, cast, Wanted(mode=None), Kind.CSV))
    spring = lines(taken(app, cast, Wanted(cohort="spring"), Kind.CSV))

    assert len(everything) == 8
    assert [row["Learner"] for row in spring] == [f"Learner {letter}" for letter in "ABCDEF"]
    assert [(row["Percent"], row["Passed"]) for row in spring[3:5]] == [("70", "no"), ("80", "yes")]
    assert spring[0] | {"Attempt": ""} == {
        "Learner": "Learner A", "E-mail": "learner a@example.org", "Cohorts": "Spring", "Quiz": "Exam sample",
        "Mode": "exam", "Started (UTC)": "2026-03-02 09:00:00", "Handed in (UTC)": "2026-03-02 09:00:00",
        "Handed in by": "learner", "Questions": "10", "Answered": "4", "Points": "4", "Out of": "10", "Percent": "40",
        "Passed": "no", "Simulated": "no", "Quiz name": EXAM, "Attempt": "",
        "Very sure": "", "Fairly sure": "", "Not sure": "", "Certainty not said": "",
    }  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_how_sure_each_learner_was_is_counted_where_the_quiz_asks(app: App, cast: Cast, kind: Kind):
    attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, "kinds-sample", request=app.new_id()))
    said = (Certainty.HIGH, Certainty.HIGH, Certainty.LOW, None)
    for number, sure in enumerate(said):
        value = correct_value(attempt.form.slots[number].question.key)
        taking.save_answer(app, cast.ann, attempt.id, number, value, seen=0)
        if sure:
            taking.rate(app, cast.ann, attempt.id, number, sure)
    taking.hand_in(app, cast.ann, attempt.id)
    sit(app, cast.bo, EXAM, right=1)

    data = taken(app, cast, Wanted(mode=None), kind)

    head, *rows = table_of(data, kind)
    sure = {row[head.index("Quiz name")]: row[-4:] for row in rows}
    assert head[-4:] == ["Very sure", "Fairly sure", "Not sure", "Certainty not said"]
    assert sure == {"kinds-sample": ["2", "0", "1", "1"], EXAM: [""] * 4}


def table_of(data: bytes, kind: Kind) -> list[list[str]]:
    if kind is Kind.CSV:
        return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_excel_opens_the_csv_as_utf_8(app: App, cast: Cast):
    enrol_and_sit(app, "Zoë Müller")

    data = taken(app, cast, Wanted(), Kind.CSV)

    assert data.startswith(b"\xef\xbb\xbfLearner,")
    assert lines(data)[0]["Learner"] == "Zoë Müller"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_a_name_that_looks_like_a_formula_stays_text(app: App, cast: Cast, name: str):
    enrol_and_sit(app, name)

    assert lines(taken(app, cast, Wanted(), Kind.CSV))[0]["Learner"] == f"'{name}"
    cell = load_workbook(BytesIO(taken(app, cast, Wanted(), Kind.XLSX)))["Scores"]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_the_workbook_has_real_dates_and_numbers_under_a_heading_that_stays(app: App, cast: Cast):
    spring_class(app)

    book = load_workbook(BytesIO(taken(app, cast, Wanted(cohort="spring", offset=60), Kind.XLSX)))
    sheet = book["Scores"]
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, (cell.value for cell in sheet[2]), strict=True))

    assert (sheet.freeze_panes, sheet.max_row, sheet.auto_filter.ref) == ("A2", 7, "A1:U7")
    assert first["Handed in (UTC+01:00)"] == datetime(2026, 3, 2, 10, 0)
    assert (first["Percent"], first["Passed"], first["Questions"]) == (40, False, 10)


def test_the_workbook_says_what_was_filtered_when_and_by_whom(app: App, cast: Cast):
    spring_class(app)

    about = load_workbook(BytesIO(taken(app, cast, Wanted(cohort="spring", quiz=EXAM), Kind.XLSX)))["About"]
    said = {name.value: value.value for name, value in about.iter_rows()}

    assert said["Cohort"] == "Spring"
    assert said["Quiz"] == EXAM
    assert said["Mode"] == "exam"
    assert (said["Results"], said["Exported by"], said["Times"]) == (6, "Cy", "UTC")
    assert said["Exported"] == datetime(2026, 3, 2, 15, 0)


def test_an_export_is_noted_with_its_filters_and_size(app: App, cast: Cast):
    spring_class(app)

    taken(app, cast, Wanted(cohort="spring"), Kind.CSV)

    (entry,) = app.database.read(lambda tx: audit.latest(tx, 5))
    assert (entry.actor, entry.action, entry.subject) == ("cy", "export scores", "scores.csv")
    assert entry.detail == "6 results: Cohort Spring; Quiz every quiz; Mode exam; From the beginning; To now"


def test_a_cohort_that_does_not_exist_is_not_everyone(app: App, cast: Cast):
    spring_class(app)

    with pytest.raises(NotFound):
        exporting.scores(app, cast.cy, Wanted(cohort="autumn"), Kind.CSV)


def enrol_and_sit(app: App, name: str) -> None:
    sit(app, enrol(app, name), EXAM, right=5)
