"""The deadline is the server's: when it comes, what was saved is graded, whether a browser is there or not."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Enter
from tests.browser.person import eventually, respond, settled, visit
from tests.browser.serving import ROOT, Server, begin, events
from training.ui.components.sitting_bar import HTML

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


DRAWN_TWICE = """async ([script, shown]) => {
  const { default: draw } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  const now = Date.now() / 1000, data = [{ ...shown, now, deadline: now + 1000 }];
  const drawing = { data, parentElement: document.body, setTriggerValue: () => {} };
  const end = draw(drawing);
  draw(drawing);
  end();
}"""


def test_the_countdown_goes_on_where_an_older_drawing_ends_late(browser: Browser) -> None:
    """Streamlit ends a drawing that a newer one overtook while the script was loading only after the newer one."""
    page = browser.new_page()
    page.set_content(HTML)
    shown = {"title": "", "progress": "", "heading": "", "places": [], "current": 0, "seq": 0}
    script = ROOT / "training" / "ui" / "components" / "sitting_bar" / "sitting_bar.js"
    page.evaluate(DRAWN_TWICE, [script.read_text("utf-8"), shown])
    before = page.locator(".clock").inner_text()
    expect(page.locator(".clock")).not_to_have_text(before)
    page.close()


def test_with_the_browser_closed_the_saved_answers_are_graded(server: Server, enter: Enter) -> None:
    her = enter(server)
    attempt = begin(server, her.actor, "exam-sample", ago=ALL_BUT_A_MOMENT)
    visit(her.page, f"{server.url}/sitting?attempt={attempt}&q=1")
    respond(her.page)
    her.page.goto("about:blank")
    eventually(lambda: events(server, attempt, "submitted") == 1, seconds=60)

    visit(her.page, f"{server.url}/result?attempt={attempt}")
    expect(her.page.get_by_role("heading", name=re.compile("in Exam sample"))).to_be_visible()
