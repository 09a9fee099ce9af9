"""The E-step: where on the ability scale each row of answers puts its learners, summed to what the items need."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.measurement.curves import logistic
from training.measurement.marks import Block, Marks
from training.measurement.quadrature import Grid
from training.measurement.responses import Array


@dataclass(frozen=True, slots=True)
class Expected:
    """Sufficient statistics of the items given parameters: they add up over learners.

    `seen` is items x nodes: how many of those who saw the item stand at each node. `moment` is sum_i y_ij E[theta |
    y_i] of each item, or of all items together where the slope is common. `right` counts right answers.
    """

    seen: Array
    moment: Array
    right: Array
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """For one block: rows x nodes of probabilities that sum to 1, and the log-likelihood of each row up to sum y d."""

    block: Block
    weights: NDArray[np.floating]
    log_likelihood: Array


def posteriors(marks: Marks, a: Array, d: Array, grid: Grid, *, common: bool = False) -> Iterator[Posterior]:
    """Give the posterior of ability of every row, block by block."""
    wrong = log_wrong(a, d, grid)
    slope, number = float(np.max(np.abs(a))), marks.number
    prior, steepness = grid.weights.astype(number), a.astype(number)
    for block in marks.blocks:
        weighted = slope * block.raw if common else np.asarray(block.right @ steepness, dtype=np.float64)
        values = (block.seen @ wrong)[block.of]
        values += np.multiply.outer(weighted, grid.nodes)
        top = values.max(axis=1)
        values -= top[:, None]
        weights = values.astype(number, copy=False)
        np.exp(weights, out=weights)
        weights *= prior
        sums = weights.sum(axis=1)
        weights /= sums[:, None]
        yield Posterior(block, weights, top + np.log(sums, dtype=np.float64))


def expect(marks: Marks, a: Array, d: Array, grid: Grid, *, common: bool = False) -> Expected:
    """Sum the posteriors to what the M-step needs."""
    seen, moment = np.zeros((marks.items, len(grid.nodes))), np.zeros(1 if common else marks.items)
    total, number = float(marks.right @ d), marks.number
    for each in posteriors(marks, a, d, grid, common=common):
        block, weights = each.block, each.weights
        if block.weight.max() > 1:
            np.multiply(weights, block.weight[:, None], out=weights, casting="same_kind")
        means = weights @ grid.nodes.astype(number)
        seen += block.seen.T @ np.add.reduceat(weights, block.starts, axis=0, dtype=np.float64)
        moment += block.raw @ means if common else block.right.T @ means
        total += float(block.weight @ each.log_likelihood)
    return Expected(seen, moment, marks.right, total)


def log_wrong(a: Array, d: Array, grid: Grid) -> Array:
    """Give log(1 - P_j(theta)), items x nodes; 0 for an item that counts for nothing."""
    counts = (a != 0) | (d != 0)
    return np.asarray(-np.logaddexp(0, np.multiply.outer(a, grid.nodes) + d[:, None]) * counts[:, None])


def largest_information(marks: Marks, a: Array, d: Array, grid: Grid) -> float:
    """Give the most Fisher information that any row of answers holds at any node: sum a² P (1 - P)."""
    chance = logistic(np.multiply.outer(a, grid.nodes) + d[:, None])
    each = a[:, None] ** 2 * chance * (1 - chance)
    return max(float((block.seen @ each).max()) for block in marks.blocks)
