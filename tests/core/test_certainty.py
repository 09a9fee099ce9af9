"""Certainty-based marking: a policy over any question, beside the percent and never instead of it unless it says so."""

from datetime import UTC, datetime

import pytest

from tests.core.forms import MANY, NUMBER, ONE, form
from training.core.attempt import Attempt, answer, begin, check, rate, submit
from training.core.blueprint import Mode, Policy
from training.core.certainty import RIGHT, WRONG, Certainty, certainty_marks
from training.core.decision import decide
from training.core.form import Form
from training.core.refusal import Refusal
from training.core.score import grade

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOW, MID, HIGH = Certainty


def asking(*, mode: Mode = Mode.EXAM, decides: bool = False) -> Form:
    made = form(ONE, MANY, NUMBER, mode=mode)
    policy = Policy(mode=mode, pass_percent=75, confidence=True, confidence_decides=decides)
    return Form(made.programme, made.title, made.seed, policy, made.sections, made.slots)


def sat(paper: Form, *given: tuple[object, Certainty | None]) -> Attempt:
    attempt = begin("a", learner="ann", form=paper, now=T0)
    for slot, (value, certainty) in enumerate(given):
        attempt = answer(attempt, slot, value, seen=0, now=T0)  # type: ignore[arg-type]
        attempt = rate(attempt, slot, certainty, now=T0) if certainty else attempt
    return submit(attempt, now=T0)


@pytest.mark.parametrize(
    ("certainty", "right", "wrong"), [(LOW, 1, 0), (MID, 2, -2), (HIGH, 3, -6), (None, 1, 0)]
)  # fmt: skip
def test_a_right_answer_earns_and_a_wrong_one_costs_by_how_sure_she_was(
    certainty: Certainty | None, right: float, wrong: float
) -> None:
    assert (certainty_marks(1, certainty), certainty_marks(0, certainty)) == (right, wrong)


@pytest.mark.parametrize(
    ("chance", "best"), [(0.5, LOW), (0.66, LOW), (0.7, MID), (0.79, MID), (0.81, HIGH), (1, HIGH)]
)
def test_saying_what_one_believes_pays_best(chance: float, best: Certainty) -> None:
    """The thresholds of the scheme, 2/3 and 0.8, follow from its marks."""
    expected = {each: chance * RIGHT[each] + (1 - chance) * WRONG[each] for each in Certainty}

    assert max(expected, key=expected.__getitem__) == best


def test_the_marks_stand_beside_the_percent_and_do_not_change_it() -> None:
    score = grade(sat(asking(), ("a", HIGH), (("a", "b"), MID), ("99", HIGH)))

    assert score.percent == pytest.approx(200 / 3)
    assert [outcome.certainty_marks for outcome in score.outcomes] == [3, 2, -6]
    assert score.certainty_percent == pytest.approx(-100 / 9)


def test_no_answer_earns_nothing_and_costs_nothing() -> None:
    assert [outcome.certainty_marks for outcome in grade(sat(asking(), ("a", HIGH))).outcomes] == [3, 0, 0]


def test_they_decide_only_where_the_policy_says_so() -> None:
    unsure = ("a", LOW), (("a", "b"), LOW), ("31", LOW)

    plain, strict = (sat(asking(decides=decides), *unsure) for decides in (False, True))

    assert [decide(grade(each), each.form).passed for each in (plain, strict)] == [True, False]  # type: ignore[union-attr]


def test_the_last_word_counts_and_saying_it_twice_writes_once() -> None:
    attempt = answer(begin("a", learner="ann", form=asking(), now=T0), 0, "a", seen=0, now=T0)
    attempt = rate(attempt, 0, LOW, now=T0)
    attempt = rate(attempt, 0, HIGH, now=T0)

    assert attempt.certainties == {0: HIGH}
    assert rate(attempt, 0, HIGH, now=T0) is attempt


def test_it_is_refused_where_the_quiz_does_not_ask_and_once_the_answer_was_shown() -> None:
    with pytest.raises(Refusal, match="does not ask how sure"):
        rate(begin("a", learner="ann", form=form(), now=T0), 0, LOW, now=T0)
    attempt = answer(begin("a", learner="ann", form=asking(mode=Mode.PRACTICE), now=T0), 0, "a", seen=0, now=T0)
    attempt = check(attempt, 0, now=T0)
    with pytest.raises(Refusal, match="already seen the answer"):
        rate(attempt, 0, HIGH, now=T0)


def test_letting_it_decide_without_asking_is_an_authors_mistake() -> None:
    with pytest.raises(ValueError, match="needs 'confidence: true'"):
        Policy.model_validate({"mode": "exam", "confidence_decides": True})
