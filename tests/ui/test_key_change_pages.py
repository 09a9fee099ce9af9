"""The pages of key changes: from the proposal over the dry run and the second signature to what a learner is told."""

import re

from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.services.classes import EXAM, sit
from tests.services.rekeyed import REASON, asked_most, sat, signed
from tests.ui.conftest import OpenPage, said
from training.core.key_change import State
from training.core.remarking import FullCredit
from training.services import regrading, rekeying, taking
from training.services.app import App
from training.services.rekeying import Wish


def press(page: AppTest, label: str) -> None:
    next(each for each in page.button if each.label == label).click().run()


def test_an_instructor_proposes_and_sees_the_dry_run_without_names(app: App, cast: Cast, open_page: OpenPage):
    sat(app)
    item = asked_most(app)
    page = open_page(cast.ida, "propose-key-change", item=item)
    page.radio(key="rekey.how").set_value("full_credit").run()
    page.text_area(key="rekey.reason").set_value(REASON).run()
    press(page, "Propose and see the dry run")
    (proposal,) = rekeying.every(app, cast.ida)
    shown = said(open_page(cast.ida, "key-change", change=proposal.change.id))

    assert not page.exception
    assert (proposal.state, proposal.change.item_id, proposal.change.reason) == (State.PROPOSED, item, REASON)
    assert "Nothing is written." in shown
    assert "A second person must sign this" in shown
    assert not re.search(r"Learner [A-F]\b", shown)  # pseudonyms only
    assert "still asks" in shown


def test_the_coordinator_signs_applies_and_is_told_of_turned_decisions(app: App, cast: Cast, open_page: OpenPage):
    sat(app)
    change = rekeying.propose(app, cast.ida, Wish(asked_most(app), FullCredit(), REASON))
    page = open_page(cast.cy, "key-change", change=change)
    press(page, "Sign")
    press(page, "Apply to every attempt")
    turned = regrading.decisions_turned(app, cast.cy)
    listed = said(open_page(cast.cy, "key-changes"))

    assert not page.exception
    assert "What it did" in said(page)
    assert rekeying.look(app, cast.cy, change).proposal.state is State.APPLIED
    assert ("none is withdrawn by itself" in listed) == bool(turned)


def test_a_learner_is_told_at_home_and_beside_the_question(app: App, cast: Cast, open_page: OpenPage):
    attempt = sit(app, cast.ann, EXAM, right=4)
    item = taking.look(app, cast.ann, attempt).form.slots[7].question.item_id
    regrading.apply(app, cast.cy, signed(app, cast.ida, cast.cy, item=item))
    home, result = said(open_page(cast.ann)), said(open_page(cast.ann, "result", attempt=attempt))

    assert "was marked again on 2 March 2026: question 8." in home
    assert f"{REASON} 40 % → 50 %" in home
    assert f"Marked again on 2 March 2026 (credit for all): {REASON}" in result


def test_where_nothing_was_proposed_the_page_says_how_to_begin(app: App, cast: Cast, open_page: OpenPage):
    page = open_page(cast.ida, "key-changes")

    assert "No key change was proposed yet." in said(page)
    assert not page.exception
