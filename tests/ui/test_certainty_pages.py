"""A result that holds how sure she was against how right."""

from tests.conftest import Cast
from tests.services.classes import EXAM, sit
from tests.ui.conftest import OpenPage, said
from training.core.certainty import Certainty
from training.core.key import correct_value
from training.services import taking
from training.services.app import App


def test_a_result_holds_how_sure_she_was_against_how_right(open_page: OpenPage, app: App, cast: Cast):
    attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, "kinds-sample", request="click"))
    for number, certainty in enumerate((Certainty.HIGH, Certainty.HIGH, None)):
        key = attempt.form.slots[number].question.key
        value = correct_value(key)
        taking.save_answer(app, cast.ann, attempt.id, number, value, seen=0)
        if certainty:
            taking.rate(app, cast.ann, attempt.id, number, certainty)
    taking.hand_in(app, cast.ann, attempt.id)

    page = open_page(cast.ann, "result", attempt=attempt.id)

    assert not page.exception
    assert "7 of 30 marks" in said(page)
    assert "| Very sure | 2 | 100 % | +6 |" in said(page)
    assert "| Not said (counts as not sure) | 1 | 100 % | +1 |" in said(page)
    assert "You know more than you trust" in said(page)


def test_a_quiz_that_does_not_ask_says_nothing_of_certainty(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "result", attempt=sit(app, cast.ann, EXAM, right=3))

    assert "How sure you were" not in [each.value for each in page.header]
