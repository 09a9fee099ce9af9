"""Key changes on one attempt: what each remedy does to the score, that none falls by default, and the way back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.core.forms import MANY, NUMBER, ONE, form
from training.core.attempt import Attempt, answer, begin, submit
from training.core.blueprint import Policy
from training.core.credit import Credit, PartialCredit
from training.core.decision import decide
from training.core.key import Within, Worth, WorthEach
from training.core.key_change import KeyChange, Proposal, State, may_apply, may_sign, reasoned, regraded, strict
from training.core.refusal import Refusal
from training.core.remarking import (
    FullCredit,
    LeaveOut,
    NewCredit,
    NewKey,
    NewTolerance,
    Regraded,
    Remarking,
    TakenBack,
    in_force,
)
from training.core.rules import OverallRule, Rules
from training.core.score import grade, grade_again
from training.core.tally import tally, tally_again

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REASON = "The source allows both answers."
SLOTS = (ONE, MANY, NUMBER)
Said = dict[int, str | tuple[str, ...]]


def sat(said: Said, **policy: object) -> Attempt:
    """A sitting of three questions, handed in."""
    paper = form()
    rules = Rules(overall=OverallRule(cut=60, angoff=True))
    slots = tuple(replace(slot, angoff=rating) for slot, rating in zip(paper.slots, (0.9, 0.5, 0.4), strict=True))
    paper = replace(
        paper, rules=rules, slots=slots, policy=Policy.model_validate(paper.policy.model_dump() | policy)
    )  # fmt: skip
    attempt = begin("a", learner="ann", form=paper, now=T0)
    for slot, value in said.items():
        attempt = answer(attempt, slot, value, seen=0, now=T0 + timedelta(minutes=1))
    return submit(attempt, now=T0 + timedelta(minutes=2))


def changed(attempt: Attempt, slot: int, remarking: Remarking, name: str = "k") -> Attempt:
    change = KeyChange(name, SLOTS[slot].question.item_id, (SLOTS[slot].digest,), remarking, REASON)
    return regraded(attempt, change, T0 + timedelta(days=1))


def fractions(attempt: Attempt) -> list[float]:
    return [outcome.fraction for outcome in grade(attempt).outcomes]


def test_another_key_marks_the_answers_again_and_leaves_form_and_earlier_events_alone():
    before = sat({0: "b"})
    after = changed(before, 0, NewKey(Worth((("b", 1.0),))))

    assert (fractions(before), fractions(after)) == ([0, 0, 0], [1, 0, 0])
    assert after.form == before.form
    assert after.events[: len(before.events)] == before.events
    (event,) = after.events[len(before.events) :]
    assert (event.seq, event.slot, event.reason) == (before.next_seq, 0, REASON)
    assert after.submitted == before.submitted


def test_who_had_the_old_key_keeps_what_it_earned():
    assert fractions(changed(sat({0: "a"}), 0, NewKey(Worth((("b", 1.0),))))) == [1, 0, 0]


def test_where_the_policy_says_so_a_score_may_fall():
    before = sat({0: "a"}, scores_may_fall=True)

    assert fractions(changed(before, 0, NewKey(Worth((("b", 1.0),))))) == [0, 0, 0]


@pytest.mark.parametrize(
    ("slot", "said", "remarking", "earns"),
    [
        (0, "c", NewKey(Worth((("a", 1.0), ("c", 0.5)))), 0.5),
        (1, ("a", "c"), NewKey(WorthEach(("a", "c"), ("a", "b", "c"))), 1),
        (1, ("a", "c"), NewCredit(Credit(choices=PartialCredit.EACH_ANSWER)), 1 / 3),
        (2, "33", NewTolerance(2), 1),
        (2, "33", NewKey(Within(33, 0)), 1),
        (2, "7", FullCredit(), 1),
    ],
)
def test_each_remedy_earns_what_it_says(slot: int, said: str | tuple[str, ...], remarking: Remarking, earns: float):
    before = sat({slot: said})

    assert fractions(before)[slot] == 0
    assert fractions(changed(before, slot, remarking))[slot] == pytest.approx(earns)


def test_credit_for_all_is_for_those_too_who_gave_no_answer():
    assert fractions(changed(sat({}), 1, FullCredit())) == [0, 1, 0]


def test_a_question_left_out_leaves_the_total_and_moves_the_cut_of_the_panel():
    before = sat({1: ("a", "b"), 2: "31"})
    after = changed(before, 0, LeaveOut())
    cuts = [decide(grade(each), each.form).grounds[0].needed for each in (before, after)]

    assert (grade(before).max_points, grade(after).max_points) == (3, 2)
    assert cuts == pytest.approx([60, 45])
    assert not grade(after).outcomes[0].scored


def test_a_question_stays_in_for_those_whom_leaving_it_out_would_cost():
    after = changed(sat({0: "a"}), 0, LeaveOut())

    assert grade(after).percent == pytest.approx(100 / 3)
    assert after.events[-1].spared


def test_a_question_stays_in_where_the_higher_cut_would_take_a_pass_away():
    # 0, 1 and 1 of 1 pass a cut of 60 %; without the easy first question the cut falls, without the hard last it rises.
    lost = sat({0: "a", 1: ("a", "b")}, pass_percent=None)
    after = changed(lost, 2, LeaveOut())
    passed = [decide(grade(each), each.form).passed for each in (lost, after)]

    assert passed == [True, True]
    assert not after.events[-1].spared  # 2 of 2 is above the cut of 70 %


def test_applied_twice_a_change_is_there_once():
    once = changed(sat({0: "b"}), 0, FullCredit())

    assert changed(once, 0, FullCredit()) == once


def test_a_change_of_another_question_does_nothing():
    before = sat({0: "b"})
    other = KeyChange("k", "ci-stop", ("another-digest",), FullCredit(), REASON)

    assert regraded(before, other, T0) == before


def test_what_was_taken_back_can_be_brought_back():
    before = sat({0: "b"})
    there = changed(before, 0, FullCredit())
    back = changed(there, 0, TakenBack("k"), "back")
    again = changed(back, 0, TakenBack("back"), "again")

    assert [grade(each) == grade(before) for each in (there, back, again)] == [False, True, False]
    assert grade(again) == grade(there)
    assert in_force(back.events) == {}


def test_nothing_is_taken_back_where_nothing_was_applied():
    before = sat({0: "b"})

    assert changed(before, 0, TakenBack("k"), "back") == before


ANSWERS = st.fixed_dictionaries({}, optional={
    0: st.sampled_from(["a", "b", "c"]),
    1: st.sampled_from([("a", "b"), ("a", "c"), ("b",), ("a",)]),
    2: st.sampled_from(["31", "33", "3.25"]),
})  # fmt: skip
REMEDIES = st.sampled_from(
    [
        (0, NewKey(Worth((("b", 1.0), ("c", 0.25))))),
        (1, NewKey(WorthEach(("a",), ("a", "b", "c")))),
        (1, NewCredit(Credit(choices=PartialCredit.NET_CORRECT))),
        (2, NewTolerance(5)),
        *((slot, remedy) for slot in range(3) for remedy in (FullCredit(), LeaveOut())),
    ]
)


@given(ANSWERS, REMEDIES)
def test_strictly_an_attempt_scores_what_it_would_where_scores_may_fall(said: Said, remedy: tuple[int, Remarking]):
    slot, remarking = remedy
    held, free = sat(said), sat(said, scores_may_fall=True)
    change = KeyChange("k", SLOTS[slot].question.item_id, (SLOTS[slot].digest,), remarking, REASON)

    assert strict(held, change, grade(held), T0) == grade(changed(free, slot, remarking))


def test_strictly_only_what_a_change_marks_again_may_fall():
    kept = changed(sat({0: "a", 2: "31"}), 0, NewKey(Worth((("b", 1.0),))))
    change = KeyChange("n", SLOTS[2].question.item_id, (SLOTS[2].digest,), NewKey(Within(99, 0)), REASON)
    found = strict(kept, change, grade(kept), T0)

    assert [each.fraction for each in found.outcomes] == [1, 0, 0]


@given(ANSWERS, REMEDIES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_apply_and_take_back_gives_the_old_score(said: Said, remedy: tuple[int, Remarking], may_fall: bool):
    before = sat(said, scores_may_fall=may_fall, partial_credit="each_answer")
    slot, remarking = remedy

    assert grade(changed(changed(before, slot, remarking), slot, TakenBack("k"), "back")) == grade(before)


@given(ANSWERS, st.lists(REMEDIES, max_size=5))
@settings(max_examples=150, deadline=None)
def test_by_default_no_score_falls_and_no_pass_is_lost(said: Said, remedies: list[tuple[int, Remarking]]):
    attempt = sat(said, partial_credit="each_answer")
    for number, (slot, remarking) in enumerate(remedies):
        after = changed(attempt, slot, remarking, f"k{number}")

        assert grade(after).percent >= grade(attempt).percent - 1e-9
        assert decide(grade(after), after.form).passed >= decide(grade(attempt), attempt.form).passed
        attempt = after


class Changes(RuleBasedStateMachine):
    """Changes come and are taken back in any order."""

    @initialize(said=ANSWERS)
    def sits(self, said: Said) -> None:
        self.first = self.attempt = sat(said, partial_credit="each_answer")
        self.names: list[tuple[int, str]] = []

    @rule(remedy=REMEDIES)
    def applies(self, remedy: tuple[int, Remarking]) -> None:
        self._change(remedy[0], remedy[1])

    @rule(which=st.integers(0, 9))
    def takes_back(self, which: int) -> None:
        if self.names:
            slot, name = self.names[which % len(self.names)]
            self._change(slot, TakenBack(name))

    def _change(self, slot: int, remarking: Remarking) -> None:
        name = f"k{len(self.names)}"
        self.before, self.attempt = self.attempt, changed(self.attempt, slot, remarking, name)
        self.names.append((slot, name))

    @invariant()
    def marking_what_was_regraded_is_marking_everything(self) -> None:
        if self.names:
            was, now = grade(self.before), grade(self.attempt)
            fresh = {event.slot for event in self.attempt.events[len(self.before.events) :]}
            again, counted = grade_again(self.attempt, was, fresh), tally(self.before, was.outcomes, True)

            assert again == now
            assert (again is was) == (now == was)
            assert tally_again(counted, self.attempt, now.outcomes, False) == tally(self.attempt, now.outcomes, False)

    @invariant()
    def nobody_is_worse_off_than_before_the_first_change(self) -> None:
        before, now = grade(self.first), grade(self.attempt)
        assert now.percent >= before.percent - 1e-9
        assert decide(now, self.first.form).passed >= decide(before, self.first.form).passed

    @invariant()
    def what_happened_before_stays_and_is_numbered_without_gaps(self) -> None:
        assert self.attempt.events[: len(self.first.events)] == self.first.events
        assert [event.seq for event in self.attempt.events] == list(range(1, len(self.attempt.events) + 1))

    @invariant()
    def where_nothing_is_in_force_the_score_is_the_first_one(self) -> None:
        if not in_force(self.attempt.events):
            assert grade(self.attempt) == grade(self.first)

    @invariant()
    def only_regrades_follow_the_hand_in(self) -> None:
        later = self.attempt.events[len(self.first.events) :]
        assert all(isinstance(event, Regraded) for event in later)
        assert self.attempt.submitted == self.first.submitted


Changes.TestCase.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)
TestChangesInAnyOrder = Changes.TestCase


def test_a_change_needs_a_second_person_before_it_is_applied():
    proposal = Proposal(KeyChange("k", "ci-stop", (ONE.digest,), FullCredit(), REASON), "ida", T0)

    assert proposal.state is State.PROPOSED
    may_sign(proposal, "cy")
    with pytest.raises(Refusal, match="a second person"):
        may_sign(proposal, "ida")
    with pytest.raises(Refusal, match="A second person must sign"):
        may_apply(proposal)


@pytest.mark.parametrize("text", ["short", "x" * 501])
def test_a_reason_is_a_sentence(text: str):
    with pytest.raises(Refusal):
        reasoned(text)
