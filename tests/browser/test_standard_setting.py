"""The studio: three judges in three browsers rate alone, talk, rate again, and the lead takes the minutes home."""

import re
from io import BytesIO
from pathlib import Path

import yaml
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Enter
from tests.browser.person import Person, settled, visit
from tests.browser.serving import Server
from training.core.blueprint import Standard
from training.core.permission import Role

ITEMS = ("sa-withdrawn-consent", "sa-sharps-bin")
FIRST = ((60, 80), (50, 90), (90, 95))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def write(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("textbox", name=label)
    box.fill(text)
    box.blur()


def begin(lead: Person, judges: list[Person]) -> str:
    """Begin a study on the page; gives its address."""
    page = lead.page
    visit(page, f"{lead.server.url}/studies")
    page.get_by_text("Begin a study").click()
    page.get_by_role("combobox", name=re.compile("Programme")).click()
    page.get_by_role("option", name="exam-sample").click()
    write(page, "Title", "Cut 2026")
    write(page, "Who counts as minimally competent?", "Safe beside a supervisor")
    write(page, "Items, one id a line", "\n".join(ITEMS))
    write(page, "Panel", "\n".join(f"{each.actor.id}@example.org, Physiotherapist" for each in judges))
    press(page, "Begin")
    expect(page.get_by_text("The study has begun")).to_be_visible()
    page.get_by_role("link", name="Cut 2026").click()
    expect(page.get_by_role("heading", name="For the lead")).to_be_visible()
    settled(page)
    return page.url


def rate(page: Page, number: int, percent: int) -> None:
    """Choose a rating, and wait until it is kept."""
    box = page.get_by_role("combobox", name=re.compile(f"Rating of item {number}, of 100"))
    box.fill(str(percent))
    page.get_by_role("option", name=str(percent), exact=True).click()
    settled(page)


def reloaded(page: Page) -> Page:
    page.reload()
    settled(page)
    return page


def test_three_judges_in_three_browsers_set_a_cut_and_the_minutes_say_how(
    server: Server, enter: Enter, tmp_path: Path
) -> None:
    lead, judges = enter(server, role=Role.COORDINATOR), [enter(server) for _ in FIRST]
    address = begin(lead, judges)
    _first_round(judges, address)
    press(reloaded(lead.page), "Close the first round")
    _second_round(judges)
    press(reloaded(lead.page), "Close the discussion and second round")
    expect(lead.page.get_by_role("link", name="Minutes (draft), PDF")).to_be_visible()
    write(lead.page, "Adopted by (a named person or body)", "Board of examiners")
    press(lead.page, "Adopt the cut")
    expect(lead.page.get_by_text("Second round: 73.3 %, standard error 3.3 points.")).to_be_visible()

    proposed = Standard.model_validate(yaml.safe_load(lead.page.locator("pre").inner_text())["standard"])
    assert (proposed.by, proposed.judges) == ("Board of examiners", 3)
    assert proposed.ratings == {ITEMS[0]: 0.6, ITEMS[1]: 0.867}
    said = _minutes(lead.page, tmp_path)
    assert "73.3 %" in said
    assert "Adopted by Board of examiners" in said
    expect(reloaded(judges[0].page).get_by_text("This study is adopted.")).to_be_visible()


def _first_round(judges: list[Person], address: str) -> None:
    """Each in her own browser; nobody is shown what the others gave."""
    for judge, ratings in zip(judges, FIRST, strict=True):
        visit(judge.page, address)
        expect(judge.page.get_by_text("First round: 0 of 2 items rated.")).to_be_visible()
        for number, percent in enumerate(ratings, 1):
            rate(judge.page, number, percent)
        expect(judge.page.get_by_text("First round: 2 of 2 items rated.")).to_be_visible()
        for hidden in ("Discussion", "For the lead"):
            expect(judge.page.get_by_role("heading", name=hidden)).to_have_count(0)


def _second_round(judges: list[Person]) -> None:
    """All see the spread without names; the one who was far above the others comes down."""
    for judge in judges:
        page = reloaded(judge.page)
        expect(page.get_by_role("heading", name="Discussion")).to_be_visible()
        row = page.get_by_role("row", name=re.compile(ITEMS[0]))
        expect(row).to_contain_text("67 %")
        expect(row).to_contain_text("50 to 90 %")
        expect(page.get_by_role("table")).not_to_contain_text("Ann")
    rate(judges[2].page, 1, 70)
    rate(judges[2].page, 2, 90)


def _minutes(page: Page, folder: Path) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Minutes, PDF").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(file.read_bytes())).pages).split())
