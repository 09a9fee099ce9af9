"""What a whole test is worth: its mean and spread, coefficient alpha with its interval, and the error of a score."""

from dataclasses import dataclass

import numpy as np

from training.measurement.intervals import feldt_bounds
from training.measurement.responses import Array, Responses, Totals, totals


@dataclass(frozen=True, slots=True)
class WholeTest:
    """A test of `length` items out of `items` known ones; scores are points on that length. NaN: cannot be said.

    `length` is the longest form that anyone answered; who answered less counts with the mean of what they answered.
    """

    n: int
    items: int
    length: int
    mean: float
    sd: float
    alpha: float
    alpha_low: float
    alpha_high: float
    sem: float
    alpha_if_deleted: Array


@dataclass(frozen=True, slots=True)
class _Spread:
    """Sums of squares and of products within persons, of scores less the item's mean, and the pairs they stand for."""

    squares: float
    answers: float
    products: float
    pairs: float

    def alpha(self, length: float) -> float:
        if length < 2 or self.pairs <= 0 or self.answers <= 0:  # noqa: PLR2004 - one item has no pair
            return float("nan")
        variance, covariance = self.squares / self.answers, self.products / self.pairs
        whole = variance + (length - 1) * covariance
        return length * covariance / whole if whole > 1e-12 else float("nan")  # noqa: PLR2004 - more than rounding


def summarise_test(responses: Responses, of: Totals | None = None) -> WholeTest:
    """Work it out, for complete data and where persons answered different items.

    alpha = k c / (v + (k - 1) c), with v the mean variance of the items and c the mean covariance of the pairs that
    were answered together: for complete data exactly k / (k - 1) (1 - sum s_j² / s_X²), Cronbach (1951),
    Psychometrika 16:297, which for right and wrong is KR-20 (Kuder & Richardson 1937). SEM = s_X sqrt(1 - alpha).
    """
    of = of or totals(responses)
    some = of.answered > 0
    length = int(of.answered.max()) if some.any() else 0
    scores = of.fraction[some] * length
    n = int(some.sum())
    sd = float(np.std(scores, ddof=1)) if n > 1 else float("nan")
    alpha, deleted = _alphas(responses, of, length)
    low, high = feldt_bounds(alpha, n, length)
    return WholeTest(
        n, responses.items, length, float(scores.mean()) if n else float("nan"), sd, alpha, low, high,
        sd * float(np.sqrt(1 - alpha)) if alpha <= 1 else float("nan"), deleted,
    )  # fmt: skip


def _alphas(responses: Responses, of: Totals, length: int) -> tuple[float, Array]:
    items, persons = responses.items, responses.persons
    n, points = np.zeros(items), np.zeros(items)
    for block in responses.blocks():
        n += np.bincount(responses.item[block], minlength=items)
        points += np.bincount(responses.item[block], weights=responses.score[block], minlength=items)
    mean, apart = points / np.maximum(n, 1), np.zeros(persons)
    for block in responses.blocks():
        residual = responses.score[block] - mean[responses.item[block]]
        apart += np.bincount(responses.person[block], weights=residual, minlength=persons)
    squares, products, shared = np.zeros(items), np.zeros(items), np.zeros(items)
    for block in responses.blocks():
        who, item = responses.person[block], responses.item[block]
        residual = responses.score[block] - mean[item]
        squares += np.bincount(item, weights=residual**2, minlength=items)
        products += np.bincount(item, weights=residual * (apart[who] - residual), minlength=items)
        shared += np.bincount(item, weights=of.answered[who] - 1, minlength=items)
    return alphas(n, squares, products, shared, length)


def alphas(n: Array, squares: Array, products: Array, shared: Array, length: int) -> tuple[float, Array]:
    """Give alpha, and alpha without each item, from sums of squares and products about the items' means.

    Allow for the means being estimated from the same answers, which takes a little off each variance and covariance.

    A variance keeps 1 - 1/n of its size, the covariance of j and k keeps 1 - 1/n_j - 1/n_k + n_jk / (n_j n_k). The
    number n_jk of persons who answered both is taken to be the same for all partners of an item.
    """
    some = np.maximum(n, 1)
    seen = n > 0
    partners = max(int(seen.sum()) - 1, 1)
    answers = np.where(n > 1, n - 1, 0.0)
    pairs = shared * (1 - 2 / some + shared / partners / some * np.mean(1 / some[seen])) if seen.any() else shared
    whole = _Spread(squares.sum(), answers.sum(), products.sum(), pairs.sum())
    deleted = [
        _Spread(
            whole.squares - squares[each], whole.answers - answers[each],
            whole.products - 2 * products[each], whole.pairs - 2 * pairs[each],
        ).alpha(length - 1)
        for each in range(len(n))
    ]  # fmt: skip
    return whole.alpha(length), np.where(n > 0, deleted, np.nan)


def score_errors(right: Array, items: int, alpha: float) -> Array:
    """Give the standard error of each number right: sqrt(x (k - x) / (k - 1)), scaled to fit alpha.

    Lord (1957), Educ Psychol Meas 17:510, with the correction of Keats (1957), Psychometrika 22:29, by
    (1 - alpha) / (1 - KR-21): items are not equally hard, so the binomial error alone is a little too large.
    """
    x = np.asarray(right, dtype=np.float64)
    binomial = x * (items - x) / (items - 1)
    variance = float(np.var(x, ddof=1))
    mean_square = float(binomial.mean())
    scale = (1 - alpha) * variance / mean_square if mean_square > 0 else 1.0
    return np.asarray(np.sqrt(binomial * max(scale, 0.0)))


def section_weights(sections: Array) -> Array:
    """Give each section's share in the spread of the total: cov(section, total) / var(total); the shares sum to 1.

    `sections` are persons x sections of points. The nominal weights say what was meant, these what happened: Wang &
    Stanley (1970), Rev Educ Res 40:663.
    """
    total = sections.sum(axis=1)
    apart = total - total.mean()
    spread = float(apart @ apart)
    return np.asarray(
        apart @ (sections - sections.mean(axis=0)) / spread if spread > 0 else np.full(sections.shape[1], np.nan)
    )
