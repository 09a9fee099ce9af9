"""The M-step: each item's slope and intercept from its sufficient statistics, with or without priors."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from training.measurement.curves import logistic
from training.measurement.expectation import Expected
from training.measurement.quadrature import Grid
from training.measurement.responses import Array, Flags

NEWTON_STEPS = 3
STEEPEST, FURTHEST = 25.0, 60.0


@dataclass(frozen=True, slots=True)
class Prior:
    """How strongly each item is held: log a ~ N(0, 1/a_precision), d ~ N(d_mean, 1/d_precision); 0 does not hold it."""

    a_precision: Array
    d_precision: Array
    d_mean: Array

    @classmethod
    def none(cls, items: int) -> Self:
        """Hold nothing: maximum likelihood."""
        return cls(np.zeros(items), np.zeros(items), np.zeros(items))

    @classmethod
    def normal(cls, items: int, *, log_a_sd: float | None = 0.5, d_sd: float = 1.5) -> Self:
        """Hold every item alike; with no `log_a_sd`, the slope is left free, as for Rasch items."""
        held = 0.0 if log_a_sd is None else log_a_sd**-2
        return cls(np.full(items, held), np.full(items, d_sd**-2), np.zeros(items))

    def where(self, held: Flags) -> "Prior":
        """Hold only some items."""
        keep = np.asarray(held, dtype=np.float64)
        return Prior(self.a_precision * keep, self.d_precision * keep, self.d_mean)


def penalty(prior: Prior, a: Array, d: Array, *, common: bool = False) -> float:
    """Give minus the log prior density, up to a constant."""
    slope = 0.0
    if not common and prior.a_precision.any():
        slope = float(prior.a_precision @ np.log(np.maximum(a, 1e-10)) ** 2)
    return slope / 2 + float(prior.d_precision @ (d - prior.d_mean) ** 2) / 2


def improve(
    expected: Expected, a: Array, d: Array, grid: Grid, prior: Prior, *, common: bool = False
) -> tuple[Array, Array]:
    """Take a few Newton steps towards the items that best explain the expected counts."""
    step = _common_step if common else _own_step
    for _ in range(NEWTON_STEPS):
        a, d = step(expected, a, d, grid, prior)
    return a, d


@dataclass(frozen=True, slots=True)
class _Slopes:
    """Gradient and negative second derivatives of the expected log-likelihood, an entry per item."""

    by_a: Array
    by_d: Array
    aa: Array
    ad: Array
    dd: Array


def _slopes(expected: Expected, a: Array, d: Array, grid: Grid, prior: Prior) -> _Slopes:
    nodes = grid.nodes
    chance = logistic(np.multiply.outer(a, nodes) + d[:, None])
    right = expected.seen * chance
    spread = right * (1 - chance)
    return _Slopes(
        by_a=-(right @ nodes),
        by_d=expected.right - right.sum(axis=1) - prior.d_precision * (d - prior.d_mean),
        aa=spread @ nodes**2,
        ad=spread @ nodes,
        dd=spread.sum(axis=1) + prior.d_precision,
    )


def _own_step(expected: Expected, a: Array, d: Array, grid: Grid, prior: Prior) -> tuple[Array, Array]:
    """Step for each item on its own: two equations each. A slope that a prior holds stays above 0."""
    at = _slopes(expected, a, d, grid, prior)
    held = prior.a_precision > 0
    safe = np.where(held, np.maximum(a, 1e-3), 1.0)
    by_a = expected.moment + at.by_a - prior.a_precision * np.log(safe) / safe
    aa = at.aa + prior.a_precision / safe**2
    free = (aa > 0) & (at.dd > 0)
    det = np.where(free, aa * at.dd - at.ad**2, 1.0)
    det = np.maximum(det, 1e-12)
    step_a = np.clip((by_a * at.dd - at.by_d * at.ad) / det, -1, 1)
    step_d = np.clip((at.by_d * aa - by_a * at.ad) / det, -1, 1)
    alive = (a != 0) | (d != 0)
    new_a, new_d = a + step_a * alive, d + step_d * alive
    new_a = np.where(held & (new_a < a / 2), a / 2, new_a)
    return np.clip(new_a, -STEEPEST, STEEPEST), np.clip(new_d, -FURTHEST, FURTHEST)


def _common_step(expected: Expected, a: Array, d: Array, grid: Grid, prior: Prior) -> tuple[Array, Array]:
    """Step for all items together: one slope and every intercept, by the Schur complement of the arrow matrix."""
    at = _slopes(expected, a, d, grid, prior)
    alive = a != 0
    dd = np.where(alive, at.dd, 1.0)
    ad, by_d = at.ad * alive, at.by_d * alive
    by_a = float(expected.moment[0]) + float(at.by_a @ alive)
    schur = float(at.aa @ alive) - float((ad**2 / dd).sum())
    step_a = float(np.clip((by_a - (ad * by_d / dd).sum()) / max(schur, 1e-12), -0.5, 0.5))
    step_d = np.clip((by_d - ad * step_a) / dd, -1, 1)
    slope = min(max(float(a.max()) + step_a, 1e-3), STEEPEST)
    return np.where(alive, slope, 0.0), np.clip(d + step_d, -FURTHEST, FURTHEST)
