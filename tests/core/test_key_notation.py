"""Keys as instructors write them: read, written again the same, and refused with what is wrong."""

import pytest

from tests.core.forms import MANY, NUMBER, ONE
from training.core.credit import Credit
from training.core.key import Within, Worth, WorthEach
from training.core.key_notation import key_said, key_written, must_fit
from training.core.refusal import Refusal
from training.core.remarking import NewCredit, NewTolerance


@pytest.mark.parametrize(
    ("slot", "text", "key"),
    [
        (ONE, "a, c", Worth((("a", 1.0), ("c", 1.0)))),
        (ONE, "a, b=0.5", Worth((("a", 1.0), ("b", 0.5)))),
        (MANY, "c, a", WorthEach(("c", "a"), ("a", "b", "c"))),
        (NUMBER, "33 ± 2", Within(33, 2)),
        (NUMBER, "33", Within(33, 0.5)),
    ],
)
def test_a_key_is_read_as_it_is_written(slot, text, key):
    assert key_said(slot.question, text) == key
    assert key_said(slot.question, key_written(key)) == key


@pytest.mark.parametrize(
    ("slot", "text", "wrong"),
    [
        (ONE, "d", "no option 'd'"),
        (ONE, "", "Name each right option"),
        (ONE, "a=0.5", "must earn everything"),
        (ONE, "a=much", "share from 0 to 1"),
        (MANY, "a, a", "once"),
        (NUMBER, "many", "write it as 31"),
        (NUMBER, "31 ± -1", "write it as 31"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_what_is_wrong(slot, text, wrong):
    with pytest.raises(Refusal, match=wrong):
        key_said(slot.question, text)


def test_a_tolerance_and_partial_credit_are_for_questions_that_have_them():
    for remarking, slot in ((NewTolerance(1), ONE), (NewTolerance(-1), NUMBER), (NewCredit(Credit()), ONE)):
        with pytest.raises(Refusal):
            must_fit(remarking, slot.question)
