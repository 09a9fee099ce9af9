"""Abilities of persons from fitted items: the mean of the posterior, or a likelihood estimate without its bias."""

from dataclasses import dataclass

import numpy as np

from training.measurement.calibration import Calibration
from training.measurement.expectation import posteriors
from training.measurement.information import chances
from training.measurement.marks import Block, Marks
from training.measurement.responses import Array

FAR = 10.0


@dataclass(frozen=True, slots=True)
class Abilities:
    """An ability and its standard error for each person; NaN for who answered nothing that tells."""

    ability: Array
    error: Array


def expected_abilities(marks: Marks, fit: Calibration) -> Abilities:
    """Give mean and standard deviation of each posterior (EAP). Bock & Mislevy (1982), Appl Psychol Meas 6:431."""
    means, errors = [], []
    nodes = fit.grid.nodes
    for each in posteriors(marks, np.nan_to_num(fit.a), np.nan_to_num(fit.d), fit.grid, common=fit.common):
        mean = np.asarray(each.weights @ nodes, dtype=np.float64)
        means.append(mean)
        errors.append(np.sqrt(np.maximum(each.weights @ nodes**2 - mean**2, 0)))
    return _abilities(marks, means, errors)


def weighted_likelihood_abilities(marks: Marks, fit: Calibration) -> Abilities:
    """Give Warm's estimates, which are finite for all right and all wrong too.

    They solve sum a (y - P) + sum a³ P Q (1 - 2 P) / (2 I) = 0: Warm (1989), Psychometrika 54:427. The
    standard error is 1 / sqrt(I).
    """
    found = [_warm(block, fit) for block in marks.blocks]
    return _abilities(marks, [ability for ability, _ in found], [error for _, error in found])


def _abilities(marks: Marks, means: list[Array], errors: list[Array]) -> Abilities:
    if not means:
        return Abilities(np.full(len(marks.row_of), np.nan), np.full(len(marks.row_of), np.nan))
    return Abilities(marks.spread(np.concatenate(means)), marks.spread(np.concatenate(errors)))


def _warm(block: Block, fit: Calibration) -> tuple[Array, Array]:
    """Halve the interval until it is narrow, then step by Fisher's scoring."""
    kept = np.flatnonzero(fit.fitted)
    a, b = fit.a[kept], fit.b[kept]
    shown = block.seen if isinstance(block.seen, np.ndarray) else block.seen.toarray()
    seen = shown[:, kept][block.of]
    earned = block.raw * a[0] if fit.common else np.asarray(block.right @ np.nan_to_num(fit.a))
    low, high = np.full(len(block.raw), -FAR), np.full(len(block.raw), FAR)
    for _ in range(14):
        middle = (low + high) / 2
        slope, _ = _equation(middle, a, b, seen, earned)
        low, high = np.where(slope > 0, middle, low), np.where(slope > 0, high, middle)
    ability = (low + high) / 2
    for _ in range(6):
        slope, information = _equation(ability, a, b, seen, earned)
        ability = np.clip(ability + slope / np.maximum(information, 1e-9), low - 0.01, high + 0.01)
    _, information = _equation(ability, a, b, seen, earned)
    return ability, 1 / np.sqrt(np.maximum(information, 1e-9))


def _equation(ability: Array, a: Array, b: Array, seen: Array, earned: Array) -> tuple[Array, Array]:
    chance = chances(ability, a, b)
    spread = seen * chance * (1 - chance)
    information = spread @ a**2
    bend = (spread * (1 - 2 * chance)) @ a**3
    slope = earned - (seen * chance) @ a + bend / (2 * np.maximum(information, 1e-12))
    return slope, information
