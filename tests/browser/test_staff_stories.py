"""The coordinator takes the scores home; the instructor sees what is wrong with an edit while learners go on."""

import csv
import re
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import at_question, respond, settled, visit
from tests.browser.serving import Server, begin
from training.core.permission import Role

ALL = "/cohort-scores?mode=all"


def test_a_coordinator_sees_the_cohorts_scores_and_takes_them_home(
    demonstration: Server, enter: Enter, tmp_path: Path
) -> None:
    page = enter(demonstration, ALL, role=Role.COORDINATOR).page
    shown = page.get_by_text(re.compile(r"^\d+ results as filtered above"))
    expect(shown).to_be_visible()
    total = int(shown.inner_text().split()[0])
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(3)
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()

    rows = list(csv.reader(StringIO(_download(page, "CSV", tmp_path).read_text(encoding="utf-8-sig"))))
    assert len(rows) == total + 1
    sheet = load_workbook(_download(page, "Excel", tmp_path)).worksheets[0]
    assert sheet.max_row == total + 1
    names = [cell.value for cell in sheet[1]]
    assert names == rows[0]
    assert {str(row[0]) for row in rows[1:]} == {str(row[0].value) for row in sheet.iter_rows(min_row=2)}


def test_of_one_cohort_only_its_results_are_shown_and_exported(
    demonstration: Server, enter: Enter, tmp_path: Path
) -> None:
    page = enter(demonstration, ALL, role=Role.COORDINATOR).page
    shown = page.get_by_text(re.compile(r"^\d+ results as filtered above"))
    everything = int(shown.inner_text().split()[0])
    page.get_by_role("combobox", name=re.compile("Cohort")).click()
    page.get_by_role("option", name="Simulated cohort: summer").click()
    expect(page).to_have_url(re.compile("cohort=simulated-cohort-summer"))
    expect(shown).not_to_contain_text(f"{everything} results")
    settled(page)
    some = int(shown.inner_text().split()[0])
    rows = _download(page, "CSV", tmp_path).read_text(encoding="utf-8-sig").splitlines()
    assert 0 < some == len(rows) - 1 < everything


def test_an_instructor_sees_what_is_wrong_with_an_edit_while_learners_go_on(own_server: Server, enter: Enter) -> None:
    her = enter(own_server)
    attempt = begin(own_server, her.actor, "exam-sample")
    visit(her.page, f"{own_server.url}/sitting?attempt={attempt}&q=1")
    bank = own_server.content / "question_banks" / "sample-safety.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("type: single_best", "type: singel_best", 1), "utf-8")

    instructors = enter(own_server, "/banks?show=problems", role=Role.INSTRUCTOR).page
    expect(instructors.get_by_text("singel_best").first).to_be_visible()
    expect(instructors.get_by_text("did you mean").first).to_be_visible()
    expect(instructors.get_by_role("heading", name=re.compile("sample-safety.yaml"))).to_be_visible()

    respond(her.page)
    her.page.get_by_role("button", name="Next").click()
    at_question(her.page, 2)
    again = begin(own_server, enter(own_server).actor, "exam-sample")  # drawn from the last good version
    assert again != attempt


def _download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile(rf"\b{name}$")).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file
