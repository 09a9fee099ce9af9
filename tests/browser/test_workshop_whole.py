"""The workshop beyond the editor, in a real browser: draws, the form, copies and moves; narrow and dark."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled, visit
from tests.browser.serving import Server
from tests.browser.test_every_page import unfit
from tests.browser.test_workshop import editor, reason
from tests.conftest import SAMPLE
from training.core.permission import Role

KINDS = "question_banks/samples-of-every-kind.yaml"
AT = "/workshop?bank=samples-of-every-kind&item="


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product on a copy of the sample content, for these tests alone."""
    folder = tmp_path_factory.mktemp("workshop")
    shutil.copytree(SAMPLE, folder / "content")
    with Server(folder / "data", folder / "content") as served:
        yield served


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Saved\."))).to_be_visible()


def test_each_draw_of_numbers_is_a_click_away_and_the_form_fills_in_a_gap(own: Server, enter: Enter) -> None:
    page = enter(own, f"{AT}kind-share-of-incidents", role=Role.INSTRUCTOR).page
    stem = page.get_by_test_id("stMain").get_by_text(re.compile(r"In an audit of \d+ treatments, \d+"))
    before = stem.inner_text()
    page.get_by_role("button", name="Draw other numbers").click()
    expect(stem).not_to_have_text(before)

    visit(page, f"{own.url}{AT}kind-withdrawing-consent&show=form")
    why = page.get_by_label("Gap 2, option b: Why")
    why.fill("Unsafe. It goes on against her will.")
    why.press("Tab")
    page.get_by_role("button", name="Put this into the text").first.click()
    expect(editor(page)).to_contain_text("It goes on against her will.")
    text = (own.content / KINDS).read_text("utf-8")
    assert "against her will" not in text


def test_an_item_is_copied_saved_and_moved_to_another_bank(own: Server, enter: Enter) -> None:
    page = enter(own, f"{AT}kind-before-needling", role=Role.INSTRUCTOR).page
    page.get_by_text("New item, copy, retire, move").click()
    new_id = page.get_by_label("Id of the new item")
    new_id.fill("kind-before-needling-2")
    new_id.press("Tab")
    settled(page)
    page.get_by_role("button", name="Copy this item").click()
    expect(editor(page)).to_contain_text("kind-before-needling-2")
    reason(page, "A variant to try.")
    save(page)

    why = page.get_by_label("Why it is retired or moved")
    why.fill("It belongs there.")
    why.press("Tab")
    page.get_by_label("Bank to move it to").click()
    page.get_by_role("option", name="sample-safety").click()
    settled(page)
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("kind-before-needling-2 is in sample-safety now.")).to_be_visible()
    expect(why).to_have_value("")

    assert "kind-before-needling-2" not in (own.content / KINDS).read_text("utf-8")
    assert "kind-before-needling-2" in (own.content / "question_banks/sample-safety.yaml").read_text("utf-8")


def test_the_form_of_a_case_is_fit_for_everyone(own: Server, enter: Enter) -> None:
    found = unfit(enter(own, f"{AT}kind-breathless-runner&show=form", role=Role.INSTRUCTOR).page)
    assert not found, "\n".join(found)
