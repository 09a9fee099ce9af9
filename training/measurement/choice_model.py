"""Which of several options is right, from their features: a conditional logit, as a test-wise reader learns it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

STEPS = 60
RIDGE = 1.0
"""Shrinks the weights a little, so that a cue seen in few questions does not run away."""


def fit_choices(questions: Sequence[tuple[Numbers, int]]) -> Numbers:
    """Give the weight of each feature from questions (options x features, and the right option's row).

    Conditional logit: P(option) = exp(w x) / sum exp(w x'), by Newton's method with a ridge (McFadden 1974, in
    Zarembka, Frontiers in Econometrics, chapter 4). Zeros without questions.
    """
    width = questions[0][0].shape[1] if questions else 0
    weights = np.zeros(width)
    for _ in range(STEPS):
        gradient, curvature = -RIDGE * weights, RIDGE * np.eye(width)
        for features, key in questions:
            shares = np.exp(features @ weights - (features @ weights).max())
            shares /= shares.sum()
            mean = shares @ features
            gradient += features[key] - mean
            curvature += (features * shares[:, None]).T @ features - np.outer(mean, mean)
        step = np.linalg.solve(curvature, gradient) if width else gradient
        weights = weights + step
        if not width or np.abs(step).max() < 1e-8:  # noqa: PLR2004 - converged
            break
    return weights
