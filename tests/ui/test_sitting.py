"""The sitting, window by window: what is saved, what a stale window is told, and how it ends."""

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast, Clock
from tests.ui.conftest import Browser, OpenPage, said
from training.core.attempt import Answered, Attempt
from training.core.interaction import ChooseMany, ChooseOne, EnterNumber
from training.core.key import correct_value
from training.services import signing_in, taking
from training.services.app import App

EXAM, PRACTICE = "exam-sample", "practice-sample"


@pytest.fixture
def exam(app: App, cast: Cast) -> Attempt:
    return taking.look(app, cast.ann, taking.start(app, cast.ann, EXAM, request="x"))


def number_of(attempt: Attempt, kind: type) -> int:
    """The number (from 1) of the first question of a kind."""
    return next(n for n, slot in enumerate(attempt.form.slots, 1) if isinstance(slot.question.interaction, kind))


def draw_with(app: App, cast: Cast, kind: type) -> Attempt:
    """A practice attempt that has a question of this kind in it."""
    for click in range(40):
        attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, PRACTICE, request=f"draw-{click}"))
        if any(isinstance(slot.question.interaction, kind) for slot in attempt.form.slots):
            return attempt
        taking.hand_in(app, cast.ann, attempt.id)
    raise AssertionError(f"no draw had a {kind.__name__}")


def button(page: AppTest, label: str) -> Any:
    return next(each for each in page.button if each.label == label)


def look(app: App, cast: Cast, attempt: Attempt) -> Attempt:
    return taking.look(app, cast.ann, attempt.id)


def test_an_answer_is_saved_before_the_receipt_shows(open_page: OpenPage, app: App, cast: Cast, exam: Attempt):
    number = number_of(exam, ChooseOne)
    page = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number))
    assert "Not answered yet" in said(page)

    page.radio[0].set_value(page.radio[0].options[1]).run()

    assert not page.exception
    assert "Saved at 09:00:00" in said(page)
    assert look(app, cast, exam).responses == {number - 1: exam.form.slots[number - 1].order[1]}


def test_a_reload_and_a_second_device_come_back_to_the_same_question(
    open_page: OpenPage, app: App, cast: Cast, exam: Attempt
):
    number = number_of(exam, ChooseOne)
    page = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number))
    page.radio[0].set_value(page.radio[0].options[0]).run()

    elsewhere = open_page(cast.ann, "sitting", attempt=exam.id)

    assert elsewhere.radio[0].value == page.radio[0].value
    assert elsewhere.radio[0].key == page.radio[0].key


def test_a_stale_window_is_told_and_shows_the_saved_answer(open_page: OpenPage, app: App, cast: Cast, exam: Attempt):
    number = number_of(exam, ChooseOne)
    one = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number))
    two = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number))
    one.radio[0].set_value(one.radio[0].options[0]).run()

    two.radio[0].set_value(two.radio[0].options[1]).run()

    assert "answered in another window" in said(two)
    assert two.radio[0].value == exam.form.slots[number - 1].order[0]
    assert sum(isinstance(event, Answered) for event in look(app, cast, exam).events) == 1

    two.radio[0].set_value(two.radio[0].options[1]).run()
    assert "answered in another window" not in said(two)
    assert look(app, cast, exam).responses == {number - 1: exam.form.slots[number - 1].order[1]}


def test_next_back_and_the_summary_are_in_the_address(open_page: OpenPage, cast: Cast, exam: Attempt):
    page = open_page(cast.ann, "sitting", attempt=exam.id, q="1")

    button(page, "Next").click().run()
    assert page.query_params["q"] == "2"
    button(page, "Back").click().run()
    assert page.query_params["q"] == "1"
    button(page, "Finish…").click().run()
    assert page.query_params["q"] == "end"
    assert "Not answered: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10." in said(page)


def test_the_navigator_turns_to_a_question(open_page: OpenPage, cast: Cast, exam: Attempt):
    page = open_page(cast.ann, "sitting", attempt=exam.id, q="1")

    page.session_state[f"bar-{exam.id}"] = {"go": 4}
    page.run()

    assert not page.exception


def test_a_number_beyond_the_end_shows_the_last_question(open_page: OpenPage, cast: Cast, exam: Attempt):
    assert "To the summary" in {each.label for each in open_page(cast.ann, "sitting", attempt=exam.id, q="99").button}
    assert not open_page(cast.ann, "sitting", attempt=exam.id, q="nonsense").exception


def test_flags_and_struck_options_are_kept(open_page: OpenPage, app: App, cast: Cast, exam: Attempt):
    number = number_of(exam, ChooseOne)
    page = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number))

    page.toggle[0].set_value(True).run()
    page.pills[0].set_value(page.pills[0].options[:1]).run()

    standing = look(app, cast, exam)
    assert standing.flags == {number - 1}
    assert standing.strikes[number - 1] == (exam.form.slots[number - 1].order[0],)
    assert "~~" in page.radio[0].options[0]


