"""The decision: every rule must hold; worked examples of the shipped presets, of clusters and of compensation."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from tests.core.forms import OPTIONS
from training.core.attempt import answer, begin, submit
from training.core.blueprint import Mode, Policy
from training.core.decision import Decision, decide
from training.core.form import Form, Slot
from training.core.interaction import ChooseOne
from training.core.key import Worth
from training.core.question import Level, Question, Safety
from training.core.record import record
from training.core.rules import ClusterRule, Compensation, OverallRule, Preset, Rules, SectionRule, SentinelRule
from training.core.score import grade

T0 = datetime(2026, 11, 21, 9, tzinfo=UTC)
NONE, CRITICAL, SENTINEL = Safety.NONE, Safety.CRITICAL, Safety.SENTINEL


def slot(number: int, safety: Safety, *, section: int = 0, objective: str = "1.3") -> Slot:
    question = Question(
        f"item-{number}", objective, Level.APPLY, safety, "What next?", ChooseOne(OPTIONS), Worth((("a", 1.0),))
    )
    return Slot(question, f"digest-{number}", ("a", "b", "c"), section=section)


def form(slots: list[Slot], rules: Rules | None, *sections: str) -> Form:
    return Form("sample", "Sample", 1, Policy(mode=Mode.EXAM), sections or ("All",), tuple(slots), rules=rules)


def decided(paper: Form, wrong: set[int]) -> Decision:
    sitting = begin("a-1", learner="ann", form=paper, now=T0)
    for number in range(len(paper.slots)):
        sitting = answer(sitting, number, "b" if number in wrong else "a", seen=0, now=T0)
    decision = decide(grade(submit(sitting, now=T0)), paper)
    assert decision is not None
    return decision


def swiss(safety_wrong: int, general_wrong: int) -> Decision:
    """24 safety questions and 36 others, as the pattern has them."""
    slots = [slot(n, CRITICAL if n < 24 else NONE) for n in range(60)]
    wrong = {*range(safety_wrong), *range(24, 24 + general_wrong)}
    return decided(form(slots, Rules(preset=Preset.SWISS_PATTERN)), wrong)


@pytest.mark.parametrize(
    ("safety_wrong", "general_wrong", "passes"),
    [(6, 14, True), (7, 0, False), (0, 15, False), (0, 0, True)],  # 18 of 24 is 75 %; 22 of 36 is 61.1 %, 21 is 58.3 %
)
def test_the_swiss_pattern_asks_75_percent_of_safety_and_61_of_the_rest(
    safety_wrong: int, general_wrong: int, passes: bool
) -> None:
    assert swiss(safety_wrong, general_wrong).passed is passes


def brief(wrong: set[int], *, rated: float | None = 0.7) -> Decision:
    """100 questions: 0 to 5 are sentinels, 6 to 34 critical, the others neither."""
    kinds = [SENTINEL] * 6 + [CRITICAL] * 29 + [NONE] * 65
    slots = [replace(slot(n, kind), angoff=rated) for n, kind in enumerate(kinds)]
    return decided(form(slots, Rules(preset=Preset.BRIEF)), wrong)


def test_the_briefs_rule_passes_at_the_panels_cut() -> None:
    assert brief(set(range(35, 65))).passed  # 70 of 100, rated 0.7 throughout
    assert not brief(set(range(35, 66))).passed


def test_without_ratings_the_briefs_cut_is_75_percent() -> None:
    assert brief(set(range(35, 60)), rated=None).passed
    assert not brief(set(range(35, 61)), rated=None).passed


def test_the_briefs_rule_wants_ninety_percent_of_what_is_safety_critical() -> None:
    assert brief({6, 7, 8}).passed  # 32 of 35 is 91.4 %
    assert [ground.name for ground in brief({6, 7, 8, 9}).against] == ["Safety-critical questions"]  # 88.6 %


def test_one_failed_sentinel_fails_whatever_the_total_says() -> None:
    decision = brief({4})

    assert not decision.passed
    assert [ground.rule for ground in decision.against] == ["sentinels"]
    assert decision.against[0].words == "Sentinel questions: 1 of 6 missed (question 5); none may be."


def test_the_cut_moves_with_the_form() -> None:
    rules = Rules(overall=OverallRule(cut=75, angoff=True))
    easy = form([replace(slot(n, NONE), angoff=0.9) for n in range(10)], rules)
    hard = form([replace(slot(n, NONE), angoff=0.5 if n < 5 else None) for n in range(10)], rules)

    assert decided(easy, {0}).grounds[0].needed == 90
    assert decided(hard, {0}).grounds[0].needed == 62.5


def test_a_cluster_of_three_forgives_one_slip_where_the_rule_says_so() -> None:
    rules = Rules(clusters=(ClusterRule(name="Emergencies", objectives=("5.2",), misses=1),))
    paper = form([slot(n, NONE, objective="5.2" if n < 3 else "7.1") for n in range(6)], rules)

    assert decided(paper, {0}).passed
    assert not decided(paper, {0, 1}).passed
    assert decided(paper, {0, 3, 4, 5}).passed


def test_a_cluster_that_rests_on_too_few_questions_cannot_be_passed() -> None:
    rules = Rules(clusters=(ClusterRule(name="Emergencies", objectives=("5.2",), misses=1),))
    decision = decided(form([slot(0, NONE, objective="5.2"), slot(1, NONE, objective="5.2")], rules), set())

    assert not decision.passed
    assert "rests on 2 questions and needs 3" in decision.grounds[0].words


TWO = ("Anatomy", "Technique")


def halves(rules: Rules, wrong: set[int]) -> Decision:
    return decided(form([slot(n, NONE, section=n // 10) for n in range(20)], rules, *TWO), wrong)


def test_each_section_has_its_own_cut() -> None:
    rules = Rules(sections=tuple(SectionRule(section=title, cut=60) for title in TWO))

    assert halves(rules, {0, 1, 2, 3}).passed
    assert [ground.name for ground in halves(rules, {0, 1, 2, 3, 4}).against] == ["Anatomy"]


def test_a_total_well_above_its_cut_makes_up_for_one_weak_section_above_the_floor() -> None:
    rules = Rules(
        overall=OverallRule(cut=60),
        sections=tuple(SectionRule(section=title, cut=70) for title in TWO),
        compensation=Compensation(surplus=15, floor=50),
    )

    assert halves(rules, {0, 1, 2, 3, 4}).passed  # 50 % and 100 %: 75 % in all, 15 above the cut
    assert not halves(rules, {0, 1, 2, 3, 4, 10}).passed  # 70 % in all: not enough above
    assert not halves(rules, {0, 1, 2, 3, 4, 5}).passed  # 40 %: below the floor


def test_pretest_questions_count_for_nothing() -> None:
    slots = [replace(slot(n, SENTINEL if n == 0 else NONE), scored=n > 0) for n in range(5)]
    paper = form(slots, Rules(overall=OverallRule(cut=100), sentinels=SentinelRule()))

    assert decided(paper, {0}).passed


def test_a_plain_pass_mark_is_one_rule() -> None:
    paper = replace(form([slot(n, NONE) for n in range(4)], None), policy=Policy(mode=Mode.EXAM, pass_percent=75))

    decision = decided(paper, {0})

    assert decision.passed
    assert [(ground.rule, ground.needed, ground.reached) for ground in decision.grounds] == [("overall", 75, 75)]


def test_the_record_of_a_marking_is_the_same_however_often_it_is_made() -> None:
    paper = form([slot(n, CRITICAL) for n in range(7)], Rules(preset=Preset.BRIEF))
    sitting = submit(answer(begin("a-1", learner="ann", form=paper, now=T0), 3, "a", seen=0, now=T0), now=T0)

    assert record(sitting, grade(sitting)) == record(sitting, grade(sitting))
    assert record(sitting, grade(sitting)).last == 2


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({}, "rules are empty"),
        ({"clusters": [{"name": "X", "objectives": ["5.2"]}]}, "either 'cut'"),
        ({"clusters": [{"name": "X", "cut": 80}]}, "to say what it takes"),
        (
            {"overall": {"cut": 60}, "compensation": {"surplus": 5, "floor": 40}},
            "needs an 'overall' cut and 'sections'",
        ),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(written: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Rules.model_validate(written)
