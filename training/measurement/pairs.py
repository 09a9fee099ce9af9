"""Items that hang together: pairs whose answers agree beyond what ability explains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.measurement.calibration import Calibration
from training.measurement.fairness import benjamini_hochberg
from training.measurement.information import chances
from training.measurement.policy import TWO_PL_FROM
from training.measurement.responses import Array, Responses

APART = 0.2
SURE = 0.01
MOST_ITEMS = 1_500
ROWS = 2_048


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items, by place, with Q3 and how many answered both."""

    first: int
    second: int
    q3: float
    n: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """The pairs that hang together, the closest first; `mean` of all that could be judged, `judged` how many."""

    mean: float
    judged: int
    pairs: tuple[Pair, ...]
    notes: tuple[str, ...]

    def reasons(self, names: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Say of each item in a pair which it goes with, by place."""
        for pair in self.pairs:
            for place, other in ((pair.first, pair.second), (pair.second, pair.first)):
                said = f"Its answers go with those to {names[other]} beyond what ability explains"
                size = f"(Q3 = {pair.q3:.2f}, on average {self.mean:.2f})"
                yield place, f"{said} {size}: does one cue the other, or do they ask the same?"


def dependent_pairs(responses: Responses, ability: Array, fit: Calibration) -> Dependence:
    """Give pairs with Q3 at least 0.2 above the mean of all, and surely above it.

    Yen (1984), Appl Psychol Meas 8:125; 0.2 above the mean: Christensen, Makransky & Horton (2017), Appl Psychol Meas
    41:178. Surely: on Fisher's z with n - 3, p adjusted by Benjamini & Hochberg, so that among thousands of pairs
    hardly any is raised by chance. Pairs of which fewer than 100 answered both are left out.
    """
    if responses.items > MOST_ITEMS:
        return Dependence(np.nan, 0, (), (f"More than {MOST_ITEMS} items: pairs of items were not looked at.",))
    q3, count = _q3(responses, ability, fit)
    first, second = np.triu_indices(responses.items, 1)
    value, n = q3[first, second], count[first, second]
    judged = np.isfinite(value) & (n >= TWO_PL_FROM)
    if not judged.any():
        return Dependence(
            np.nan, 0, (), (f"No two items were answered by {TWO_PL_FROM} alike: too few to judge pairs.",)
        )
    mean = float(value[judged].mean())
    apart = np.where(judged, np.arctanh(np.clip(value, -0.999, 0.999)) - np.arctanh(mean), np.nan)
    adjusted = benjamini_hochberg(_above(apart * np.sqrt(np.maximum(n - 3, 1))))
    raised = np.flatnonzero(judged & (value >= mean + APART) & (adjusted < SURE))
    pairs = [Pair(int(first[k]), int(second[k]), float(value[k]), int(n[k])) for k in raised]
    return Dependence(mean, int(judged.sum()), tuple(sorted(pairs, key=lambda pair: -pair.q3)), ())


def _above(z: Array) -> Array:
    from scipy.special import ndtr  # noqa: PLC0415 - takes seconds to import

    return np.asarray(ndtr(-z))


def _q3(responses: Responses, ability: Array, fit: Calibration) -> tuple[Array, Array]:
    """Correlate residuals, some thousand persons at a time, so that answers are never laid out whole."""
    order = np.argsort(responses.person, kind="stable")
    person, item, score = (np.asarray(each)[order] for each in (responses.person, responses.item, responses.score))
    count, sums, squares, cross = (np.zeros((responses.items,) * 2) for _ in range(4))
    for low in range(0, responses.persons, ROWS):
        high = min(low + ROWS, responses.persons)
        here = slice(*np.searchsorted(person, [low, high]))
        value = np.full((high - low, responses.items), np.nan)
        value[person[here] - low, item[here]] = score[here]
        value -= chances(ability[low:high], fit.a, fit.b)
        seen = (~np.isnan(value)).astype(np.float64)
        value = np.nan_to_num(value)
        count += seen.T @ seen
        sums += value.T @ seen
        squares += (value**2).T @ seen
        cross += value.T @ value
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance, variance = cross - sums * sums.T / count, squares - sums**2 / count
        return np.asarray(covariance / np.sqrt(variance * variance.T)), count
