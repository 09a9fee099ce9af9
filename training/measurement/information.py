"""How much items and tests tell at each ability, and how sure a score is there."""

import numpy as np
from numpy.typing import ArrayLike

from training.measurement.curves import logistic
from training.measurement.quadrature import normal_grid
from training.measurement.responses import Array


def chances(ability: ArrayLike, a: Array, b: Array) -> Array:
    """Give P = 1 / (1 + exp(-a (theta - b))), abilities x items. Birnbaum (1968), in Lord & Novick, chapter 17."""
    return logistic(a * (np.asarray(ability, dtype=np.float64)[..., None] - b))


def item_information(ability: ArrayLike, a: Array, b: Array) -> Array:
    """Give a² P (1 - P), abilities x items. Birnbaum (1968), chapter 20."""
    chance = chances(ability, a, b)
    return np.asarray(a**2 * chance * (1 - chance))


def total_information(ability: ArrayLike, a: Array, b: Array) -> Array:
    """Add up the items' information; 1 / sqrt of it is the standard error of an ability estimated without a prior."""
    return np.asarray(item_information(ability, a, b).sum(axis=-1))


def expected_facility(a: Array, b: Array) -> Array:
    """Give the facility each item would have if everybody of the population answered it: the mean of P over N(0, 1).

    Under random draws the raw facility depends on who happened to see the item; this does not.
    """
    grid = normal_grid()
    return np.asarray(grid.weights @ chances(grid.nodes, a, b))


def score_error(ability: ArrayLike, a: Array, b: Array) -> Array:
    """Give the standard error of measurement of the number right at an ability: sqrt(sum P (1 - P)).

    Lord (1980), Applications of Item Response Theory, section 4.2.
    """
    chance = chances(ability, a, b)
    return np.asarray(np.sqrt((chance * (1 - chance)).sum(axis=-1)))


def marginal_reliability(errors: Array, abilities: Array) -> float:
    """Give 1 - mean(SE²) / (var(EAP) + mean(SE²)): Green et al. (1984), J Educ Meas 21:347, for expected abilities."""
    known = ~np.isnan(abilities)
    error = float(np.mean(errors[known] ** 2))
    spread = float(np.var(abilities[known]))
    return spread / (spread + error) if spread + error > 0 else float("nan")
