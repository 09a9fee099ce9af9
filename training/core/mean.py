"""The mean of a few measurements and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from training.core.interval import Z_95


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of n values and its 95 % interval, in the values' own unit."""

    n: int
    value: float
    low: float
    high: float


def mean_of(values: Sequence[float], *, least: float, most: float) -> Mean:
    """Give the mean with its t interval, kept between `least` and `most`, which no value can leave.

    mean ± t(n - 1) s / sqrt(n), Student (1908), Biometrika 6:1-25. With one value nothing is known about
    the spread: the interval is all of `least` to `most`. Raises ValueError without values.
    """
    if not values:
        raise ValueError("no values, no mean")
    n, mean = len(values), fmean(values)
    if n == 1:
        return Mean(n, mean, least, most)
    half = t_95(n - 1) * stdev(values) / sqrt(n)
    return Mean(n, mean, max(least, mean - half), min(most, mean + half))


def t_95(degrees: int) -> float:
    """Give the two-sided 95 % point of Student's t, to 0.2 % and better from 5 degrees of freedom up, exact below.

    From 5 up by the expansion of Abramowitz and Stegun (1964), 26.7.5.
    """
    few = {1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764}
    if degrees in few:
        return few[degrees]
    z = Z_95
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / float(degrees) ** power for power, term in enumerate(terms))
