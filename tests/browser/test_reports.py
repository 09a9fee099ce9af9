"""A coordinator reads what a test is worth, an instructor what an item does: charts, tables, CSV, wide and narrow, in both themes."""

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled
from tests.browser.serving import Server
from tests.browser.test_every_page import unfit
from tests.services.compared import keep_compared
from training.core.permission import Actor, Role
from training.services import analysing

EXAM = "foundation-exam"
IDA = Actor("ida", "Ida", frozenset({Role.INSTRUCTOR}))


@pytest.fixture(scope="module")
def measured(demonstration: Server) -> Server:
    """The simulated cohort, with a calibration that compares groups, pairs and an older form."""
    keep_compared(demonstration.app, EXAM)
    return demonstration


def test_the_test_report_draws_tells_and_hands_out_every_chart(measured: Server, enter: Enter, tmp_path: Path) -> None:
    page = enter(measured, f"/test-report?quiz={EXAM}", role=Role.COORDINATOR).page

    for heading in ("How the scores lie", "Groups side by side", "Items that hang together"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    drawn(page, 6)
    expect(page.get_by_text("1 item of 30 is unfair by a large amount: q5")).to_be_visible()

    rows = table_under(page, "is unfair by a large amount")
    taken = downloaded(page, 3, tmp_path)
    assert taken[0] == rows[0] == ["Item", "Delta", "Standard error", "p adjusted", "Class", "In words"]
    assert [row[:5] for row in taken] == [row[:5] for row in rows]
    assert (taken[1][0], taken[1][4]) == ("q5", "C")

    pictured(page, "report")
    found = unfit(page)
    assert not found, "\n".join(found)


def test_the_page_of_an_item_with_rows_says_who_chose_what(measured: Server, enter: Enter, tmp_path: Path) -> None:
    items = analysing.items(measured.app, IDA, EXAM).items
    most = max((each for each in items if each.rows), key=lambda each: (each.rows, each.n))
    page = enter(measured, f"/item-plots?item={most.item_id}", role=Role.INSTRUCTOR).page

    page.get_by_text("Who chose what, by third of the score").first.click()
    expect(page.get_by_role("cell", name=most.names[0].replace("*", "")[:20]).first).to_be_visible()
    drawn(page, 2)
    taken = downloaded(page, 0, tmp_path)
    assert len(taken) > 2
    assert len({len(row) for row in taken}) == 1

    pictured(page, "item")
    found = unfit(page)
    assert not found, "\n".join(found)


def drawn(page: Page, at_least: int) -> None:
    """Every chart has lines, points or bars in it."""
    charts = page.locator(".js-plotly-plot")
    expect(charts.nth(at_least - 1)).to_be_visible()
    for number in range(at_least):
        expect(charts.nth(number).locator(".point, .js-line").first).to_be_attached()


def table_under(page: Page, sentence: str) -> list[list[str]]:
    """Open the table below the sentence of a chart and read it."""
    block = page.locator("[data-testid=stExpander]").filter(has=page.get_by_role("table"))
    before = block.count()
    page.locator(f"xpath=//*[contains(text(), '{sentence}')]/following::summary[1]").click()
    expect(block).to_have_count(before + 1)
    rows = page.locator("[data-testid=stExpander] table:visible tr")
    expect(rows.first).to_be_visible()
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def downloaded(page: Page, number: int, folder: Path) -> list[list[str]]:
    """Take the CSV of a chart."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").nth(number).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return list(csv.reader(StringIO(file.read_text("utf-8-sig"))))


def pictured(page: Page, name: str) -> None:
    """Keep what it looks like where somebody wants to see it: wide and narrow, in both themes."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.reload()
        settled(page)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 4200})
            page.wait_for_timeout(900)
            page.screenshot(path=f"{folder}/{name}-{theme}-{width}.png")
    page.set_viewport_size({"width": 1280, "height": 900})
