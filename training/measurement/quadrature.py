"""Nodes and weights that stand for the ability of the population, close enough together for the longest test."""

from dataclasses import dataclass

import numpy as np

from training.measurement.responses import Array

REACH = 6.0
WIDEST = 0.25
SPACING = 1.2


@dataclass(frozen=True, slots=True)
class Grid:
    """Abilities and how common each is; the weights sum to 1."""

    nodes: Array
    weights: Array

    @property
    def spacing(self) -> float:
        """How far apart the nodes are."""
        return float(self.nodes[1] - self.nodes[0])


def normal_grid(spacing: float = WIDEST) -> Grid:
    """Give equally spaced nodes from -6 to 6, no further apart than asked, weighted by the standard normal density."""
    count = 2 * int(np.ceil(REACH / spacing)) + 1
    nodes = np.linspace(-REACH, REACH, count)
    density = np.exp(-(nodes**2) / 2)
    return Grid(nodes, density / density.sum())


def needed_spacing(largest_information: float) -> float:
    """Say how close nodes must be where a test gives at most this information: h <= 1.2 s, and at most 0.25.

    The posterior of an ability is about normal with s = 1 / sqrt(1 + information). The trapezoid rule with spacing h
    misses its integral by a factor of 2 exp(-2 pi² s² / h²), 2e-6 at h = 1.2 s: Trefethen & Weideman (2014), SIAM
    Review 56:385. Nodes that do not follow the length of the test lose accuracy where tests are long: 61 Gauss-Hermite
    nodes are 0.40 apart, and at 200 items s is 0.15.
    """
    return float(min(WIDEST, SPACING / np.sqrt(1 + max(0.0, largest_information))))
