"""Every kind of question in the sitting, the preview and the result: it opens, tells no key beforehand, and is told after."""

import pytest

from tests.conftest import Cast
from tests.ui.conftest import OpenPage, said
from training.core.attempt import Attempt
from training.core.certainty import Certainty
from training.core.key import correct_value
from training.services import taking
from training.services.app import App


@pytest.fixture
def attempt(app: App, cast: Cast) -> Attempt:
    return taking.look(app, cast.ann, taking.start(app, cast.ann, "kinds-sample", request="x"))


def test_each_opens_with_what_is_asked_and_without_its_reasons(
    open_page: OpenPage, cast: Cast, attempt: Attempt
) -> None:
    assert len({slot.question.interaction.kind for slot in attempt.form.slots}) == 7
    for number, slot in enumerate(attempt.form.slots, 1):
        page = open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number))
        text = said(page)
        assert not page.exception
        assert slot.question.stem.split()[0] in text
        assert not any(reason.text in text for reason in slot.question.reasons)


def test_a_case_shows_its_vignette_with_each_part_and_says_how_it_goes(
    open_page: OpenPage, cast: Cast, attempt: Attempt
) -> None:
    second = next(n for n, slot in enumerate(attempt.form.slots, 1) if slot.question.item_id.endswith("/2"))
    text = said(open_page(cast.ann, "sitting", attempt=attempt.id, q=str(second)))

    assert "A slim runner of 24" in text
    assert "short of breath when climbing stairs" in text
    assert "Part 2 of 2 of a case." in text


def test_all_right_answers_are_told_in_the_result(open_page: OpenPage, app: App, cast: Cast, attempt: Attempt) -> None:
    for number, slot in enumerate(attempt.form.slots):
        taking.save_answer(app, cast.ann, attempt.id, number, correct_value(slot.question.key), seen=0)
        taking.rate(app, cast.ann, attempt.id, number, Certainty.HIGH)
    taking.hand_in(app, cast.ann, attempt.id)

    page = open_page(cast.ann, "result", attempt=attempt.id)

    assert not page.exception
    assert page.title[0].value == "100 % in Samples of every kind"


def test_an_instructor_previews_each_with_its_reasons(open_page: OpenPage, app: App, cast: Cast) -> None:
    for item in app.library.banks["samples-of-every-kind"].items:
        page = open_page(cast.ida, "preview-item", item=item.id, order="3", part="2", seen="after")
        assert not page.exception, item.id
        assert "Key and reasons" in said(page)
