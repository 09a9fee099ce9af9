"""Two calibrations on one scale, by the items they have in common."""

from dataclasses import dataclass

import numpy as np

from training.measurement.information import chances
from training.measurement.quadrature import normal_grid
from training.measurement.responses import Array, Flags

DRIFTED = 1.645


@dataclass(frozen=True, slots=True)
class Link:
    """Target theta = slope x own theta + shift; so b' = slope b + shift and a' = a / slope."""

    slope: float
    shift: float

    def ability(self, ability: Array) -> Array:
        """Carry abilities over."""
        return np.asarray(self.slope * ability + self.shift)

    def items(self, a: Array, b: Array) -> tuple[Array, Array]:
        """Carry items over."""
        return a / self.slope, self.slope * b + self.shift


def mean_sigma(b: Array, target_b: Array) -> Link:
    """Match mean and standard deviation of the common difficulties: Marco (1977), J Educ Meas 14:139."""
    slope = float(np.std(target_b) / np.std(b))
    return Link(slope, float(np.mean(target_b) - slope * np.mean(b)))


def stocking_lord(a: Array, b: Array, target_a: Array, target_b: Array) -> Link:
    """Match the expected sum scores over the common items: Stocking & Lord (1983), Appl Psychol Meas 7:201.

    Least squares over abilities weighted as N(0, 1) on the target scale, from where mean-sigma puts it.
    """
    return _matched(a, b, target_a, target_b, together=True)


def haebara(a: Array, b: Array, target_a: Array, target_b: Array) -> Link:
    """Match each common item's curve: Haebara (1980), Jap Psychol Res 22:144; weighted as in `stocking_lord`."""
    return _matched(a, b, target_a, target_b, together=False)


def _matched(a: Array, b: Array, target_a: Array, target_b: Array, *, together: bool) -> Link:
    from scipy.optimize import least_squares  # noqa: PLC0415 - takes seconds to import

    grid = normal_grid()
    wanted, weight = chances(grid.nodes, target_a, target_b), np.sqrt(grid.weights)

    def misses(link: Array) -> Array:
        apart = chances(grid.nodes, a / link[0], link[0] * b + link[1]) - wanted
        return np.asarray((apart.sum(axis=1) if together else apart.T) * weight).ravel()

    start = mean_sigma(b, target_b)
    found = least_squares(misses, [start.slope, start.shift], bounds=([1e-3, -np.inf], np.inf), xtol=1e-12, ftol=1e-12)
    return Link(float(found.x[0]), float(found.x[1]))


def drifted(b: Array, target_b: Array, link: Link) -> Flags:
    """Say which common items moved: |robust z| > 1.645 of what the link leaves over.

    z = (d - median) / (0.74 IQR): Huynh & Meyer (2010), Appl Psychol Meas 34:549.
    """
    apart = target_b - (link.slope * b + link.shift)
    low, middle, high = np.quantile(apart, [0.25, 0.5, 0.75])
    spread = 0.74 * (high - low)
    return np.asarray(np.abs(apart - middle) > DRIFTED * spread if spread > 0 else apart != middle)
