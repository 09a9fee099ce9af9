"""What a test is worth, from sums alone: no answer is read, so a report opens as fast over millions as over tens."""

import numpy as np

from training.measurement.intervals import feldt_bounds
from training.measurement.reliability import WholeTest, alphas
from training.measurement.responses import Array
from training.measurement.score_sums import ScoreSums
from training.measurement.sums import ItemSums


def summed_test(sums: ItemSums, scores: ScoreSums) -> WholeTest:
    """Work out the same as `summarise_test`: exactly for complete answers, else from items as they were drawn.

    The product of an item with all others of the same person is m - 1 times that with their mean, with m the mean
    number of answers. Where persons drew different items, their means are not taken off each rest: items drawn at
    random make a rest noisier and are not related to the answer, so the covariances stay right on average.
    """
    n, length = int(scores.n), round(scores.answered / scores.n) if scores.n else 0
    square = float(sums.unit) ** 2
    some = np.maximum(sums.n, 1)
    squares = (sums.squares - sums.points**2 / some) / square
    pairs = np.maximum(sums.pairs, 1)
    products = max(length - 1, 0) * (sums.cross - sums.first * sums.rest / pairs) / square
    shared = max(length - 1, 0) * sums.pairs
    alpha, deleted = alphas(sums.n, squares, products, shared, length)
    low, high = feldt_bounds(alpha, n, length)
    sd = scores.sd * length
    return WholeTest(
        n, int((sums.n > 0).sum()), length, scores.mean * length, sd, alpha, low, high,
        sd * float(np.sqrt(1 - alpha)) if alpha <= 1 else float("nan"), deleted,
    )  # fmt: skip


def effective_weights(answered: Array, product: Array, share: Array, whole: ScoreSums) -> Array:
    """Give each section's share in the spread of the total: cov(section, total) / var(total), sections in points.

    Wang & Stanley (1970), Rev Educ Res 40:663. NaN where the total never varies.
    """
    together = (product - share * whole.fraction / whole.n) * answered / whole.n
    total = float(together.sum())
    return np.asarray(together / total if total > 0 else np.full(len(together), np.nan))
