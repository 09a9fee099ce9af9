"""How sure a proportion is."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A range for a proportion, both ends from 0 to 1."""

    low: float
    high: float


def wilson(mean: float, n: int, z: float = Z_95) -> Interval:
    """Give the score interval of a proportion `mean` (0 to 1) seen in `n` trials.

    Wilson (1927), J Am Stat Assoc 22:209-212, as in Brown, Cai & DasGupta (2001). Partial credit
    counts as a fraction of a success, which makes the interval a little too wide, never too narrow.
    With n = 0 nothing is known: the interval is 0 to 1.
    """
    if n == 0:
        return Interval(0.0, 1.0)
    centre = (mean + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(mean * (1 - mean) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
