"""One learner's sitting: what is recorded, what is refused, and what follows from the events."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.core.forms import form
from training.core.attempt import (
    Attempt,
    State,
    Submitted,
    answer,
    begin,
    check,
    flag,
    state,
    strike,
    submit,
)
from training.core.blueprint import Mode
from training.core.refusal import Refusal
from training.core.score import grade
from training.core.standing import standing

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def later(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


@pytest.fixture
def exam() -> Attempt:
    return begin("a-1", learner="ann", form=form(), now=T0)


@pytest.fixture
def practice() -> Attempt:
    return begin("a-2", learner="ann", form=form(mode=Mode.PRACTICE, minutes=None), now=T0)


def test_a_learner_answers_changes_her_mind_hands_in_and_is_scored(exam: Attempt) -> None:
    first = answer(exam, 0, "b", seen=0, now=later(1))
    assert first.responses == {0: "b"}

    changed = answer(first, 0, "a", seen=1, now=later(2))
    assert changed.responses == {0: "a"}
    assert [event.seq for event in changed.events] == [1, 2]

    over = submit(changed, now=later(3))
    assert state(over, later(3)) is State.SUBMITTED
    assert over.submitted == Submitted(3, later(3), "learner")
    assert grade(over).points == 1


def test_the_same_answer_twice_is_recorded_once(exam: Attempt) -> None:
    once = answer(exam, 0, "a", seen=0, now=later(1))

    assert answer(once, 0, "a", seen=0, now=later(1)) is once


def test_a_window_that_has_not_seen_the_latest_answer_is_refused(exam: Attempt) -> None:
    elsewhere = answer(exam, 0, "b", seen=0, now=later(1))

    with pytest.raises(Refusal, match="another window"):
        answer(elsewhere, 0, "a", seen=0, now=later(2))


def test_two_windows_on_different_questions_do_not_disturb_each_other(exam: Attempt) -> None:
    both = answer(answer(exam, 0, "b", seen=0, now=later(1)), 1, ("a", "b"), seen=0, now=later(2))

    assert both.responses == {0: "b", 1: ("a", "b")}


def test_an_answer_can_be_taken_back_and_its_trace_stays(exam: Attempt) -> None:
    cleared = answer(answer(exam, 0, "b", seen=0, now=later(1)), 0, None, seen=1, now=later(2))

    assert cleared.responses == {}
    assert len(cleared.events) == 2


@pytest.mark.parametrize(
    ("slot", "value"), [(0, "z"), (0, ("a",)), (1, ("a", "a")), (1, ("a", "b", "c")), (2, "lots"), (9, "a"), (-1, "a")]
)
def test_what_cannot_be_an_answer_is_refused(exam: Attempt, slot: int, value: str | tuple[str, ...]) -> None:
    with pytest.raises(Refusal):
        answer(exam, slot, value, seen=0, now=later(1))


def test_after_the_deadline_nothing_is_recorded_and_the_clock_hands_in_what_was_saved(exam: Attempt) -> None:
    saved = answer(exam, 0, "a", seen=0, now=later(29.9))
    assert state(saved, later(30)) is State.OVERDUE

    with pytest.raises(Refusal, match="time limit"):
        answer(saved, 0, "b", seen=1, now=later(30))

    closed = submit(saved, now=later(45))
    assert closed.submitted == Submitted(2, later(30), "clock")
    assert grade(closed).points == 1


def test_handing_in_twice_changes_nothing(exam: Attempt) -> None:
    once = submit(exam, now=later(1))

    assert submit(once, now=later(2)) is once


def test_after_handing_in_nothing_can_be_changed(exam: Attempt) -> None:
    over = submit(exam, now=later(1))

    for change in (
        lambda: answer(over, 0, "a", seen=0, now=later(2)),
        lambda: flag(over, 0, True, now=later(2)),
        lambda: strike(over, 0, ("b",), now=later(2)),
    ):
        with pytest.raises(Refusal, match="handed in"):
            change()


def test_flags_and_struck_options_are_kept_as_they_last_stood(exam: Attempt) -> None:
    marked = strike(flag(exam, 1, True, now=later(1)), 0, ("c", "b"), now=later(1))
    assert marked.flags == {1}
    assert marked.strikes == {0: ("b", "c")}

    assert flag(marked, 1, False, now=later(2)).flags == frozenset()
    assert strike(marked, 0, (), now=later(2)).strikes == {0: ()}


def test_in_practice_a_checked_answer_is_final(practice: Attempt) -> None:
    with pytest.raises(Refusal, match="answer the question first"):
        check(practice, 0, now=later(1))

    told = check(answer(practice, 0, "b", seen=0, now=later(1)), 0, now=later(2))
    assert told.checked == {0}

    with pytest.raises(Refusal, match="your answer stands"):
        answer(told, 0, "a", seen=1, now=later(3))


def test_in_an_exam_nothing_is_told_before_the_hand_in(exam: Attempt) -> None:
    with pytest.raises(Refusal, match="after you hand in"):
        check(answer(exam, 0, "a", seen=0, now=later(1)), 0, now=later(2))


class Sitting(RuleBasedStateMachine):
    """Any order of answering, marking, waiting and handing in."""

    def __init__(self) -> None:
        super().__init__()
        self.now = T0
        self.attempt = begin("a", learner="ann", form=form(), now=T0)
        self.told: dict[int, object] = {}

    @rule(slot=st.integers(0, 2), value=st.sampled_from(["a", "b", ("a",), ("a", "b"), "31", None]))
    def answers(self, slot: int, value: str | tuple[str, ...] | None) -> None:
        standing = self.attempt.answers.get(slot)
        was_open = state(self.attempt, self.now) is State.OPEN
        try:
            self.attempt = answer(self.attempt, slot, value, seen=standing.seq if standing else 0, now=self.now)
        except Refusal:
            return
        assert was_open
        self.told[slot] = value

    @rule(slot=st.integers(0, 2), on=st.booleans())
    def flags(self, slot: int, on: bool) -> None:
        if state(self.attempt, self.now) is State.OPEN:
            self.attempt = flag(self.attempt, slot, on, now=self.now)

    @rule(minutes=st.integers(0, 12))
    def waits(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def hands_in(self) -> None:
        self.attempt = submit(self.attempt, now=self.now)

    @invariant()
    def every_answer_the_learner_was_told_is_saved_is_there(self) -> None:
        assert dict(self.attempt.responses) == {s: v for s, v in self.told.items() if v is not None}

    @invariant()
    def one_walk_through_the_events_says_the_same_as_one_for_each_question_asked(self) -> None:
        stands, attempt = standing(self.attempt), self.attempt
        assert (stands.answers, stands.answered) == (attempt.answers, frozenset(attempt.responses))
        assert (stands.flags, stands.strikes, stands.checked) == (attempt.flags, attempt.strikes, attempt.checked)
        assert stands.certainties == attempt.certainties

    @invariant()
    def nothing_follows_the_hand_in(self) -> None:
        kinds = [event.kind for event in self.attempt.events]
        assert "submitted" not in kinds[:-1]

    @invariant()
    def nothing_is_recorded_after_time(self) -> None:
        assert self.attempt.deadline is not None
        assert all(event.at <= self.attempt.deadline for event in self.attempt.events)

    @invariant()
    def events_are_numbered_without_gaps(self) -> None:
        assert [event.seq for event in self.attempt.events] == list(range(1, len(self.attempt.events) + 1))


Sitting.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAnyOrderOfEvents = Sitting.TestCase


def test_a_question_that_asks_for_two_answers_is_not_told_after_one(practice: Attempt) -> None:
    half = answer(practice, 1, ("a",), seen=0, now=later(1))

    with pytest.raises(Refusal, match="choose 2 answers first"):
        check(half, 1, now=later(2))
