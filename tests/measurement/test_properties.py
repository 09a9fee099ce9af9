"""What holds for any answers: order changes nothing, and an item that everybody answers alike breaks nothing."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measurement.simulated import drawn
from training.measurement.analysis import Analysis, analyse
from training.measurement.further import looked_further
from training.measurement.responses import Array, from_matrix

MODELS = ("ctt", "rasch", "2pl")
ITEM_FIGURES = ("n", "facility", "facility_shrunken", "r_rest", "r_rest_shrunken", "discrimination")
TEST_FIGURES = ("n", "items", "mean", "sd", "alpha", "alpha_low", "alpha_high", "sem")


@st.composite
def answers(draw: Callable[..., object]) -> Array:
    """Right and wrong answers of a small class or a large one, complete or not; some items may be alike for all."""
    persons, items = draw(st.sampled_from([3, 12, 60, 130])), draw(st.integers(2, 9))
    missing = draw(st.sampled_from([0.0, 0.0, 0.3, 0.7]))
    return drawn(persons, items, seed=draw(st.integers(0, 10_000)), missing=missing).scores  # type: ignore[arg-type]


def analysed(scores: Array, model: str) -> Analysis:
    """An analysis with all that is asked for beyond it."""
    responses = from_matrix(scores)
    names = [f"i-{number}" for number in range(responses.items)]
    groups = [f"g-{number % 2}" for number in range(responses.persons)]
    return looked_further(analyse(responses, model), responses, names, groups)[0]


def same_test(one: Analysis, other: Analysis) -> None:
    for name in TEST_FIGURES:
        assert getattr(other.test, name) == pytest.approx(getattr(one.test, name), nan_ok=True, abs=1e-6), name


def same_items(one: Analysis, other: Analysis, order: list[int]) -> None:
    """Hold items against those of another analysis that has them in this order."""
    for name in ITEM_FIGURES:
        expected = getattr(one.items, name)[order]
        assert getattr(other.items, name) == pytest.approx(expected, nan_ok=True, abs=1e-6), name
    assert [{flag.name for flag in each} for each in other.flags] == [
        {flag.name for flag in one.flags[k]} for k in order
    ]


def same_model(one: Analysis, other: Analysis, order: list[int]) -> None:
    assert other.model.name == one.model.name
    assert (other.model.fit is None) == (one.model.fit is None)
    if one.model.fit and other.model.fit:
        for name in ("a", "b"):
            expected = getattr(one.model.fit, name)[order]
            assert getattr(other.model.fit, name) == pytest.approx(expected, nan_ok=True, rel=2e-3, abs=2e-3), name
        assert other.model.fit.log_likelihood == pytest.approx(one.model.fit.log_likelihood, abs=1e-4)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=40, deadline=None)
@given(scores=answers(), random=st.randoms(use_true_random=False))
def test_neither_the_order_of_persons_nor_that_of_items_changes_anything(
    model: str, scores: Array, random: object
) -> None:
    rows, columns = list(range(scores.shape[0])), list(range(scores.shape[1]))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    one, by_rows = analyse(from_matrix(scores), model), analyse(from_matrix(scores[rows]), model)
    by_both = analyse(from_matrix(scores[rows][:, columns]), model)

    for other, order in ((by_rows, sorted(columns)), (by_both, columns)):
        same_test(one, other)
        same_items(one, other, order)
        same_model(one, other, order)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=40, deadline=None)
@given(scores=answers(), alike=st.sampled_from([0.0, 1.0]))
def test_an_item_that_all_answer_alike_has_no_figures_of_its_own_and_moves_no_others(
    model: str, scores: Array, alike: float
) -> None:
    before = analysed(scores, model)
    after = analysed(np.column_stack([scores, np.full(len(scores), alike)]), model)
    others = list(range(scores.shape[1]))

    assert (after.items.facility[-1], np.isnan(after.items.r_rest[-1])) == (alike, True)
    assert after.items.facility[:-1] == pytest.approx(before.items.facility, nan_ok=True)
    if after.model.fit and before.model.fit and after.model.name == before.model.name:
        assert np.isnan([after.model.fit.a[-1], after.model.fit.b[-1]]).all()
        for name in ("a", "b"):
            own, found = getattr(before.model.fit, name), getattr(after.model.fit, name)[others]
            assert found == pytest.approx(own, nan_ok=True, rel=2e-3, abs=2e-3), name
