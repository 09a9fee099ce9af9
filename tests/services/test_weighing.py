"""Weighing a policy: simulated odds agree with the closed form and with the decision itself."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.test_decision import T0, form, slot
from training.core.attempt import answer, begin, submit
from training.core.blueprint import Mode, Policy
from training.core.decision import decide
from training.core.form import Form
from training.core.question import Safety
from training.core.refusal import Refusal
from training.core.rules import ClusterRule, Compensation, OverallRule, Rules, SectionRule, SentinelRule
from training.core.score import grade
from training.measurement.pass_odds import binomial_odds, chance_of_success, within
from training.services.weighing import _passes, weigh


def plain(questions: int, cut: float) -> Form:
    paper = form([slot(n, Safety.NONE) for n in range(questions)], None)
    return replace(paper, policy=Policy(mode=Mode.EXAM, pass_percent=cut, tries=3))


@pytest.mark.parametrize(("questions", "once", "in_three"), [(10, 0.27, 0.60), (50, 0.02, 0.06)])
def test_the_closed_form_gives_the_published_odds_for_somebody_who_knows_55_percent(
    questions: int, once: float, in_three: float
) -> None:
    """The figures of the issue: ten questions are too few, fifty are not."""
    odds = binomial_odds(0.55, questions, 0.7)

    assert round(odds, 2) == once
    assert round(within(odds, 3), 2) == in_three


@pytest.mark.parametrize("questions", [10, 50])
@pytest.mark.parametrize("knows", [0.55, 0.7, 0.85])
def test_simulation_agrees_with_the_closed_form(questions: int, knows: float) -> None:
    exact = binomial_odds(knows, questions, 0.7)
    error = 4 * (max(exact * (1 - exact), 1e-4) / 20_000) ** 0.5

    found = weigh(plain(questions, 70), steps=[knows]).odds[0]

    assert abs(found.once - exact) < error


def test_it_says_the_risk_in_a_sentence() -> None:
    weighed = weigh(plain(10, 65), steps=[0.55])

    assert weighed.sentence.startswith("A learner who truly knows 55 % passes within 3 tries ")


def test_guessing_helps_by_the_number_of_options() -> None:
    assert chance_of_success(0.6, 4) == pytest.approx(0.7)
    assert chance_of_success(0.6, 0) == 0.6
    guessed, known = (weigh(plain(30, 70), guessing=each, steps=[0.6]).odds[0].once for each in (True, False))
    assert guessed > known + 0.2


def test_without_rules_nothing_can_be_weighed() -> None:
    with pytest.raises(Refusal, match="no pass mark"):
        weigh(form([slot(0, Safety.NONE)], None))


def test_many_papers_at_once_are_decided_as_one_by_one() -> None:
    rules = Rules(
        overall=OverallRule(cut=55),
        sections=(SectionRule(section="Anatomy", cut=60), SectionRule(section="Technique", cut=60)),
        clusters=(ClusterRule(name="Critical", safety=(Safety.CRITICAL,), cut=60),
                  ClusterRule(name="Emergencies", objectives=("5.2",), misses=2)),
        sentinels=SentinelRule(misses=1),
        compensation=Compensation(surplus=10, floor=40),
    )  # fmt: skip
    kinds = [Safety.SENTINEL] * 3 + [Safety.CRITICAL] * 5 + [Safety.NONE] * 12
    slots = [slot(n, kind, section=n % 2, objective="5.2" if n > 14 else "1.3") for n, kind in enumerate(kinds)]
    paper = form(slots, rules, "Anatomy", "Technique")
    right = np.random.default_rng(5).random((300, 20)) < 0.72

    at_once = _passes(rules, paper, slots, right)

    one_by_one = [_decided(paper, row) for row in right]
    assert at_once.tolist() == one_by_one
    assert 20 < sum(one_by_one) < 280


def _decided(paper: Form, row: np.ndarray) -> bool:
    sitting = begin("a-1", learner="ann", form=paper, now=T0)
    for number, good in enumerate(row):
        sitting = answer(sitting, number, "a" if good else "b", seen=0, now=T0)
    decision = decide(grade(submit(sitting, now=T0)), paper)
    assert decision is not None
    return decision.passed
