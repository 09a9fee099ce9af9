"""Intervals and shrinkage: formulas worked by hand or by R, and coverage in a reduced simulation."""

import numpy as np
import pytest

from training.core.interval import wilson
from training.measurement.intervals import (
    feldt_bounds,
    fisher_bounds,
    shrunken_correlations,
    shrunken_shares,
    slope_bounds,
    wilson_bounds,
)


def test_wilson_is_that_of_the_core() -> None:
    found = wilson_bounds(np.array([0.3, 1.0, 0.0]), np.array([10, 20, 0]))

    for place, (share, n) in enumerate([(0.3, 10), (1.0, 20), (0.0, 0)]):
        one = wilson(share, n)
        assert (found.low[place], found.high[place]) == pytest.approx((one.low, one.high))


def test_fishers_interval_is_that_of_r() -> None:
    """R: cor.test of r = .5, n = 28: tanh(atanh(.5) ± 1.959964 / 5) = .1555 to .7367."""
    found = fisher_bounds(0.5, 28)

    assert (float(found.low), float(found.high)) == pytest.approx((0.1560, 0.7357), abs=2e-3)
    assert np.isnan(fisher_bounds(0.5, 3).low)


def test_an_easy_item_has_a_wider_interval() -> None:
    even, easy = fisher_bounds(0.5, 100, 0.5), fisher_bounds(0.5, 100, 0.95)

    assert easy.high - easy.low > even.high - even.low


def test_a_slope_lies_between_a_part_and_a_multiple_of_itself() -> None:
    """a = 2, se = .5: exp(ln 2 ± 1.96 x .25) = 1.225 to 3.265; a slope below 0 has the plain interval."""
    found = slope_bounds([2.0, -1.0], [0.5, 0.5])

    assert (found.low[0], found.high[0]) == pytest.approx((1.2253, 3.2646), abs=1e-3)
    assert (found.low[1], found.high[1]) == pytest.approx((-1.98, -0.02), abs=1e-3)


def test_feldts_interval_is_that_of_psych() -> None:
    assert feldt_bounds(0.45340874, 1000, 5) == pytest.approx((0.3979564, 0.5052032), abs=1e-7)
    assert np.isnan(feldt_bounds(0.5, 1, 5)).all()


def test_shares_of_few_answers_are_pulled_further() -> None:
    points, n = np.array([2.0, 200, 60, 0]), np.array([2.0, 200, 100, 0])
    found = shrunken_shares(points, n)
    mean = points.sum() / n.sum()

    assert abs(found[0] - mean) < abs(found[1] - mean)
    assert found[3] == pytest.approx(mean)
    assert shrunken_shares(np.array([5.0, 5]), np.array([10.0, 10])) == pytest.approx([0.5, 0.5])


def test_shrinkage_comes_closer_to_the_truth() -> None:
    rng = np.random.default_rng(1)
    truth = rng.beta(12, 6, 400)
    n = rng.integers(5, 40, 400).astype(float)
    points = rng.binomial(n.astype(int), truth).astype(float)

    assert np.mean((shrunken_shares(points, n) - truth) ** 2) < 0.5 * np.mean((points / n - truth) ** 2)


def test_correlations_are_pulled_towards_the_mean_by_the_formula() -> None:
    """(z (n - 3) + mean / t²) / (n - 3 + 1 / t²): between the value and the mean; the unknown get the mean."""
    r, n = np.array([0.1, 0.6, 0.3, np.nan]), np.array([20.0, 400, 400, 2])
    found = shrunken_correlations(r, n)

    assert 0.1 < found[0] < found[3]
    assert found[1] == pytest.approx(0.6, abs=0.03)
    assert np.isnan(shrunken_correlations(np.array([0.4, np.nan]), np.array([50.0, 2]))[1])
