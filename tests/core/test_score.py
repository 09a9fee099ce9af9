"""Marking: fractions, points, percent, and how sure they are."""

from datetime import UTC, datetime

import pytest

from tests.core.forms import MANY, NUMBER, ONE, form
from training.core.attempt import answer, begin, submit
from training.core.credit import Credit
from training.core.decision import decide
from training.core.interaction import Value
from training.core.interval import wilson
from training.core.key import PartialCredit, Within, WorthEach, fraction
from training.core.score import Score, grade

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def sat(*values: Value, credit: str = "all_or_nothing") -> Score:
    attempt = begin("a", learner="ann", form=form(ONE, MANY, NUMBER, credit=credit), now=T0)
    for slot, value in enumerate(values):
        attempt = answer(attempt, slot, value, seen=0, now=T0)
    return grade(submit(attempt, now=T0))


def test_all_right_is_a_hundred_percent() -> None:
    score = sat("a", ("b", "a"), "31")

    assert (score.points, score.max_points, score.percent) == (3, 3, 100)


def test_what_was_not_answered_earns_nothing_and_still_counts() -> None:
    assert sat("a").percent == pytest.approx(100 / 3)


def test_an_attempt_is_marked_by_domain_in_the_order_of_the_blueprint() -> None:
    domains = sat("b", ("a", "b"), "31").by_domain

    assert [(d.domain, d.n, d.fraction) for d in domains] == [("1", 1, 0), ("5", 1, 1), ("7", 1, 1)]


@pytest.mark.parametrize(
    ("chosen", "all_or_nothing", "each_answer", "net_correct"),
    [
        (("a", "b"), 1, 1, 1),
        (("a",), 0, 3 / 4, 1 / 2),
        (("a", "c"), 0, 2 / 4, 0),
        (("a", "b", "c"), 0, 3 / 4, 1 / 2),
        (("c", "d"), 0, 0, 0),
        (("a", "b", "c", "d"), 0, 2 / 4, 0),
        (None, 0, 0, 0),
    ],
)
def test_a_multiple_response_earns_what_the_policy_says(
    chosen: Value, all_or_nothing: float, each_answer: float, net_correct: float
) -> None:
    key = WorthEach(("a", "b"), ("a", "b", "c", "d"))

    assert fraction(key, chosen, Credit(PartialCredit.ALL_OR_NOTHING)) == all_or_nothing
    assert fraction(key, chosen, Credit(PartialCredit.EACH_ANSWER)) == each_answer
    assert fraction(key, chosen, Credit(PartialCredit.NET_CORRECT)) == net_correct


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("0.3", 1), ("0,3", 1), (".3", 1), ("0.35", 1), ("0.36", 0), ("0.25", 1), ("3e-1", 1), ("−0.3", 0), ("", 0)],
)
def test_a_number_is_right_within_its_tolerance_whatever_the_floats_do(typed: str, earned: float) -> None:
    assert fraction(Within(0.3, 0.05), typed) == earned


def test_the_pass_mark_itself_passes() -> None:
    three_of_four = begin("a", learner="ann", form=form(ONE, ONE, ONE, ONE), now=T0)
    for slot, value in enumerate(["a", "a", "a", "b"]):
        three_of_four = answer(three_of_four, slot, value, seen=0, now=T0)

    decision = decide(grade(three_of_four), three_of_four.form)

    assert decision is not None
    assert decision.passed


def test_the_wilson_interval_agrees_with_a_published_example() -> None:
    """Newcombe (1998), Stat Med 17:857, table I: 81 of 263 gives 0.2553 to 0.3662 by the score method."""
    interval = wilson(81 / 263, 263)

    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


def test_of_nothing_nothing_is_known() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)
