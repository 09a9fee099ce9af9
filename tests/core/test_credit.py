"""Partial credit of orders and pairs: chosen by policy, exact at the ends, never more than was earned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.core.blueprint import Policy
from training.core.credit import Credit, MatchCredit, OrderCredit, of_order, of_pairs
from training.core.key import Pairs, RightOrder, fraction

RIGHT = tuple("abcde")
orders = st.permutations(RIGHT).map(tuple)


@pytest.mark.parametrize(
    ("given_order", "longest_run", "adjacent_pairs"),
    [
        ("abcde", 1, 1),
        ("edcba", 0, 0),
        ("bcdea", 3 / 4, 3 / 4),
        ("abdec", 1 / 4, 2 / 4),
        ("cdabe", 1 / 4, 2 / 4),
        ("acbde", 1 / 4, 1 / 4),
    ],
)
def test_an_order_earns_what_the_policy_says(given_order: str, longest_run: float, adjacent_pairs: float) -> None:
    order = tuple(given_order)

    assert of_order(RIGHT, order, OrderCredit.LONGEST_RUN) == longest_run
    assert of_order(RIGHT, order, OrderCredit.ADJACENT_PAIRS) == adjacent_pairs
    assert of_order(RIGHT, order, OrderCredit.ALL_OR_NOTHING) == (order == RIGHT)


@given(orders)
def test_no_order_but_the_right_one_earns_everything_and_the_ways_are_ranked(order: tuple[str, ...]) -> None:
    strict, run, pairs = (of_order(RIGHT, order, credit) for credit in
                          (OrderCredit.ALL_OR_NOTHING, OrderCredit.LONGEST_RUN, OrderCredit.ADJACENT_PAIRS))  # fmt: skip

    assert 0 <= strict <= run <= pairs <= 1
    assert (pairs == 1) == (order == RIGHT)


@given(orders)
def test_the_longest_run_is_the_longest_stretch_that_also_stands_in_the_key(order: tuple[str, ...]) -> None:
    stretches = [order[a:b] for a in range(5) for b in range(a + 1, 6)]
    in_key = {RIGHT[a:b] for a in range(5) for b in range(a + 1, 6)}
    longest = max(len(each) for each in stretches if each in in_key)

    assert of_order(RIGHT, order, OrderCredit.LONGEST_RUN) == (longest - 1) / 4


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=4, max_size=4).map(tuple))
def test_pairs_earn_their_share_or_all_or_nothing(values: tuple[str, ...]) -> None:
    right = (("a",), ("b", "c"), ("a",), ("c",))
    hits = sum(name in good for good, name in zip(right, values, strict=True))

    assert of_pairs(right, values, MatchCredit.EACH_PAIR) == hits / 4
    assert of_pairs(right, values, MatchCredit.ALL_OR_NOTHING) == (hits == 4)


def test_a_response_of_another_shape_earns_nothing() -> None:
    assert fraction(Pairs((("a",), ("b",))), ("a",)) == 0
    assert fraction(Pairs((("a",),)), "a") == 0
    assert fraction(RightOrder(RIGHT), "a") == 0


def test_a_policy_chooses_for_each_kind_and_one_written_before_they_came_is_sane() -> None:
    chosen = Policy.model_validate(
        {"mode": "exam", "ordering_credit": "longest_run", "matching_credit": "all_or_nothing"}
    )

    assert chosen.credit == Credit(ordering=OrderCredit.LONGEST_RUN, matching=MatchCredit.ALL_OR_NOTHING)
    assert Policy.model_validate({"mode": "exam"}).credit == Credit()
