"""A learner's first day, as she sees it."""

import re

from playwright.sync_api import Page, expect

from tests.browser import keyboard
from tests.browser.conftest import Enter
from tests.browser.person import at_question, saved, settled
from tests.browser.serving import Server

VERDICT = re.compile("^(Correct|Not correct|Partly correct)$")


def test_a_visitor_registers_reads_a_module_and_resumes_where_she_left(server: Server, enter: Enter) -> None:
    her = enter(server, "/register", role=None)
    page = her.page
    page.get_by_label("Name").fill("Bo")
    page.get_by_label("E-mail").fill("bo@example.org")
    page.get_by_label("Password", exact=True).fill("a needle and a plan")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Welcome, Bo")).to_be_visible()

    page.get_by_role("link", name="Modules", exact=True).click()
    page.get_by_test_id("stMain").get_by_role("link", name="Start reading").click()
    expect(page.get_by_role("heading", name="When the patient says stop")).to_be_visible()
    settled(page)
    page.get_by_role("button", name=re.compile("^Next|read")).last.click()
    expect(page.get_by_role("heading", name="One needle, one use")).to_be_visible()

    back = her.window("/")
    back.get_by_role("button", name="Read on").click()
    expect(back.get_by_role("heading", name="One needle, one use")).to_be_visible()


def test_she_takes_a_quiz_by_keyboard_alone(server: Server, enter: Enter) -> None:
    page = enter(server, "/quiz?quiz=practice-sample").page
    keyboard.press(page, "Start now")
    for number in range(1, 7):
        at_question(page, number)
        settled(page)
        _answer_by_keyboard(page)
        saved(page)
        settled(page)
        if number == 1:
            keyboard.press(page, "Check answer")
            expect(page.get_by_role("strong").get_by_text(VERDICT)).to_be_visible()
            settled(page)
        keyboard.press(page, "Next" if number < 6 else "To the summary")
    expect(page.get_by_text("6 of 6 answered").first).to_be_visible()
    settled(page)
    keyboard.press(page, "Hand in now")
    expect(
        page.get_by_role("heading", name=re.compile(r"\d+ % in Practice sample|% in Practice sample"))
    ).to_be_visible()
    expect(page.get_by_role("heading", name="By domain")).to_be_visible()


def _answer_by_keyboard(page: Page) -> None:
    main = page.get_by_test_id("stMain")
    number, option = main.get_by_role("textbox"), main.get_by_role("radio").or_(main.get_by_role("checkbox"))
    expect(option.or_(number).first).to_be_attached()
    if number.count():
        keyboard.tab_to(page, number)
        page.keyboard.type("5")
        page.keyboard.press("Enter")
    else:
        keyboard.tab_to(page, option.first)
        page.keyboard.press("Space")
        if main.get_by_role("radio").count():
            page.keyboard.press("ArrowDown")
