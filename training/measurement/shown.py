"""The numbers of an analysis that its answers allow to be shown; NaN in place of all others."""

from dataclasses import dataclass

import numpy as np

from training.measurement.information import expected_facility
from training.measurement.items import ItemStatistics
from training.measurement.policy import CORRELATIONS_FROM, RASCH_FROM, SHARES_FROM, TWO_PL_FROM
from training.measurement.reliability import WholeTest
from training.measurement.responses import Array


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry per item, and four numbers of the test; `p_in_all` is the facility if everybody had met the item."""

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
    p_in_all: Array
    alpha: float
    alpha_low: float
    alpha_high: float
    sem: float


def shown(test: WholeTest, items: ItemStatistics, model: tuple[Array, Array, Array, Array], *, common: bool) -> Shown:
    """Keep what the policy allows; `model` is a, its error, b, its error. A common slope needs no more than Rasch."""
    n = items.n
    slope = RASCH_FROM if common else TWO_PL_FROM
    a, se_a, b, se_b = model

    def kept(values: Array, at_least: int) -> Array:
        return np.where(n >= at_least, values, np.nan)

    def of_all(value: float) -> float:
        return value if test.n >= CORRELATIONS_FROM else float("nan")

    facility, correlation = items.facility_bounds, items.r_rest_bounds
    return Shown(
        p=kept(items.facility, SHARES_FROM),
        p_low=kept(facility.low, SHARES_FROM),
        p_high=kept(facility.high, SHARES_FROM),
        r_rest=kept(items.r_rest, CORRELATIONS_FROM),
        r_low=kept(correlation.low, CORRELATIONS_FROM),
        r_high=kept(correlation.high, CORRELATIONS_FROM),
        discrimination=kept(items.discrimination, CORRELATIONS_FROM),
        alpha_if_deleted=kept(test.alpha_if_deleted, CORRELATIONS_FROM),
        a=kept(a, slope),
        se_a=kept(se_a, slope),
        b=kept(b, slope),
        se_b=kept(se_b, slope),
        p_in_all=kept(expected_facility(a, b), slope),
        alpha=of_all(test.alpha),
        alpha_low=of_all(test.alpha_low),
        alpha_high=of_all(test.alpha_high),
        sem=of_all(test.sem),
    )
