"""Stories of starting a quiz: once for each click, while tries are left, and what the list of quizzes tells."""

import pytest

from tests.conftest import Cast, Clock
from training.core.attempt import Attempt, State, state
from training.services import taking
from training.services.app import App

EXAM, PRACTICE = "exam-sample", "practice-sample"


@pytest.fixture
def exam(app: App, cast: Cast) -> Attempt:
    """Ann's exam, just begun."""
    return taking.look(app, cast.ann, taking.start(app, cast.ann, EXAM, request="click-1"))


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