def test_handing_in_shows_the_result(open_page: OpenPage, app: App, cast: Cast, exam: Attempt):
    page = open_page(cast.ann, "sitting", attempt=exam.id, q="end")

    button(page, "Hand in now").click().run()

    assert not page.exception
    assert page.title[0].value == "0 % in Exam sample"
    assert look(app, cast, exam).submitted


def test_when_time_is_up_the_page_shows_the_result(
    open_page: OpenPage, app: App, cast: Cast, exam: Attempt, clock: Clock
):
    number = number_of(exam, ChooseOne)
    page = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number))
    clock.advance(minutes=31)

    page.radio[0].set_value(page.radio[0].options[0]).run()

    assert page.title[0].value == "0 % in Exam sample"
    assert "The time limit has passed" in said(page)
    assert "when the time was up" in said(page)


def test_in_practice_checking_tells_why(open_page: OpenPage, app: App, cast: Cast):
    attempt = draw_with(app, cast, ChooseOne)
    number = number_of(attempt, ChooseOne)
    page = open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number))
    assert button(page, "Check answer").disabled

    page.radio[0].set_value(page.radio[0].options[0]).run()
    button(page, "Check answer").click().run()

    assert "(your answer)" in said(page)
    assert not page.radio
    assert look(app, cast, attempt).checked == {number - 1}


def test_several_answers_are_ticked_one_by_one(open_page: OpenPage, app: App, cast: Cast):
    attempt = draw_with(app, cast, ChooseMany)
    number = number_of(attempt, ChooseMany)
    page = open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number))

    page.checkbox[0].check().run()
    page.checkbox[1].check().run()
    page.checkbox[0].uncheck().run()

    assert look(app, cast, attempt).responses[number - 1] == (attempt.form.slots[number - 1].order[1],)


def test_a_number_is_typed_and_what_is_none_is_refused(open_page: OpenPage, app: App, cast: Cast):
    attempt = draw_with(app, cast, EnterNumber)
    number = number_of(attempt, EnterNumber)
    page = open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number))

    page.text_input[0].set_value("a few").run()
    assert "Please enter a number" in said(page)
    page.text_input[0].set_value(" 12,5 ").run()

    assert look(app, cast, attempt).responses[number - 1] == "12,5"


def test_an_exam_page_never_holds_the_key(open_page: OpenPage, app: App, cast: Cast, exam: Attempt):
    for number, slot in enumerate(exam.form.slots, 1):
        text = said(open_page(cast.ann, "sitting", attempt=exam.id, q=str(number)))
        assert not any(reason.text in text for reason in slot.question.reasons)


def test_a_session_ended_elsewhere_writes_nothing_more(
    open_page: OpenPage, app: App, cast: Cast, exam: Attempt, browser: Browser
):
    page = open_page(cast.ann, "sitting", attempt=exam.id, q=str(number_of(exam, ChooseOne)))
    signing_in.sign_out(app, browser.cookies[signing_in.COOKIE])

    page.radio[0].set_value(page.radio[0].options[0]).run()

    assert look(app, cast, exam).responses == {}
    assert "Sign in" in said(page)


def test_all_answers_by_the_page_alone_make_a_full_score(open_page: OpenPage, app: App, cast: Cast, exam: Attempt):
    page = open_page(cast.ann, "sitting", attempt=exam.id, q="1")
    for slot in exam.form.slots:
        key = correct_value(slot.question.key)
        match slot.question.interaction:
            case ChooseOne():
                page.radio[0].set_value(page.radio[0].options[slot.order.index(key)]).run()
            case ChooseMany():
                for option in key:
                    page.checkbox[slot.order.index(option)].check().run()
            case EnterNumber():
                page.text_input[0].set_value(key).run()
        last = button(page, "To the summary") if slot is exam.form.slots[-1] else button(page, "Next")
        last.click().run()
    button(page, "Hand in now").click().run()

    assert page.title[0].value == "100 % in Exam sample"
    assert look(app, cast, exam).submitted.at - exam.started == timedelta(0)


@pytest.mark.parametrize(("asked", "number"), [("0", 1), ("99", 10), ("9" * 5000, 10), ("²", 1), ("-2", 1)])
def test_a_number_that_is_no_question_leads_to_one(
    open_page: OpenPage, cast: Cast, exam: Attempt, asked: str, number: int
):
    page = open_page(cast.ann, "sitting", attempt=exam.id, q=asked)

    assert not page.exception
    assert any(str(each.key).startswith(f"flag-{exam.id}-{number - 1}") for each in page.toggle)
