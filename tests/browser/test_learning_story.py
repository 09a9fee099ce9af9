"""A learner's first day, as she sees it."""

import re

from playwright.sync_api import expect

from tests.browser import keyboard
from tests.browser.conftest import Enter
from tests.browser.every_kind import answer
from tests.browser.person import at_question, in_address, saved, settled
from tests.browser.serving import Server
from training.core.key import correct_value
from training.services import taking


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
    her = enter(server, "/quiz?quiz=practice-sample")
    page = her.page
    keyboard.press(page, "Start now")
    at_question(page, 1)
    slots = taking.look(server.app, her.actor, in_address(page, "attempt")).form.slots
    for number, slot in enumerate(slots, 1):
        at_question(page, number)
        settled(page)
        answer(page, slot, correct_value(slot.question.key))
        saved(page)
        settled(page)
        if number == 1:
            keyboard.press(page, "Check answer")
            expect(page.get_by_role("strong").get_by_text("Correct", exact=True)).to_be_visible()
            settled(page)
        keyboard.press(page, "Next" if number < len(slots) else "To the summary")
    expect(page.get_by_text("6 of 6 answered").first).to_be_visible()
    settled(page)
    keyboard.press(page, "Hand in now")
    expect(page.get_by_role("heading", name="100 % in Practice sample")).to_be_visible()
    expect(page.get_by_role("heading", name="By domain")).to_be_visible()
