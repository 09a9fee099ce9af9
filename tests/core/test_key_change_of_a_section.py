"""A section whose only question turns out to be faulty and is left out: it can be neither passed nor failed."""

from dataclasses import replace

import pytest

from tests.core.test_key_change import changed, sat
from training.core.decision import decide
from training.core.remarking import LeaveOut, TakenBack
from training.core.rules import Rules, SectionRule
from training.core.score import grade


@pytest.mark.parametrize("may_fall", [False, True])
@pytest.mark.parametrize("answered", ["a", "b"])
def test_a_section_of_which_the_only_question_is_left_out_fails_nobody(may_fall: bool, answered: str):
    before = sat({0: answered, 1: ("a", "b"), 2: "31"}, scores_may_fall=may_fall)
    rules = Rules(sections=(SectionRule(section="Alone", cut=60),))
    slots = (before.form.slots[0], *(replace(slot, section=1) for slot in before.form.slots[1:]))
    before = replace(before, form=replace(before.form, rules=rules, sections=("Alone", "Others"), slots=slots))
    after = changed(before, 0, LeaveOut())
    decision = decide(grade(after), after.form)

    assert decide(grade(before), before.form).passed == (answered == "a")
    assert decision.passed
    assert decision.grounds[0].words == "Alone: no question counts any more, so it decides nothing."
    assert decide(grade(changed(after, 0, TakenBack("k"), "back")), before.form).passed == (answered == "a")
