"""What sums say of each item: how hard, how well it tells strong from weak, how long it takes, whether it drifts."""

from dataclasses import dataclass

import numpy as np

from training.core.tally import QUICKEST, TIMES_PER_OCTAVE
from training.measurement.intervals import (
    Bounds,
    fisher_bounds,
    shrunken_correlations,
    shrunken_shares,
    wilson_bounds,
)
from training.measurement.responses import Array
from training.measurement.sums import ItemSums

EXTREME_SHARE = 0.27


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """An entry per item; NaN where nothing can be said.

    `r_rest` is the correlation with the mean score on all other items that the same person answered, `discrimination`
    the facility in the best 27 % less that in the worst. The shrunken values are what to believe before more answers
    come.
    """

    n: Array
    facility: Array
    facility_bounds: Bounds
    facility_shrunken: Array
    r_rest: Array
    r_rest_bounds: Bounds
    r_rest_shrunken: Array
    discrimination: Array


def item_statistics(sums: ItemSums) -> ItemStatistics:
    """Work out all of it: Lord & Novick (1968), Statistical Theories of Mental Test Scores, chapter 15."""
    points = sums.points / sums.unit
    facility = _ratio(points, sums.n)
    r_rest = rest_correlation(sums)
    share = np.where(_binary(sums), facility, np.nan)
    return ItemStatistics(
        n=sums.n,
        facility=facility,
        facility_bounds=wilson_bounds(facility, sums.n),
        facility_shrunken=shrunken_shares(points, sums.n),
        r_rest=r_rest,
        r_rest_bounds=_rest_bounds(r_rest, sums.pairs, share),
        r_rest_shrunken=shrunken_correlations(r_rest, sums.pairs),
        discrimination=extreme_groups(sums),
    )


def _rest_bounds(r: Array, n: Array, facility: Array) -> Bounds:
    plain, two_sided = fisher_bounds(r, n), fisher_bounds(r, n, facility)
    use = np.isfinite(two_sided.low)
    return Bounds(np.where(use, two_sided.low, plain.low), np.where(use, two_sided.high, plain.high))


def _binary(sums: ItemSums) -> Array:
    return np.asarray(sums.squares == sums.points * sums.unit)


def rest_correlation(sums: ItemSums) -> Array:
    """Give r = (n sum xr - sum x sum r) / sqrt((n sum x² - (sum x)²) (n sum r² - (sum r)²)).

    NaN where one of them never varies.
    """
    n = sums.pairs
    own = n * sums.first_squares - sums.first**2
    rest = n * sums.rest_squares - sums.rest**2
    varied = (own > 1e-9 * n * sums.first_squares) & (rest > 1e-9 * n * sums.rest_squares)  # more than rounding
    product = np.sqrt(np.where(varied, own * rest, np.nan))
    return np.clip((n * sums.cross - sums.first * sums.rest) / product, -1, 1)


def extreme_groups(sums: ItemSums, share: float = EXTREME_SHARE) -> Array:
    """Give D = p(upper) - p(lower) with 27 % of those who answered in each: Kelley (1939), J Educ Psychol 30:17.

    Persons are ordered by whole percents of their score; where the edge falls among equals, each counts by the fraction
    of them that would be needed, the mean over all ways to break the tie.
    """
    wanted = share * sums.n
    lower = _up_to(sums.band_n, wanted)
    upper = _up_to(sums.band_n[:, ::-1], wanted)[:, ::-1]
    mean = _ratio(sums.band_points / sums.unit, sums.band_n, empty=0.0)
    return _ratio((mean * upper).sum(axis=1) - (mean * lower).sum(axis=1), wanted)


def thirds(band_n: Array) -> Array:
    """Give thirds x items x bands: which part of each band is in the lowest, middle and highest third."""
    n = band_n.sum(axis=1)
    low, two = _up_to(band_n, n / 3), _up_to(band_n, 2 * n / 3)
    parts = np.stack([low, two - low, band_n - two])
    return np.asarray(np.where(band_n > 0, parts / np.where(band_n > 0, band_n, 1), 0.0))


def _up_to(band_n: Array, wanted: Array) -> Array:
    """Give how many of each band are among the first `wanted`."""
    reached = np.cumsum(band_n, axis=1)
    return np.clip(wanted[:, None] - (reached - band_n), 0, band_n)


def _ratio(part: Array, whole: Array, empty: float = float("nan")) -> Array:
    return np.asarray(np.where(whole > 0, part / np.where(whole > 0, whole, 1), empty))


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that a tenth, a half and nine tenths of the answers stayed below; NaN where no time is known."""

    n: Array
    quick: Array
    median: Array
    slow: Array


def response_times(sums: ItemSums) -> Times:
    """Read quantiles of answering times off their classes, evenly spread on the log scale within each (18 % wide)."""
    return Times(sums.times.sum(axis=1), *(_quantile(sums.times, share) for share in (0.1, 0.5, 0.9)))


def _quantile(times: Array, share: float) -> Array:
    n = times.sum(axis=1)
    reached = np.cumsum(times, axis=1)
    place = np.argmax(reached >= share * n[:, None], axis=1)
    row = np.arange(len(times))
    inside = np.where(
        n > 0, (share * n - reached[row, place] + times[row, place]) / np.maximum(times[row, place], 1), 0
    )
    return np.asarray(np.where(n > 0, QUICKEST * 2 ** ((place + inside) / TIMES_PER_OCTAVE), np.nan))


@dataclass(frozen=True, slots=True)
class Drift:
    """How an item's facility moves from one period to the next: `slope` per period, and the chance of one as steep."""

    slope: Array
    p: Array


def drift(n: Array, points: Array, general: Array | None = None) -> Drift:
    """Test for a straight trend over periods (periods x items): chi² = T² / V with one degree of freedom.

    Cochran (1954), Biometrics 10:417; Armitage (1955), Biometrics 11:375: T = sum (x_t - p n_t) (t - mean t),
    V = p q sum n_t (t - mean t)². With `general`, the facility of all items together in each period, only what an item
    does beyond them counts: x_t less n_t times how far the period lies from the item's mean period.
    """
    from scipy.special import chdtrc  # noqa: PLC0415 - takes seconds to import

    when = np.arange(len(n), dtype=np.float64)[:, None]
    total = n.sum(axis=0)
    if general is not None:
        level = np.nan_to_num(general)[:, None]
        points = points - n * (level - _ratio((n * level).sum(axis=0), total))
    share = _ratio(points.sum(axis=0), total)
    apart = when - _ratio((n * when).sum(axis=0), total)
    spread = (n * apart**2).sum(axis=0)
    pull = ((points - share * n) * apart).sum(axis=0)
    square = _ratio(pull**2, share * (1 - share) * spread)
    return Drift(_ratio(pull, spread), np.asarray(chdtrc(1, square)))
