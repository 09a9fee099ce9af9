"""A fixed point x = G(x) found in fewer steps than by repeating G."""

import numpy as np

from training.measurement.responses import Array

MEMORY = 4


class Anderson:
    """Anderson acceleration: the next point is mixed from the last few, so that their residuals G(x) - x cancel best.

    Anderson (1965), J ACM 12:547; Walker & Ni (2011), SIAM J Numer Anal 49:1715, type II with no damping.
    """

    def __init__(self) -> None:
        self.points: list[Array] = []
        self.residuals: list[Array] = []

    def restart(self) -> None:
        """Forget what went before: the mixture led astray."""
        self.points.clear()
        self.residuals.clear()

    def next(self, at: Array, mapped: Array) -> Array:
        """Give the point to try after `at`, which G maps to `mapped`."""
        self.points.append(mapped)
        self.residuals.append(mapped - at)
        del self.points[: -MEMORY - 1], self.residuals[: -MEMORY - 1]
        if len(self.points) == 1:
            return mapped
        steps = np.diff(np.array(self.residuals), axis=0).T
        mix, *_ = np.linalg.lstsq(steps, self.residuals[-1], rcond=1e-10)
        return np.asarray(mapped - np.diff(np.array(self.points), axis=0).T @ mix)
