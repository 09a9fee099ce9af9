"""Stories of starting a quiz: once for each click, while tries are left, and what the list of quizzes tells."""

import pytest

from tests.conftest import Cast, Clock
from training.core.attempt import Attempt, State, state
from training.core.interaction import Value
from training.core.key import correct_value
from training.core.refusal import Refusal
from training.services import taking
from training.services.app import App

EXAM, PRACTICE = "exam-sample", "practice-sample"


@pytest.fixture
def exam(app: App, cast: Cast) -> Attempt:
    """Ann's exam, just begun."""
    return taking.look(app, cast.ann, taking.start(app, cast.ann, EXAM, request="click-1"))


def key(attempt: Attempt, slot: int) -> Value:
    return correct_value(attempt.form.slots[slot].question.key)


def test_a_double_click_on_start_begins_one_attempt(app: App, cast: Cast):
    once = taking.start(app, cast.ann, EXAM, request="click-7")
    twice = taking.start(app, cast.ann, EXAM, request="click-7")

    assert once == twice
    assert taking.rules(app, cast.ann, EXAM).tries_left == 1


def test_starting_again_while_one_is_open_gives_the_open_one(app: App, cast: Cast, exam: Attempt):
    assert taking.start(app, cast.ann, EXAM, request="click-2") == exam.id


def test_when_no_try_is_left_the_start_is_refused(app: App, cast: Cast):
    for click in ("one", "two"):
        taking.hand_in(app, cast.ann, taking.start(app, cast.ann, EXAM, request=click))

    with pytest.raises(Refusal, match="all 2 tries"):
        taking.start(app, cast.ann, EXAM, request="three")
    assert not taking.rules(app, cast.ann, EXAM).may_start


def test_a_try_of_one_learner_takes_none_from_another(app: App, cast: Cast, exam: Attempt):
    assert taking.rules(app, cast.bo, EXAM).tries_left == 2
    assert taking.rules(app, cast.bo, EXAM).open_attempt is None


def test_a_start_without_a_named_click_is_refused(app: App, cast: Cast):
    for request in ("", "x" * 65):
        with pytest.raises(Refusal, match="reload"):
            taking.start(app, cast.ann, EXAM, request=request)


def test_the_list_tells_tries_last_and_best(app: App, cast: Cast, exam: Attempt):
    for slot in range(len(exam.form.slots)):
        taking.save_answer(app, cast.ann, exam.id, slot, key(exam, slot), seen=0)
    open_one = next(offer for offer in taking.open_quizzes(app, cast.ann) if offer.programme.slug == EXAM)
    assert (open_one.open_attempt, open_one.open_deadline, open_one.may_start) == (exam.id, exam.deadline, False)
    taking.hand_in(app, cast.ann, exam.id)
    taking.hand_in(app, cast.ann, taking.start(app, cast.ann, EXAM, request="again"))

    offer = taking.rules(app, cast.ann, EXAM)

    assert (offer.tries_used, offer.tries_left, offer.last_percent, offer.best_percent) == (2, 0, 0, 100)


def test_an_attempt_out_of_time_is_settled_before_the_list_is_shown(app: App, cast: Cast, exam: Attempt, clock: Clock):
    clock.advance(minutes=45)

    offer = taking.rules(app, cast.ann, EXAM)

    assert (offer.open_attempt, offer.last_percent) == (None, 0)
    assert state(taking.look(app, cast.ann, exam.id), clock()) is State.SUBMITTED


def test_the_next_draw_prefers_questions_not_yet_met(app: App, cast: Cast):
    first = taking.look(app, cast.ann, taking.start(app, cast.ann, PRACTICE, request="one"))
    taking.hand_in(app, cast.ann, first.id)
    second = taking.look(app, cast.ann, taking.start(app, cast.ann, PRACTICE, request="two"))

    def items(attempt: Attempt, domain: str) -> set[str]:
        return {slot.question.item_id for slot in attempt.form.slots if slot.question.domain == domain}

    assert items(first, "1").isdisjoint(items(second, "1"))
