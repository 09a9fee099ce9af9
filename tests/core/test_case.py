"""A case: its parts stay together and in order, reveal more as they go, and close what came before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.core.test_draw import item, pool_of, quota
from training.core.attempt import Attempt, answer, begin, check, closed_by, must_open, open_part, submit
from training.core.form import Form, assemble
from training.core.items import BY_TYPE, Item
from training.core.refusal import Refusal

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def part(stem: str, **more: Any) -> dict[str, Any]:
    options = [{"text": f"{stem} {n}", "why": "Because.", "correct": n == 0} for n in range(3)]
    return {"type": "single_best", "stem": stem, "options": options, **more}


def case(name: str, *parts: dict[str, Any], **more: Any) -> Item:
    fields = {
        "id": name, "type": "case", "status": "approved", "objective": "1.1", "level": "apply",
        "stem": "A runner of 24.", "parts": parts, "references": ["who-2009"], "authors": ["Ida"],
    }  # fmt: skip
    return BY_TYPE["case"].model_validate(fields | more)


RUNNER = case(
    "runner", part("First?"), part("Second?"), part("Third?", reveal="She is short of breath."), part("Fourth?"),
)  # fmt: skip
NUMBERS = {
    "type": "parameterised", "stem": "Of {n}, how many is half?", "why": "Half of {n}.", "answer": "n / 2",
    "tolerance": "0", "variables": [{"name": "n", "from": "2", "to": "2000", "step": "2"}],
}  # fmt: skip


def ids(form: Form) -> list[str]:
    return [slot.question.item_id for slot in form.slots]


def form_of(items: list[Item], count: int, seed: int = 1, **more: Any) -> Form:
    return assemble(pool_of(items, quota(count)), seed=seed, **more)


def test_its_parts_stay_together_and_in_order_whatever_the_seed() -> None:
    others = [item(f"item-{n:03d}") for n in range(6)]
    seen = {f"item-{n:03d}": T0 for n in range(6)}  # so that the case comes first

    for seed in range(60):
        drawn = ids(form_of([*others, RUNNER], 7, seed, seen=seen))
        place = drawn.index("runner/1")
        assert drawn[place : place + 4] == ["runner/1", "runner/2", "runner/3", "runner/4"]
        assert len(drawn) == 7


def test_it_counts_as_many_questions_as_it_has_parts_and_is_drawn_only_where_it_fits() -> None:
    others = [item(f"item-{n:03d}") for n in range(6)]

    for seed in range(60):
        assert "runner/1" not in ids(form_of([*others, RUNNER], 3, seed))
    assert len(ids(form_of([RUNNER], 4))) == 4
    with pytest.raises(Refusal, match="any item"):
        form_of([RUNNER], 3)


def test_a_quota_that_only_some_cases_fill_exactly_is_still_filled() -> None:
    """Cases of 4, 3 and 3 and a quota of 6: taking the 4 first leaves 2 that nothing fills."""
    three, other = (case(name, *(part(f"{n}?") for n in range(3))) for name in ("three", "other"))

    for seed in range(20):
        assert {name.partition("/")[0] for name in ids(form_of([RUNNER, three, other], 6, seed))} == {"three", "other"}


def test_each_part_has_the_vignette_and_what_was_revealed_until_then() -> None:
    first, second, third, fourth = RUNNER.questions(seed=0)

    assert first.context == second.context == "A runner of 24."
    assert third.context == fourth.context == "A runner of 24.\n\nShe is short of breath."
    assert [each.stem for each in (first, fourth)] == ["First?", "Fourth?"]
    assert [each.group.part for each in (first, second, third, fourth) if each.group] == [1, 2, 3, 4]


def test_a_learner_meets_it_as_one_item() -> None:
    form = form_of([RUNNER, *(item(f"item-{n:03d}") for n in range(4))], 4, seen={"runner": T0})

    assert {slot.question.met_as for slot in form_of([RUNNER], 4).slots} == {"runner"}
    assert "runner/1" not in ids(form)


def sat(**answers: str) -> Attempt:
    attempt = begin("a", learner="ann", form=form_of([RUNNER], 4), now=T0)
    for name, value in answers.items():
        attempt = answer(attempt, int(name[1:]) - 1, value, seen=0, now=T0 + timedelta(minutes=1))
    return attempt


def test_answers_stay_open_until_the_case_tells_more() -> None:
    attempt = sat(q1="a", q2="a")

    assert [closed_by(attempt, slot) for slot in range(4)] == [None] * 4
    assert answer(attempt, 0, "b", seen=1, now=T0).responses[0] == "b"


def test_once_a_part_that_tells_more_is_answered_those_before_it_are_closed() -> None:
    attempt = sat(q1="a", q3="a")

    assert [closed_by(attempt, slot) for slot in range(4)] == [2, 2, None, None]
    for slot, seen in ((0, 1), (1, 0)):
        with pytest.raises(Refusal, match="You have been at question 3 of this case, which told you more"):
            answer(attempt, slot, "b", seen=seen, now=T0)
    assert answer(attempt, 2, "b", seen=2, now=T0).responses[2] == "b"


def test_a_later_part_closes_them_too_even_when_another_part_told_more() -> None:
    assert closed_by(sat(q4="a"), 1) == 3


def test_taking_the_answer_back_opens_what_came_before() -> None:
    attempt = sat(q1="a", q3="a")
    attempt = answer(attempt, 2, None, seen=2, now=T0)

    assert closed_by(attempt, 0) is None


def test_a_case_does_not_close_other_cases() -> None:
    """Two cases side by side: answering in one leaves the other open."""
    twin = case("twin", part("One?"), part("Two?", reveal="More."))
    form = form_of([RUNNER, twin], 6)
    attempt = begin("a", learner="ann", form=form, now=T0)
    at = ids(form).index("runner/3")
    attempt = answer(attempt, at, "a", seen=0, now=T0)

    assert closed_by(attempt, ids(form).index("twin/1")) is None
    assert closed_by(attempt, ids(form).index("runner/1")) == at


def test_a_part_may_weigh_otherwise_than_its_case_and_has_the_rest_from_it() -> None:
    made = case("mixed", part("One?", level="recall", safety="sentinel"), part("Two?"), safety="critical").questions(0)

    assert [(each.level, each.safety, each.objective) for each in made] == [
        ("recall", "sentinel", "1.1"), ("apply", "critical", "1.1"),
    ]  # fmt: skip


def test_a_part_cannot_have_what_belongs_to_the_whole() -> None:
    with pytest.raises(ValueError, match="part 2 has 'tags', which belongs to the case as a whole"):
        case("wrong", part("One?"), part("Two?", tags=["needles"]))


def test_a_part_with_random_values_gives_each_learner_her_own() -> None:
    made = case("counted", part("One?"), NUMBERS)
    stems = {form_of([made], 2, seed).slots[1].question.stem for seed in range(10)}

    assert len(stems) > 5
    assert form_of([made], 2, 4) == form_of([made], 2, 4)


def exam() -> Attempt:
    return begin("a", learner="ann", form=form_of([RUNNER], 4), now=T0)


def practised() -> Attempt:
    pool = pool_of([RUNNER], quota(4), mode="practice")
    return begin("a", learner="ann", form=assemble(pool, seed=1), now=T0)


def test_in_an_exam_a_part_that_tells_more_must_be_opened_and_that_closes_those_before_it() -> None:
    attempt = answer(exam(), 0, "a", seen=0, now=T0)
    assert [must_open(attempt, slot) for slot in range(4)] == [(), (), (0, 1), (0, 1)]

    after = open_part(attempt, 2, now=T0)

    assert [must_open(after, slot) for slot in range(4)] == [()] * 4
    assert [closed_by(after, slot) for slot in range(4)] == [2, 2, None, None]
    assert after.responses == {0: "a"}
    for slot in (0, 1):
        with pytest.raises(Refusal, match="You have been at question 3 of this case, which told you more"):
            answer(after, slot, "b", seen=after.answers[slot].seq if slot in after.answers else 0, now=T0)


def test_opening_a_part_after_the_one_that_tells_more_closes_them_too() -> None:
    assert closed_by(open_part(exam(), 3, now=T0), 0) == 3


def test_opening_twice_or_what_needs_no_opening_changes_nothing() -> None:
    once = open_part(exam(), 2, now=T0)

    assert open_part(once, 2, now=T0) is once
    assert open_part(once, 3, now=T0) is once
    untouched = exam()
    assert open_part(untouched, 1, now=T0) is untouched
    with pytest.raises(Refusal, match="There is no such question"):
        open_part(untouched, 9, now=T0)


def test_taking_an_answer_back_in_an_exam_opens_nothing_that_opening_closed() -> None:
    attempt = answer(open_part(exam(), 2, now=T0), 2, "a", seen=0, now=T0)

    assert closed_by(answer(attempt, 2, None, seen=2, now=T0), 0) == 2


def test_in_practice_nothing_needs_opening_and_answering_closes_as_before() -> None:
    attempt = practised()

    assert [must_open(attempt, slot) for slot in range(4)] == [()] * 4
    assert open_part(attempt, 2, now=T0) is attempt
    assert closed_by(answer(attempt, 2, "a", seen=0, now=T0), 1) == 2
    assert check(answer(attempt, 0, "a", seen=0, now=T0), 0, now=T0).checked == {0}


def test_after_the_hand_in_nothing_needs_opening() -> None:
    assert must_open(submit(exam(), now=T0), 2) == ()


class SittingACase(RuleBasedStateMachine):
    """Any order of looking, opening, answering and taking back in an exam with a case that tells more."""

    def __init__(self) -> None:
        super().__init__()
        self.attempt = exam()
        self.told: dict[int, str | None] = {}
        self.fixed: dict[int, str | None] = {}

    def knows_more(self) -> bool:
        """Whether she has met what the third part tells."""
        return any(not must_open(self.attempt, slot) for slot in (2, 3))

    @rule(slot=st.integers(0, 3), value=st.sampled_from(["a", "b", None]))
    def answers(self, slot: int, value: str | None) -> None:
        if must_open(self.attempt, slot):
            return  # no page shows her what to answer
        standing = self.attempt.answers.get(slot)
        try:
            self.attempt = answer(self.attempt, slot, value, seen=standing.seq if standing else 0, now=T0)
        except Refusal:
            assert slot in self.fixed
            return
        self.told[slot] = value

    @rule(slot=st.integers(0, 3))
    def opens(self, slot: int) -> None:
        self.attempt = open_part(self.attempt, slot, now=T0)
        if self.knows_more() and not self.fixed:
            self.fixed = {each: self.told.get(each) for each in (0, 1)}

    @invariant()
    def what_was_answered_before_she_knew_more_stands_as_it_was(self) -> None:
        for slot, value in self.fixed.items():
            assert self.attempt.responses.get(slot) == value

    @invariant()
    def once_she_knows_more_every_earlier_part_is_closed_and_before_none_is(self) -> None:
        closed = [closed_by(self.attempt, slot) is not None for slot in range(4)]
        assert closed == [self.knows_more()] * 2 + [False] * 2

    @invariant()
    def every_answer_she_was_told_is_saved_is_there(self) -> None:
        assert dict(self.attempt.responses) == {slot: value for slot, value in self.told.items() if value is not None}


SittingACase.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAnyOrderInACase = SittingACase.TestCase
