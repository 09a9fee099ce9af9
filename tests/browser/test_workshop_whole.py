"""The workshop beyond the editor, in a real browser: draws, the form, copies and moves; narrow and dark."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled, visit
from tests.browser.serving import Server
from tests.browser.test_every_page import unfit
from tests.browser.test_workshop import editor, reason, write
from training.core.permission import Role

KINDS = "question_banks/samples-of-every-kind.yaml"
GIFT = """\
::Consent:: Half-way through needling the calf, a patient says "please stop". What should happen next? {
  =Remove the needle now #Consent can be withdrawn.
  ~Finish two more insertions #Unsafe.
  ~%-50%Persuade the patient to go on
}

::Bruise:: A bruise is a common minor event. {TRUE}

::Swabs:: How many swabs? {#3:1}

::Essay:: Tell what you think. {}
"""
AT = "/workshop?bank=samples-of-every-kind&item="


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Saved\."))).to_be_visible()


def test_each_draw_of_numbers_is_a_click_away_and_the_form_fills_in_a_gap(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, f"{AT}kind-share-of-incidents", role=Role.INSTRUCTOR).page
    stem = page.get_by_test_id("stMain").get_by_text(re.compile(r"In an audit of \d+ treatments, \d+"))
    before = stem.inner_text()
    page.get_by_role("button", name="Draw other numbers").click()
    expect(stem).not_to_have_text(before)

    visit(page, f"{workbench.url}{AT}kind-withdrawing-consent&show=form")
    why = page.get_by_label("Gap 2, option b: Why")
    why.fill("Unsafe. It goes on against her will.")
    why.press("Tab")
    page.get_by_role("button", name="Put this into the text").first.click()
    expect(editor(page)).to_contain_text("It goes on against her will.")
    text = (workbench.content / KINDS).read_text("utf-8")
    assert "against her will" not in text


def test_an_item_is_copied_saved_and_moved_to_another_bank(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, f"{AT}kind-before-needling", role=Role.INSTRUCTOR).page
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

    assert "kind-before-needling-2" not in (workbench.content / KINDS).read_text("utf-8")
    assert "kind-before-needling-2" in (workbench.content / "question_banks/sample-safety.yaml").read_text("utf-8")


def test_a_part_of_a_case_moves_by_keyboard_with_what_was_typed_and_the_focus_stays(
    workbench: Server, enter: Enter
) -> None:
    page = enter(workbench, f"{AT}kind-breathless-runner&show=form", role=Role.INSTRUCTOR).page
    page.get_by_label("Part 1: Stem").fill("What do you ask her first?")
    down = page.get_by_role("button", name="Move Part 1 down")
    down.focus()
    page.keyboard.press("Enter")
    settled(page)  # until then two may have that name
    expect(page.get_by_label("Part 2: Stem")).to_have_value("What do you ask her first?")
    expect(down).to_be_focused()

    page.get_by_role("button", name="Part 2: add an option").press("Enter")
    expect(page.get_by_label("Part 2, option d: Text")).to_be_visible()
    settled(page)
    page.get_by_label("Part 2, option d: Text").fill("When did you eat?")
    page.get_by_label("Part 2, option d: Why").fill("That can wait.")
    page.get_by_label("Part 2, option d: Why").press("Control+Enter")
    expect(editor(page)).to_contain_text("When did you eat?")


def test_the_numbers_of_a_place_are_read_off_its_picture(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, f"{AT}kind-where-the-twitch-is-made&show=form", role=Role.INSTRUCTOR).page
    picture = page.locator(".measured .sheet")
    expect(page.get_by_text("The picture itself is")).to_be_visible()
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": 0.25 * box["width"], "y": 0.25 * box["height"]})
    before = picture.locator("svg .place").first.get_attribute("x")
    write(page, "24 80 194 180", "30 80 194 180")
    expect(picture.locator("svg .place").first).not_to_have_attribute("x", before or "")
    picture.click(position={"x": 0.5 * box["width"], "y": 0.75 * box["height"]})
    expect(page.get_by_text(re.compile(r"^Rectangle: 1(59|60|61) 6[456] 3(19|20|21) 19[456]\."))).to_be_visible()


def test_what_would_come_in_is_fit_for_everyone(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, "/exchange", role=Role.INSTRUCTOR).page
    page.get_by_label("Into the bank").click()
    page.get_by_role("option", name="Sample safety").click()
    settled(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "new.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}
    )
    expect(page.get_by_role("heading", name="What would come in")).to_be_visible()
    expect(page.get_by_text("Comes in", exact=True).first).to_be_visible()
    settled(page)

    found = unfit(page)

    assert not found, "\n".join(found)
    expect(page.get_by_role("heading", name="What would come in")).to_be_visible()


def test_the_form_of_a_case_is_fit_for_everyone(workbench: Server, enter: Enter) -> None:
    found = unfit(enter(workbench, f"{AT}kind-breathless-runner&show=form", role=Role.INSTRUCTOR).page)
    assert not found, "\n".join(found)
