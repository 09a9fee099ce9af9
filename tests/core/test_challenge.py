"""A challenge from its opening to its ruling: who may say what, how often, and when it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.stories import T0, challenge
from training.core.challenge import (
    A_DAY,
    AN_HOUR,
    LONGEST,
    Ending,
    Message,
    Remedy,
    State,
    may_open,
    pseudonym,
    ruled,
    said,
    worded,
)
from training.core.refusal import Refusal

UPHELD = Ending(State.UPHELD, "ida", T0, "Both answers are right.", Remedy.NEW_KEY)


def test_a_challenge_is_overdue_after_its_term_until_it_is_ruled_on():
    mine = challenge()

    assert not mine.overdue(mine.due)
    assert mine.overdue(mine.due + timedelta(seconds=1))
    assert not replace(mine, ending=UPHELD).overdue(mine.due + timedelta(days=1))


def test_one_slot_has_one_open_challenge():
    with pytest.raises(Refusal, match="already"):
        may_open([challenge()], attempt_id="a-1", slot=0, now=T0)
    may_open([challenge()], attempt_id="a-1", slot=1, now=T0)


def test_what_was_withdrawn_can_be_challenged_anew_what_was_ruled_on_cannot():
    withdrawn = replace(challenge(), ending=Ending(State.WITHDRAWN, "ann", T0))
    may_open([withdrawn], attempt_id="a-1", slot=0, now=T0)

    with pytest.raises(Refusal, match="ruled on"):
        may_open([replace(challenge(), ending=UPHELD)], attempt_id="a-1", slot=0, now=T0)


def test_nobody_challenges_more_than_ten_items_a_day():
    many = [challenge(slot=number) for number in range(A_DAY)]

    with pytest.raises(Refusal, match="tomorrow"):
        may_open(many, attempt_id="a-1", slot=A_DAY, now=T0 + timedelta(hours=23))
    may_open(many, attempt_id="a-1", slot=A_DAY, now=T0 + timedelta(hours=24))


def test_both_sides_can_write_and_the_number_says_in_which_order():
    first = said(challenge(), by="ida", text="Which source says so?", now=T0)
    second = said(replace(challenge(), messages=(first,)), by="ann", text="The course book, page 12.", now=T0)

    assert [(each.seq, each.by_learner) for each in (first, second)] == [(1, False), (2, True)]
    assert replace(challenge(), messages=(first,)).awaits_learner


def test_nobody_writes_without_end():
    many = tuple(Message(number, "ann", True, T0, "Once more, please.") for number in range(1, AN_HOUR + 1))

    with pytest.raises(Refusal, match="wait a little"):
        said(replace(challenge(), messages=many), by="ann", text="And once more.", now=T0)
    said(replace(challenge(), messages=many), by="ida", text="I have read it.", now=T0)


@pytest.mark.parametrize("text", ["", "   ", "Wrong!", "x" * (LONGEST + 1)])
def test_a_reason_is_a_sentence(text: str):
    with pytest.raises(Refusal):
        worded(text)


def test_a_ruling_has_a_reason_and_a_remedy_where_it_is_upheld():
    assert ruled(challenge(), UPHELD) == UPHELD
    for wrong in (
        replace(UPHELD, remedy=None), replace(UPHELD, state=State.NOT_UPHELD), replace(UPHELD, reason="No."),
        replace(UPHELD, by="ann"),
    ):  # fmt: skip
        with pytest.raises(Refusal):
            ruled(challenge(), wrong)


def test_nothing_follows_a_ruling():
    over = replace(challenge(), ending=UPHELD)

    with pytest.raises(Refusal, match="over"):
        ruled(over, UPHELD)
    with pytest.raises(Refusal, match="over"):
        said(over, by="ann", text="But what about this?", now=T0)


def test_a_learner_has_another_name_in_every_challenge():
    assert pseudonym("c-1") == pseudonym("c-1") != pseudonym("c-2")
    assert "ann" not in pseudonym("c-1").lower()
