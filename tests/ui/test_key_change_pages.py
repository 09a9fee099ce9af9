"""The pages of key changes: from the proposal over the dry run and the second signature to what a learner is told."""

import re

from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.services.classes import EXAM, sit
from tests.services.rekeyed import REASON, asked_most, passed_narrowly, sat, signed
from tests.ui.conftest import OpenPage, said
from training.core.challenge import Remedy
from training.core.key import Worth
from training.core.key_change import State
from training.core.remarking import FullCredit, NewKey
from training.services import answering, challenging, regrading, rekeying, taking
from training.services.answering import Ruling
from training.services.app import App
from training.services.rekeying import Wish


def links(page: AppTest) -> list[str]:
    return [link.label for link in page.get("page_link")]


def press(page: AppTest, label: str) -> None:
    next(each for each in page.button if each.label == label).click().run()


def test_an_instructor_proposes_and_sees_the_dry_run_without_names(app: App, cast: Cast, open_page: OpenPage):
    sat(app)
    item = asked_most(app)
    page = open_page(cast.ida, "propose-key-change", item=item)
    page.radio(key=f"rekey-{item}--how").set_value("full_credit").run()
    page.text_area(key=f"rekey-{item}--reason").set_value(REASON).run()
    press(page, "Propose and see the dry run")
    (proposal,) = rekeying.every(app, cast.ida)
    shown = said(open_page(cast.ida, "key-change", change=proposal.change.id))

    assert not page.exception
    assert (proposal.state, proposal.change.item_id, proposal.change.reason) == (State.PROPOSED, item, REASON)
    assert "Nothing is written." in shown
    assert "A second person must sign this" in shown
    assert not re.search(r"Learner [A-F]\b", shown)  # pseudonyms only
    assert "still asks" in shown


def test_a_dry_run_names_those_whom_strict_marking_would_fail(app: App, cast: Cast, open_page: OpenPage):
    sat(app)
    item, other = passed_narrowly(app)
    change = rekeying.propose(app, cast.ida, Wish(item, NewKey(Worth(((other, 1.0),))), REASON))
    found = regrading.forecast(app, cast.cy, rekeying.look(app, cast.cy, change).proposal.change).effects
    failing = [each.name for each in found if each.fails_strictly]
    falling = sum(each.falls_strictly for each in found)
    page = open_page(cast.cy, "key-change", change=change)
    shown = said(page)

    assert "0 scores up, 0 down. Newly passed: **0**. No longer passed: **0**." in shown
    assert re.search(rf"allowed to fall: {falling} scores? down. No longer passed: \*\*{len(failing)}\*\*.", shown)
    assert failing
    for name in failing:
        assert re.search(rf"\| {name}, .*As before \| 70 %, \*\*would no longer pass\*\* \|", shown)
    press(page, "Sign")
    press(page, "Apply to every attempt")
    assert "allowed to fall" not in said(page)


def test_the_coordinator_signs_applies_and_is_told_of_turned_decisions(app: App, cast: Cast, open_page: OpenPage):
    sat(app)
    change = rekeying.propose(app, cast.ida, Wish(asked_most(app), FullCredit(), REASON))
    page = open_page(cast.cy, "key-change", change=change)
    press(page, "Sign")
    press(page, "Apply to every attempt")
    turned = regrading.decisions_turned(app, cast.cy)
    listed, home = said(open_page(cast.cy, "key-changes")), open_page(cast.cy)
    changed = sum(each.matters for each in regrading.done_by(app, cast.cy, change))

    assert not page.exception
    assert f"(credit for all): {changed} results changed, {len(turned)} passed after all, 0 no longer" in said(home)
    assert "See the key changes" in links(home)
    assert "results changed" not in said(open_page(cast.ida))
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


def test_an_upheld_challenge_fills_in_its_key_change_and_the_learner_reads_what_came_of_it(
    app: App, cast: Cast, open_page: OpenPage
):
    attempt = sit(app, cast.ann, EXAM, right=4)
    opened = challenging.challenge(app, cast.ann, attempt, 7, "The second option is right as well.")
    answering.rule(app, cast.ida, opened, Ruling(True, "Both are right by the source.", Remedy.FULL_POINTS))
    assert "Propose the key change" in links(open_page(cast.ida, "challenge", challenge=opened))
    assert "It is not carried out yet." in said(open_page(cast.ann, "my-challenges"))

    page = open_page(cast.ida, "propose-key-change", challenge=opened)
    assert "Filled in from the ruling" in page.info[0].value
    press(page, "Propose and see the dry run")
    (proposal,) = rekeying.every(app, cast.ida)
    change = proposal.change
    assert (change.remarking, change.reason) == (FullCredit(), "Both are right by the source.")
    assert "The challenge that asked for it" in links(open_page(cast.ida, "key-change", change=change.id))
    assert "Key change, proposed: credit for all" in links(open_page(cast.ida, "challenge", challenge=opened))

    rekeying.sign(app, cast.cy, change.id)
    regrading.apply(app, cast.cy, change.id)

    told = said(open_page(cast.ann, "my-challenges"))
    assert "Carried out on 2 March 2026: everyone who had the question was marked again." in told


def test_where_nothing_was_proposed_the_page_says_how_to_begin(app: App, cast: Cast, open_page: OpenPage):
    page = open_page(cast.ida, "key-changes")

    assert "No key change was proposed yet." in said(page)
    assert not page.exception
