"""The deadline is the server's: when it comes, what was saved is graded, whether a browser is there or not."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.person import eventually, respond, settled, visit
from tests.browser.serving import Server, begin, events

ALL_BUT_A_MOMENT = timedelta(minutes=30) - timedelta(seconds=20)
"""The exam lasts half an hour; the attempt was started so long ago that some seconds are left."""


def test_with_the_page_open_the_countdown_leads_to_the_result(server: Server, enter: Enter) -> None:
    her = enter(server)
    attempt = begin(server, her.actor, "exam-sample", ago=ALL_BUT_A_MOMENT)
    visit(her.page, f"{server.url}/sitting?attempt={attempt}&q=1")
    expect(her.page.get_by_role("timer")).to_have_attribute("aria-label", re.compile(r"^1?\d seconds left"))
    respond(her.page)
    expect(her.page.get_by_role("heading", name=re.compile("in Exam sample"))).to_be_visible(timeout=60_000)
    expect(her.page).to_have_url(re.compile("/result"))
    settled(her.page)
    assert (events(server, attempt, "answered"), events(server, attempt, "submitted")) == (1, 1)


def test_with_the_browser_closed_the_saved_answers_are_graded(server: Server, enter: Enter) -> None:
    her = enter(server)
    attempt = begin(server, her.actor, "exam-sample", ago=ALL_BUT_A_MOMENT)
    visit(her.page, f"{server.url}/sitting?attempt={attempt}&q=1")
    respond(her.page)
    her.page.goto("about:blank")
    eventually(lambda: events(server, attempt, "submitted") == 1, seconds=60)

    visit(her.page, f"{server.url}/result?attempt={attempt}")
    expect(her.page.get_by_role("heading", name=re.compile("in Exam sample"))).to_be_visible()
