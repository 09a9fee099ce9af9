"""The page of exam forms: built and compared, kept, signed by someone else, live; and who would pass."""

from tests.conftest import Cast
from tests.ui.conftest import OpenPage, said
from training.services import releasing
from training.services.app import App
from training.services.assembling import Plan

EXAM = "exam-sample"


def test_forms_are_built_compared_and_kept(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ida, "exam-forms", programme=EXAM)
    page.number_input(key="how-many").set_value(1)
    page.button[0].click().run()

    assert "words to read" in said(page)
    page.button(key="keep").click().run()
    assert len(releasing.forms(app, cast.ida, EXAM)) == 1


def test_whoever_built_a_form_is_not_offered_to_sign_it(open_page: OpenPage, app: App, cast: Cast):
    form, *_ = releasing.keep(app, releasing.build(app, cast.ida, EXAM, Plan(1, 1)), by="ida")

    assert f"sign-{form}" not in {button.key for button in open_page(cast.ida, "exam-forms", programme=EXAM).button}
    page = open_page(cast.cy, "exam-forms", programme=EXAM)
    page.button(key=f"sign-{form}").click().run()
    page.button(key=f"live-{form}").click().run()

    assert "Live" in said(page)
    assert releasing.forms(app, cast.cy, EXAM)[0].live


def test_too_many_forms_are_refused_with_what_is_missing(open_page: OpenPage, cast: Cast):
    page = open_page(cast.ida, "exam-forms", programme=EXAM)
    page.number_input(key="how-many").set_value(20)
    page.button[0].click().run()

    assert "20 forms need" in " ".join(each.value for each in page.warning)


def test_the_odds_are_told_in_a_sentence(open_page: OpenPage, cast: Cast):
    assert "A learner who truly knows" in said(open_page(cast.cy, "exam-forms", programme=EXAM))


def test_forms_are_not_for_learners(open_page: OpenPage, cast: Cast):
    assert "may not build, sign and withdraw" in said(open_page(cast.ann, "exam-forms", programme=EXAM))
