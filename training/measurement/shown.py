"""The numbers of an analysis that its answers allow to be shown; NaN in place of all others."""

from dataclasses import dataclass

import numpy as np

from training.measurement.items import ItemStatistics
from training.measurement.policy import COUNTS_ONLY, PROVISIONAL, RASCH, SHARES_ONLY
from training.measurement.reliability import WholeTest
from training.measurement.responses import Array


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry per item, and four numbers of the test."""

    p: Array
    p_low: Array
    p_high: Array
    r_rest: Array
    r_low: Array
    r_high: Array
    discrimination: Array
    alpha_if_deleted: Array
    a: Array
    se_a: Array
    b: Array
    se_b: Array
    alpha: float
    alpha_low: float
    alpha_high: float
    sem: float


def shown(test: WholeTest, items: ItemStatistics, model: tuple[Array, Array, Array, Array], *, common: bool) -> Shown:
    """Keep what the policy allows; `model` is a, its error, b, its error. A common slope needs no more than Rasch."""
    n = items.n
    slope = PROVISIONAL if common else RASCH
    a, se_a, b, se_b = model

    def kept(values: Array, at_least: int) -> Array:
        return np.where(n >= at_least, values, np.nan)

    def of_all(value: float) -> float:
        return value if test.n >= SHARES_ONLY else float("nan")

    facility, correlation = items.facility_bounds, items.r_rest_bounds
    return Shown(
        p=kept(items.facility, COUNTS_ONLY),
        p_low=kept(facility.low, COUNTS_ONLY),
        p_high=kept(facility.high, COUNTS_ONLY),
        r_rest=kept(items.r_rest, SHARES_ONLY),
        r_low=kept(correlation.low, SHARES_ONLY),
        r_high=kept(correlation.high, SHARES_ONLY),
        discrimination=kept(items.discrimination, SHARES_ONLY),
        alpha_if_deleted=kept(test.alpha_if_deleted, SHARES_ONLY),
        a=kept(a, slope),
        se_a=kept(se_a, slope),
        b=kept(b, slope),
        se_b=kept(se_b, slope),
        alpha=of_all(test.alpha),
        alpha_low=of_all(test.alpha_low),
        alpha_high=of_all(test.alpha_high),
        sem=of_all(test.sem),
    )
