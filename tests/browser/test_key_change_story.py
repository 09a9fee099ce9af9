"""A key change from the proposal over the dry run and two signatures to what the learner is told."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled, visit
from tests.browser.serving import Server, begin
from tests.browser.test_every_page import unfit
from tests.browser.test_reports import pictured
from tests.browser.test_review_stories import press, write
from tests.services.rekeyed import passed_narrowly, sat
from training.core.key import Worth
from training.core.key_change import State
from training.core.permission import Role
from training.core.remarking import NewKey
from training.services import regrading, rekeying, reviewing, taking
from training.services.rekeying import Wish
from training.store import key_changes

REASON = "The source allows the other options as well."


def test_a_key_is_changed_by_two_people_and_the_learner_sees_her_new_score(own_server: Server, enter: Enter) -> None:
    app, her = own_server.app, enter(own_server)
    attempt = begin(own_server, her.actor, "exam-sample")
    taking.hand_in(app, her.actor, attempt)
    item = taking.look(app, her.actor, attempt).form.slots[2].question.item_id

    instructor = enter(own_server, f"/propose-key-change?item={item}", role=Role.INSTRUCTOR).page
    found = _propose(instructor)
    change = re.search(r"change=([^&]+)", instructor.url)
    assert change

    coordinator = enter(own_server, f"/key-change?change={change[1]}", role=Role.COORDINATOR, width=360).page
    found += unfit(coordinator)
    press(coordinator, "Sign")
    press(coordinator, "Apply to every attempt")
    expect(coordinator.get_by_role("heading", name="What it did")).to_be_visible()
    found += _told_at_home(coordinator, own_server)

    visit(her.page, own_server.url)
    expect(her.page.get_by_text(f"{REASON} 0 % → 10 %")).to_be_visible()
    visit(her.page, f"{own_server.url}/result?attempt={attempt}")
    expect(her.page.get_by_text(re.compile(rf"Marked again on .*credit for all.*{REASON}")).first).to_be_visible()
    found += unfit(her.page)

    assert app.database.read(key_changes.every)[0].state is State.APPLIED
    assert reviewing.result(app, her.actor, attempt).score.percent == 10
    assert not found, "\n".join(found)


def test_the_dry_run_says_whom_strict_marking_would_fail(own_server: Server, enter: Enter) -> None:
    app = own_server.app
    sat(app)
    item, other = passed_narrowly(app)
    instructor = enter(own_server, role=Role.INSTRUCTOR)
    change = rekeying.propose(app, instructor.actor, Wish(item, NewKey(Worth(((other, 1.0),))), REASON))
    page = enter(own_server, f"/key-change?change={change}", role=Role.COORDINATOR).page
    effects = regrading.forecast(app, instructor.actor, rekeying.look(app, instructor.actor, change).proposal.change)
    failing = sum(each.fails_strictly for each in effects.effects)

    expect(page.get_by_text("0 scores up, 0 down. Newly passed: 0. No longer passed: 0.")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"allowed to fall: .* No longer passed: {failing}\."))).to_be_visible()
    expect(page.get_by_role("cell", name="70 %, would no longer pass")).to_have_count(failing)
    expect(page.get_by_text(re.compile("If scores could fall: .* by -10 percent points")).first).to_be_visible()
    pictured(page, "key-change")
    found = unfit(page)
    assert failing > 0
    assert not found, "\n".join(found)


def _told_at_home(page: Page, server: Server) -> list[str]:
    visit(page, server.url)
    expect(page.get_by_text("(credit for all): 1 result changed, 0 passed after all")).to_be_visible()
    expect(page.get_by_role("link", name="See the key changes")).to_be_visible()
    pictured(page, "coordinator-home")
    return unfit(page)


def _propose(page: Page) -> list[str]:
    """Fill the form in and look at the dry run: the sentence, the chart with its table, the learner by pseudonym."""
    page.get_by_text("Credit for all", exact=True).click()
    settled(page)
    write(page, "What was wrong, in a sentence", REASON)
    press(page, "Propose and see the dry run")
    expect(page.get_by_role("heading", name="Dry run")).to_be_visible()
    expect(page.get_by_text("1 attempt asked the question. 1 score up, 0 down.")).to_be_visible()
    expect(page.get_by_text("How scores change: 1 attempt by +10 percent points.")).to_be_visible()
    expect(page.get_by_role("button", name="CSV")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("^Learner [0-9A-F]{6}, "))).to_be_visible()
    expect(page.get_by_role("cell", name="0 % → 10 %")).to_be_visible()
    expect(page.get_by_text("A second person must sign this")).to_be_visible()
    return unfit(page)
