"""The pages of review and challenge: who gets in, what stands there, and one story through each."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.processes import PATIENCE
from tests.services.classes import EXAM, sit
from tests.services.reviewers import ITEM, OLD, edit, editor, instructor, sign_off
from tests.ui.conftest import OpenPage, _script, said
from tests.ui.test_staff_pages import links
from training.core.challenge import Remedy, State, pseudonym
from training.core.stage import Stage
from training.services import answering, challenging, signing_off
from training.services.answering import Ruling
from training.services.app import App

REASON = "The second option is right as well, the source allows both."


@pytest.fixture
def attempt(app: App, cast: Cast) -> str:
    return sit(app, cast.ann, EXAM, right=2)


def buttons(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def see(app: App, url: str, **query: str) -> AppTest:
    """Open a page of another product than the fixture's, as whoever is signed in."""
    page = AppTest.from_function(_script, args=(app, url), default_timeout=PATIENCE)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


@pytest.mark.parametrize("who", ["ann", "cy", "ada"])
@pytest.mark.parametrize("url", ["review-queue", "item-history", "challenges", "challenge"])
def test_review_and_rulings_are_for_instructors(open_page: OpenPage, app: App, cast: Cast, who: str, url: str):
    page = open_page(getattr(cast, who), url, item=ITEM, challenge="any")

    assert not page.exception
    assert "Your account may not" in page.warning[0].value
    assert not page.text_area


@pytest.mark.parametrize("url", ["review-queue", "item-history", "challenges", "my-challenges"])
def test_a_visitor_is_asked_to_sign_in(open_page: OpenPage, cast: Cast, url: str):
    assert "Sign in" in said(open_page(cast.zed, url))


def test_an_empty_queue_says_what_to_do(open_page: OpenPage, cast: Cast):
    page = open_page(cast.ida, "review-queue")

    assert "Nothing waits for a reviewer" in said(page)
    assert "never signed off in the app. Their files decide." in said(page)


def test_an_item_is_put_forward_from_its_history_and_passed_by_two_colleagues(
    open_page: OpenPage, app: App, cast: Cast, sign_in
):
    ivo = instructor(app, "Ivo")
    page = open_page(cast.ida, "item-history", item=ITEM)
    assert "Not reviewed in the app" in said(page)
    page.text_area(key="history.text").input("New for the exam.")
    page = press(page, "Submit for review")

    assert "Content review" in said(page)
    assert "a colleague signs it off" in said(page)
    assert "Pass content review" not in buttons(page)
    assert "New for the exam." in said(page)

    page = open_page(ivo, "review-queue")
    assert "Content review (1)" in said(page)
    page = open_page(ivo, "item-history", item=ITEM)
    page = press(page, "Pass content review")
    assert "one person cannot pass both reviews" in said(page)
    assert "Pass editorial and bias review" not in buttons(page)
    page = press(open_page(editor(app), "item-history", item=ITEM), "Pass editorial and bias review")

    assert "Approved" in said(page)
    assert signing_off.standing_of(app, ivo, ITEM).standing.stage is Stage.APPROVED


def test_a_step_without_the_words_it_needs_is_refused_on_the_page(open_page: OpenPage, app: App, cast: Cast):
    page = press(open_page(cast.ida, "item-history", item=ITEM), "Retire")

    assert "say why" in page.warning[0].value
    assert signing_off.standing_of(app, cast.ida, ITEM).standing.stage is Stage.DRAFT


def test_an_edit_after_sign_off_is_reported_on_the_banks_page_and_explained_in_the_history(
    own: App, cast: Cast, sign_in
):
    sign_off(own, cast.ida, instructor(own, "Ivo"))
    edit(own, OLD, "Half-way through needling the thigh")
    sign_in(cast.ida)
    banks, queue, history = see(own, "banks"), see(own, "review-queue"), see(own, "item-history", item=ITEM)

    assert "1 item was edited after sign-off. Quizzes go on with what was signed off." in said(banks)
    assert "Edited since sign-off (1)" in said(queue)
    assert "edited after version 1 was signed off. Quizzes go on with version 1" in said(history)
    assert "Before: Half-way through needling the ~~calf,~~ a patient" in said(history)
    assert "After: Half-way through needling the **thigh,** a patient" in said(history)
    assert "another question. Its statistics begin anew." in said(history)


def test_reviews_that_stand_in_the_file_are_shown_beside_those_of_the_app(own: App, cast: Cast, sign_in):
    edit(
        own,
        "    review_by: 2036-01-15\n",
        """\
    review_by: 2036-01-15
    reviews:
      - date: 2026-01-14
        by: Dr. Eva Stone
        kind: expert
        checked: key against the guideline
""",
    )
    sign_in(cast.ida)
    page = see(own, "item-history", item=ITEM)

    assert "**Dr. Eva Stone** expert review · 14 January 2026" in said(page)
    assert "key against the guideline" in said(page)


