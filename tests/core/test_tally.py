"""What an attempt adds to the sums: answers against the rest, the class of their time, parts of the form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.core.forms import MANY, NUMBER, ONE, form
from training.core.attempt import Attempt, answer, begin, check, flag, rate, submit
from training.core.blueprint import Mode
from training.core.certainty import Certainty
from training.core.score import grade
from training.core.tally import EXACT_UNIT, NO_CHOICE, Tally, month_of, seconds, tally, time_class

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(second: float) -> datetime:
    return T0 + timedelta(seconds=second)


def begun(*, mode: Mode = Mode.EXAM) -> Attempt:
    return begin("a-1", learner="ann", form=form(ONE, MANY, NUMBER, mode=mode), now=T0)


def counted(attempt: Attempt) -> Tally:
    return tally(attempt, grade(attempt).outcomes, None)


def test_an_exam_counts_open_questions_as_wrong_and_holds_each_against_the_others() -> None:
    attempt = submit(answer(begun(), 0, "a", seen=0, now=at(20)), now=at(60))
    first, second, third = counted(attempt).answers

    assert (first.points, first.rest, first.choice, first.time) == (EXACT_UNIT, 0, 0, time_class(20))
    assert (second.points, second.rest, second.choice, second.time) == (0, EXACT_UNIT // 2, NO_CHOICE, None)
    assert (third.points, third.rest) == (0, EXACT_UNIT // 2)
    assert counted(attempt).band == 33


def test_practice_counts_what_was_answered_only() -> None:
    attempt = submit(answer(begun(mode=Mode.PRACTICE), 0, "b", seen=0, now=at(20)), now=at(60))
    (only,) = counted(attempt).answers

    assert (only.points, only.rest, only.choice) == (0, None, 1)
    assert counted(attempt).parts == ()


def test_the_time_of_an_answer_is_that_before_every_event_about_it_up_to_the_last_answer() -> None:
    attempt = answer(begun(), 0, "a", seen=0, now=at(20))
    attempt = flag(attempt, 1, flagged=True, now=at(50))
    attempt = answer(attempt, 1, ("a", "b"), seen=0, now=at(55))
    attempt = answer(attempt, 0, "b", seen=1, now=at(61))
    attempt = flag(attempt, 0, flagged=True, now=at(90))

    assert seconds(attempt) == {0: 26.0, 1: 35.0}


def test_in_practice_reading_why_counts_for_the_next_question() -> None:
    attempt = answer(begun(mode=Mode.PRACTICE), 0, "a", seen=0, now=at(20))
    attempt = check(attempt, 0, now=at(21))
    attempt = answer(attempt, 2, "31", seen=0, now=at(61))

    assert seconds(attempt) == {0: 20.0, 2: 40.0}


@pytest.mark.parametrize(("spent", "expected"), [(0, 0), (0.25, 0), (0.5, 4), (1.0, 8), (1e9, 63)])
def test_times_are_counted_in_quarters_of_an_octave(spent: float, expected: int) -> None:
    assert time_class(spent) == expected


def test_a_month_is_that_of_the_end_in_utc() -> None:
    assert month_of(T0) == 2026 * 12 + 2


def test_an_open_attempt_counts_for_nothing() -> None:
    with pytest.raises(ValueError, match="not handed in"):
        counted(begun())


def test_how_sure_she_was_counts_where_the_quiz_asks_and_only_beside_an_answer() -> None:
    asking = form(ONE, MANY, NUMBER)
    asking = replace(asking, policy=asking.policy.model_copy(update={"confidence": True}))
    attempt = answer(begin("a-1", learner="ann", form=asking, now=T0), 0, "a", seen=0, now=at(1))
    attempt = answer(rate(attempt, 0, Certainty.HIGH, now=at(2)), 1, ("a",), seen=0, now=at(3))

    assert [each.sure for each in counted(submit(attempt, now=at(9))).answers] == [3, 0, None]
    assert [each.sure for each in counted(submit(answer(begun(), 0, "a", seen=0, now=at(1)), now=at(9))).answers] == [
        None, None, None,
    ]  # fmt: skip
