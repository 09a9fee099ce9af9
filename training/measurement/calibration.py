"""Rasch and 2PL items fitted to right and wrong answers by marginal maximum likelihood, or with priors by its mode."""

from dataclasses import dataclass, replace

import numpy as np

from training.measurement.anderson import Anderson
from training.measurement.expectation import Expected, expect, largest_information
from training.measurement.marks import Marks
from training.measurement.maximisation import Prior, improve, penalty
from training.measurement.quadrature import Grid, needed_spacing, normal_grid
from training.measurement.responses import Array, Flags

TOLERANCE = 1e-6
SINGLE_TOLERANCE = 1e-5
MOST_STEPS = 500
ROUGH = 1e-2


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted items: P = 1 / (1 + exp(-a (theta - b))), abilities standard normal; NaN where nothing can be fitted.

    `a` is in the logit metric, without the factor 1.702; b is the difficulty. Rasch items share one `a`: the standard
    deviation of ability in units of the usual Rasch scale, so that b is in standard deviations of ability for both
    models.
    """

    a: Array
    d: Array
    log_likelihood: float
    iterations: int
    converged: bool
    grid: Grid
    common: bool
    prior: Prior

    @property
    def b(self) -> Array:
        """How difficult each item is: -d / a."""
        return np.asarray(-self.d / self.a)

    @property
    def fitted(self) -> Flags:
        """Which items have parameters."""
        return ~np.isnan(self.a)


def calibrate(
    marks: Marks, *, common: bool = False, prior: Prior | None = None, tolerance: float = TOLERANCE
) -> Calibration:
    """Fit 2PL items, or Rasch items where the slope is `common`.

    The likelihood is that of Bock & Aitkin (1981), Psychometrika 46:443, maximised by EM on sufficient statistics:
    for log L_i(theta) = theta sum_j a_j y_ij + sum_j log(1 - P_j(theta)) + const, the items need only sum_i y_ij
    E[theta | y_i] and how many of those who saw them stand at each node. The EM map is sped up by Anderson's mixing,
    and abandoned for plain EM wherever the likelihood would fall.
    """
    prior = prior or Prior.none(marks.items)
    tolerance = max(tolerance, SINGLE_TOLERANCE if marks.number is np.float32 else 0.0)
    usable = marks.answered > 0
    a, d = _start(marks, usable)
    if not usable.any():
        return _unfitted(a * np.nan, d * np.nan, normal_grid(), prior, common=common)
    start = _unfitted(a, d, normal_grid(_spacing(marks, a, d)), prior, common=common)
    rough = _climb(marks, start, max(ROUGH, tolerance))
    fitted = _climb(marks, replace(rough, grid=normal_grid(_spacing(marks, rough.a, rough.d) * 0.95)), tolerance)
    while fitted.converged and fitted.grid.spacing > _spacing(marks, fitted.a, fitted.d):
        finer = normal_grid(_spacing(marks, fitted.a, fitted.d) * 0.9)
        fitted = _climb(marks, replace(fitted, grid=finer), tolerance)
    blank = np.where(usable, 1.0, np.nan)
    return replace(fitted, a=fitted.a * blank, d=fitted.d * blank)


def _unfitted(a: Array, d: Array, grid: Grid, prior: Prior, *, common: bool) -> Calibration:
    return Calibration(a, d, 0.0, iterations=0, converged=False, grid=grid, common=common, prior=prior)


def _start(marks: Marks, usable: Flags) -> tuple[Array, Array]:
    """Start from a = 1 and the difficulty that the facility suggests; items without information count for nothing."""
    share = (marks.right + 0.5) / (marks.answered + 1)
    return np.where(usable, 1.0, 0.0), np.where(usable, 1.2 * np.log(share / (1 - share)), 0.0)


def _spacing(marks: Marks, a: Array, d: Array) -> float:
    return needed_spacing(largest_information(marks, a, d, normal_grid()))


def _climb(marks: Marks, start: Calibration, tolerance: float) -> Calibration:
    """Repeat the EM map until it moves nothing by more than the tolerance."""
    grid, common, prior = start.grid, start.common, start.prior
    mixing, best, plain = Anderson(), -np.inf, True
    at = safe = _join(start.a, start.d, common=common)
    for step in range(start.iterations + 1, start.iterations + MOST_STEPS + 1):
        a, d = _split(at, start.a, common=common)
        expected = expect(marks, a, d, grid, common=common)
        value = expected.log_likelihood - penalty(prior, a, d, common=common)
        if not plain and not value >= best - 1e-10 * abs(best):
            mixing.restart()
            at, plain = safe, True
            continue
        best = max(best, value)
        safe = _join(*improve(expected, a, d, grid, prior, common=common), common=common)
        if np.max(np.abs(safe - at)) < tolerance:
            return _done(marks, start, safe, step, converged=True)
        at, plain = mixing.next(at, safe), False
    return _done(marks, start, safe, start.iterations + MOST_STEPS, converged=False)


def _done(marks: Marks, start: Calibration, at: Array, steps: int, *, converged: bool) -> Calibration:
    a, d = _split(at, start.a, common=start.common)
    last: Expected = expect(marks, a, d, start.grid, common=start.common)
    return replace(start, a=a, d=d, log_likelihood=last.log_likelihood, iterations=steps, converged=converged)


def _join(a: Array, d: Array, *, common: bool) -> Array:
    return np.concatenate([[np.max(a)] if common else a, d])


def _split(at: Array, like: Array, *, common: bool) -> tuple[Array, Array]:
    if common:
        return np.where(like == 0, 0.0, at[0]), at[1:]
    return at[: len(like)], at[len(like) :]
