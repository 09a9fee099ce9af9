"""Formulas: they mean what Python means by them, and whatever an author types, they end soon and never crash."""

import math
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.core.expression import DEEPEST, LARGEST, LONGEST, ExpressionError, expression

NAMES = {"a": 3.0, "b": -2.5, "n": 7.0}


def worked(text: str) -> float:
    return expression(text).value(NAMES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("-2 ** 2", -4),
        ("2 ** 3 ** 2", 512),
        ("2 ^ -1", 0.5),
        ("(1 + 2) * 3", 9),
        ("100 * a / n", 300 / 7),
        ("min(a, b, n) + max(1, 2)", -0.5),
        ("round(2.675, 2)", 2.68),  # as it is taught, not as floats have it
        ("round(-2.5)", -3),
        ("floor(-1.5) + ceil(1.2)", 0),
        ("sqrt(16) + abs(b)", 6.5),
        ("log(exp(2))", 2),
        ("log10(1000)", 3),
        ("1 < a <= 3 and not n == 6", 1),
        ("a > n or b > 0", 0),
        ("a != 3", 0),
        (".5e1", 5),
    ],
)
def test_a_formula_gives_what_it_says(text: str, value: float) -> None:
    assert worked(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a number or name is missing"),
        ("1 +", "a number or name is missing"),
        ("(1", "a ')' is missing"),
        ("1 2", "'2' stands in the wrong place"),
        ("a = 3", "'=' is not understood"),
        ("a.real", "'.' is not understood"),
        ("'x'", "''' is not understood"),
        ("__import__(1)", "there is no function '__import__'"),
        ("lambda", "'lambda' has no value"),
        ("sqrt(1, 2)", "'sqrt' takes 1 values"),
        ("1 / 0", "'/' cannot be worked out"),
        ("sqrt(-1)", "'sqrt' cannot be worked out"),
        ("log(0)", "'log' cannot be worked out"),
        ("(-8) ** 0.5", "'**' cannot be worked out"),
        ("9 ** 9 ** 9", "an exponent may be 64 at most"),
        ("10 ** 60", "a number grows beyond"),
        ("exp(800)", "'exp' cannot be worked out"),
        ("1e99", "a number grows beyond"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "a formula may nest 30 deep"),
        ("-" * (DEEPEST + 1) + "1", "a formula may nest 30 deep"),
        ("1" * (LONGEST + 1), "a formula may have 200 characters"),
        ("round(1, 0.5)", "'round' takes from 0 to 9 decimals"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_reason(text: str, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        worked(text)

    assert words in str(refused.value)


pieces = st.sampled_from(
    [*"0123456789.()+-*/^<>=!, eE_", "**", "a", "n", "min(", "log(", "and ", "not ", "\n", "é", "__"]
)


@given(st.lists(pieces, max_size=80).map("".join) | st.text(max_size=300))
def test_whatever_is_typed_ends_soon_with_a_bounded_number_or_a_reason(text: str) -> None:
    begun = monotonic()
    value = value_or_none(text)

    assert value is None or (math.isfinite(value) and abs(value) <= LARGEST)
    assert monotonic() - begun < 1


def value_or_none(text: str) -> float | None:
    try:
        return worked(text)
    except ExpressionError:
        return None


numbers = (
    st.integers(0, 60).map(str) | st.floats(0, 100).map(lambda number: f"{number:.3f}") | st.sampled_from(list(NAMES))
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda it: f"{it[0]} {it[1]} {it[2]}"),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-{text}"),
        st.tuples(inner, st.integers(-3, 4)).map(lambda it: f"({it[0]}) ** {it[1]}"),
        st.tuples(inner, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner).map(
            lambda it: f"({' '.join(it)})"
        ),
        pair.map(lambda it: f"max({it[0]}, {it[1]})"),
        pair.map(lambda it: f"min({it[0]}, {it[1]})"),
        inner.map(lambda text: f"abs({text})"),
        inner.map(lambda text: f"floor({text})"),
    )


@given(st.recursive(numbers, grown, max_leaves=8).filter(lambda text: len(text) <= LONGEST))
def test_it_agrees_with_python_wherever_python_has_an_answer(text: str) -> None:
    mine = value_or_none(text)
    if mine is None:
        return
    theirs = eval(text, {"__builtins__": {}, "abs": abs, "max": max, "min": min, "floor": math.floor}, dict(NAMES))

    assert mine == pytest.approx(float(theirs), rel=1e-12, abs=1e-12)


@given(st.recursive(st.sampled_from(["1", "0", "a < n", "a > n"]),
                    lambda inner: st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join)
                    | inner.map(lambda text: f"not ({text})"), max_leaves=8).filter(lambda text: len(text) <= LONGEST))  # fmt: skip
def test_conditions_agree_with_python(text: str) -> None:
    mine = value_or_none(text)
    if mine is None:
        return

    assert bool(mine) == bool(eval(text, {"__builtins__": {}}, dict(NAMES)))
