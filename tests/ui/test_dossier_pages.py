"""The pages of dossiers: the learner's, the examiner's, the coordinator's, and the supervisor's link."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.processes import PATIENCE
from tests.services.certified import QUIZ
from tests.services.filed import ALL_MET, PDF, SESSION, demanding, sat
from tests.services.reviewers import instructor
from tests.ui.conftest import _script, said
from training.core.permission import Actor
from training.services import compiling, examining, proving, supervising, taking
from training.services.app import App

See = Callable[..., AppTest]


@pytest.fixture
def school(app: App, cast: Cast, tmp_path: Path) -> App:
    return demanding(app, tmp_path)


@pytest.fixture
def see(school: App, sign_in) -> See:
    def see(actor: Actor, url: str, **query: str) -> AppTest:
        sign_in(actor)
        page = AppTest.from_function(_script, args=(school, url), default_timeout=PATIENCE)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return see


def press(page: AppTest, label: str) -> AppTest:
    page = next(each for each in page.button if each.label == label).click().run()
    assert not page.exception
    return page


def test_the_exam_starts_after_the_honour_code_is_accepted(see: See, school: App, cast: Cast):
    page = see(cast.ann, "quiz", quiz=QUIZ)
    assert "I shall work alone" in said(page)
    page = press(page, "Start now")
    assert "accept it" in page.warning[0].value
    assert taking.rules(school, cast.ann, QUIZ).tries_used == 0

    page.checkbox(key="honour").check().run()
    page = next(each for each in page.button if each.label == "Start now").click().run()
    assert taking.rules(school, cast.ann, QUIZ).tries_used == 1


def test_a_learner_sees_what_is_missing_attests_evaluates_and_logs(see: See, school: App, cast: Cast):
    sat(school, cast.ann)
    page = see(cast.ann, "my-dossier")
    assert "Pass the practical" in page.info[0].value
    page.text_input(key=f"attest-name-{QUIZ}").input("Ann")
    page = press(page, "I attest this")
    page.radio(key=f"evaluate-{QUIZ}-useful").set_value(4)
    page = press(page, "Hand in")
    for name, value in {"place": "North", "about": "Calf", "supervisor": "Ida", "email": "ida@example.org"}.items():
        page.text_input(key=f"session-{name}-{QUIZ}").input(value)
    page = press(page, "Log it")

    assert "counts once your supervisor" in said(page)
    assert "**Attestation**: done" in said(page)
    assert "**Evaluation**: done" in said(page)
    assert "Session logged" in said(page)
    assert "Our rule" in said(page)
    kinds = [each.body.kind for each in compiling.one(school, cast.ann, QUIZ, "ann").entries]
    assert kinds.count("session") == 1


def test_an_examiner_marks_every_line_and_waits_for_the_other(see: See, school: App, cast: Cast):
    page = see(cast.ida, "practicals")
    page = page.text_input(key="examine.find").input("ann").run()
    page = press(page, "Hand in")
    assert "mark every line" in page.warning[0].value
    for line in page.radio:
        line.set_value("Met")
    page = press(page, "Hand in")
    assert "waits for another examiner" in said(page)
    examining.rate(school, instructor(school, "Ivo"), QUIZ, "ann", ALL_MET)

    assert "Round 1: passed" in said(page.run())


def test_a_supervisor_countersigns_on_the_page(see: See, school: App, cast: Cast):
    supervising.log(school, cast.ann, QUIZ, SESSION)
    page = press(see(cast.ida, "practicals"), "Countersign")

    assert "Clinic North" not in said(page)
    assert supervising.waiting(school, cast.ida) == []


def test_a_coordinator_rules_and_hands_out_a_link_that_a_visitor_uses_once(see: See, school: App, cast: Cast):
    supervising.log(school, cast.ann, QUIZ, SESSION)
    entry = proving.upload(school, cast.ann, QUIZ, PDF, name="a.pdf", about="Course")
    page = see(cast.cy, "dossiers")
    page = page.selectbox(key="dossiers.learner").set_value("ann").run()
    page.text_input(key=f"rule-{entry}").input("In order")
    page = press(page, "Accept")
    assert "**Prior evidence**: done" in said(page)
    page = press(page, "Make a link for the supervisor")
    token = page.code[0].value.partition("token=")[2]
    visitor = see(cast.zed, "countersign", token=token)
    assert "Clinic North" in said(visitor)
    visitor.text_input(key="countersign.name").input("Dr. Uma Lind")
    visitor = press(visitor, "It was as logged: countersign")

    assert "is countersigned" in said(visitor)
    assert "not valid any more" in said(see(cast.zed, "countersign", token=token))
    assert "Fewer than 5 answers" in said(page)


@pytest.mark.parametrize(
    ("who", "url"), [("ann", "dossiers"), ("ida", "dossiers"), ("ann", "practicals"), ("cy", "practicals")]
)
def test_who_may_not_is_told(see: See, cast: Cast, who: str, url: str):
    page = see(getattr(cast, who), url)

    assert not page.exception
    assert "may not" in said(page)


def test_without_a_programme_that_certifies_the_pages_say_so(open_page, cast: Cast):
    assert "No programme gives a certificate yet" in said(open_page(cast.ann, "my-dossier"))
    assert "No programme gives a certificate yet" in said(open_page(cast.cy, "dossiers"))


def test_a_third_examiner_is_told_whose_round_it_is_until_a_coordinator_lets_her_in(see: See, school: App, cast: Cast):
    una = instructor(school, "Una")
    examining.rate(school, cast.ida, QUIZ, "ann", ALL_MET)
    examining.rate(school, instructor(school, "Ivo"), QUIZ, "ann", ALL_MET | {"hands": False})
    page = see(una, "practicals")
    page = page.text_input(key="examine.find").set_value("Ann").run()
    assert "Ida and Ivo disagreed and look again" in said(page)

    page = see(cast.cy, "dossiers")
    page = page.selectbox(key="dossiers.learner").set_value("ann").run()
    page.text_input(key="others-ann").set_value("Ivo left the clinic")
    page = press(page, "Let other examiners in")

    assert "Other examiners let in" in said(page)
    examining.rate(school, una, QUIZ, "ann", ALL_MET)