def test_the_history_of_nothing_is_not_found(open_page: OpenPage, cast: Cast):
    assert "no item 'nothing'" in said(open_page(cast.ida, "item-history", item="nothing"))
    assert "names no item" in said(open_page(cast.ida, "item-history"))


def test_a_learner_challenges_an_item_in_her_result(open_page: OpenPage, app: App, cast: Cast, attempt: str):
    page = open_page(cast.ann, "result", attempt=attempt)
    page = press(page, "Challenge this item")
    page.text_area[0].input("Wrong!")
    page = press(page, "Send the challenge")
    assert "in a sentence" in said(page)

    page.text_area[0].input(REASON)
    page = press(page, "Send the challenge")

    assert not page.exception
    assert "You have challenged this item. To be answered by 16 March 2026." in said(page)
    (mine,) = challenging.mine(app, cast.ann)
    assert (mine.challenge.reason, mine.challenge.slot) == (REASON, 2)
    assert "See your challenge" in links(page)


def test_the_panel_of_a_challenge_can_be_closed_again(open_page: OpenPage, app: App, cast: Cast, attempt: str):
    page = press(open_page(cast.ann, "result", attempt=attempt), "Challenge this item")
    page = press(page, "Cancel")

    assert not page.text_area
    assert challenging.mine(app, cast.ann) == []


def test_an_instructor_sees_the_challenge_under_a_pseudonym_and_rules(
    open_page: OpenPage, app: App, cast: Cast, attempt: str
):
    opened = challenging.challenge(app, cast.ann, attempt, 1, REASON)
    listed = open_page(cast.ida, "challenges")
    assert "1 open challenge." in said(listed)
    assert pseudonym(opened) in said(listed)

    page = open_page(cast.ida, "challenge", challenge=opened)
    assert REASON in said(page)
    assert "**Ann**" not in said(page)
    assert "(the learner's answer)" in said(page)
    page.text_area(key=f"challenge-{opened}-reply").input("Which page of the source?")
    page = press(page, "Send")
    assert "Which page of the source?" in said(page)

    page.radio(key=f"challenge-{opened}-verdict").set_value("Upheld: the learner is right").run()
    page.radio(key=f"challenge-{opened}-remedy").set_value(Remedy.NEW_KEY)
    page.text_area(key=f"challenge-{opened}-reason").input("Both are right by the source.")
    page = press(page, "Give the ruling")

    assert "Upheld by Ida on 2 March 2026" in said(page)
    assert "Give the ruling" not in buttons(page)
    assert challenging.mine(app, cast.ann)[0].challenge.state is State.UPHELD


def test_a_challenge_past_its_term_is_shown_as_overdue_and_counted(
    open_page: OpenPage, app: App, cast: Cast, attempt: str, clock
):
    challenging.challenge(app, cast.ann, attempt, 1, REASON)
    clock.advance(minutes=60 * 24 * 16)

    listed, banks = open_page(cast.ida, "challenges"), open_page(cast.ida, "banks")

    assert "1 open challenge, 1 of them overdue" in said(listed)
    assert "Overdue by 2 days" in said(listed)
    assert "1 open challenge, 1 of them overdue." in said(banks)


def test_a_learner_reads_the_ruling_and_talks_while_it_is_open(open_page: OpenPage, app: App, cast: Cast, attempt: str):
    first = challenging.challenge(app, cast.ann, attempt, 1, REASON)
    second = challenging.challenge(app, cast.ann, attempt, 3, REASON)
    answering.rule(app, cast.ida, first, Ruling(False, "The key is right by the source."))

    assert "Your challenge was not upheld." in said(open_page(cast.ann, "home"))
    assert "1 challenge ended: 1 not upheld." in said(open_page(cast.ida, "challenges"))
    page = open_page(cast.ann, "my-challenges")
    assert "Not upheld by Ida on 2 March 2026" in said(page)
    assert "The key is right by the source." in said(page)
    page.text_area(key=f"my-challenge-{second}-text").input("I looked it up again.")
    page = press(page, "Send")
    assert "I looked it up again." in said(page)
    page = press(page, "Withdraw the challenge")

    assert "Withdrawn" in said(page)
    assert "Send" not in buttons(page)


def test_without_any_challenge_the_page_says_where_to_make_one(open_page: OpenPage, cast: Cast):
    assert "beside it in your result" in said(open_page(cast.bo, "my-challenges"))
