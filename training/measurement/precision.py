"""How sure fitted items are: standard errors from the information in the answers, not in the model's wishes."""

from dataclasses import dataclass

import numpy as np

from training.measurement.calibration import Calibration
from training.measurement.curves import logistic
from training.measurement.expectation import Posterior, expect, posteriors
from training.measurement.marks import Marks
from training.measurement.responses import Array, Places

NEGLIGIBLE = 1e-7
MOST_WORK = 2e12


@dataclass(frozen=True, slots=True)
class StandardErrors:
    """Standard errors of slopes, intercepts and difficulties, and the covariance of (a, d); NaN where there is none."""

    a: Array
    d: Array
    b: Array
    covariance: Array


def standard_errors(marks: Marks, fit: Calibration) -> StandardErrors:
    """Invert the observed information: that of the complete data less what not seeing the abilities loses.

    I = sum_i E_i[-H] - sum_i Cov_i(s): Louis (1982), J R Stat Soc B 44:226. `marks` must not be laid out by score.
    Where the sum would take minutes, the cross-product of the scores stands in: sum_i E_i[s] E_i[s]'. The error of b
    = -d / a follows by the delta method.
    """
    kept = np.flatnonzero(fit.fitted)
    chance = logistic(np.multiply.outer(fit.a[kept], fit.grid.nodes) + fit.d[kept, None])
    cheap = marks.rows * len(kept) ** 2 * len(fit.grid.nodes) <= MOST_WORK
    mean, square = np.zeros((2 * len(kept),) * 2), np.zeros((2 * len(kept),) * 2)
    for each in posteriors(marks, *_filled(fit), fit.grid, common=fit.common):
        residual = _Residual(each, kept, chance, fit.grid.nodes)
        mean += residual.product_of_means()
        if cheap:
            square += residual.mean_of_products()
    observed = _complete(marks, fit, kept, chance) - (square - mean) if cheap else mean
    return _errors(observed, fit, kept)


class _Residual:
    """The scores s_j = (y_j - P_j(theta)) (theta, 1) of one block, averaged over its posterior."""

    def __init__(self, posterior: Posterior, kept: Places, chance: Array, nodes: Array) -> None:
        block = posterior.block
        self.weights, self.count = posterior.weights, block.weight
        right, seen = (m if isinstance(m, np.ndarray) else m.toarray() for m in (block.right, block.seen))
        self.right = right[:, kept].astype(np.float32)
        self.seen = seen[:, kept].astype(np.float32)[block.of]
        self.chance, self.nodes = chance.astype(np.float32), nodes

    def product_of_means(self) -> Array:
        steps = []
        for power in (1, 0):
            weighted = self.weights * (self.nodes**power).astype(np.float32)
            total = weighted.sum(axis=1)
            steps.append(self.right * total[:, None] - self.seen * (weighted @ self.chance.T))
        score = np.concatenate(steps, axis=1).astype(np.float64)
        return np.asarray(score.T @ (score * self.count[:, None]))

    def mean_of_products(self) -> Array:
        items = self.right.shape[1]
        powers = np.zeros((3, items, items))
        for place, node in enumerate(self.nodes):
            here = np.flatnonzero(self.weights[:, place] > NEGLIGIBLE)
            if len(here) == 0:
                continue
            residual = self.right[here] - self.seen[here] * self.chance[:, place]
            weight = (self.weights[here, place] * self.count[here]).astype(np.float32)
            products = (residual.T @ (residual * weight[:, None])).astype(np.float64)
            powers += np.array([1.0, node, node**2])[:, None, None] * products
        return np.block([[powers[2], powers[1]], [powers[1], powers[0]]])


def _filled(fit: Calibration) -> tuple[Array, Array]:
    return np.nan_to_num(fit.a), np.nan_to_num(fit.d)


def _complete(marks: Marks, fit: Calibration, kept: Places, chance: Array) -> Array:
    expected = expect(marks, *_filled(fit), fit.grid, common=fit.common)
    spread = expected.seen[kept] * chance * (1 - chance)
    aa, ad, dd = (np.diag(spread @ fit.grid.nodes**power) for power in (2, 1, 0))
    return np.block([[aa, ad], [ad, dd]])


def _errors(observed: Array, fit: Calibration, kept: Places) -> StandardErrors:
    count, a, d = len(kept), fit.a[kept], fit.d[kept]
    held_a = np.zeros(count) if fit.common else fit.prior.a_precision[kept] * (1 - np.log(np.maximum(a, 1e-9))) / a**2
    observed = observed + np.diag(np.concatenate([held_a, fit.prior.d_precision[kept]]))
    tie = np.eye(2 * count)
    if fit.common:
        tie = np.concatenate([np.repeat([1.0, 0.0], count)[:, None], tie[:, count:]], axis=1)
    covariance = tie @ np.linalg.pinv(tie.T @ observed @ tie, hermitian=True) @ tie.T
    diagonal = np.diag(covariance)
    var_a, var_d, cov = diagonal[:count], diagonal[count:], np.diag(covariance[:count, count:])
    var_b = (var_d + (d / a) ** 2 * var_a - 2 * (d / a) * cov) / a**2
    a_error, d_error, b_error = (_root(each, fit, kept) for each in (var_a, var_d, var_b))
    return StandardErrors(a_error, d_error, b_error, covariance)


def _root(variance: Array, fit: Calibration, kept: Places) -> Array:
    spread = np.full(len(fit.a), np.nan)
    spread[kept] = np.sqrt(np.where(variance > 0, variance, np.nan))
    return spread
