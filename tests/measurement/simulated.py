"""Answers drawn from known items, so that what is found can be compared with what is true."""

from dataclasses import dataclass

import numpy as np

from training.measurement.responses import Array


@dataclass(frozen=True)
class Drawn:
    """Persons x items of 0 and 1, NaN where the item was not seen, and the truth behind them."""

    scores: Array
    a: Array
    b: Array
    ability: Array


def drawn(persons: int, items: int, *, seed: int, missing: float = 0.0, log_a_sd: float = 0.3) -> Drawn:
    rng = np.random.default_rng(seed)
    a, b = np.exp(rng.normal(0, log_a_sd, items)), rng.normal(0, 1, items)
    ability = rng.normal(size=persons)
    right = rng.random((persons, items)) < 1 / (1 + np.exp(-a * (ability[:, None] - b)))
    scores = right.astype(float)
    scores[rng.random((persons, items)) < missing] = np.nan
    return Drawn(scores, a, b, ability)
