"""How far a pass or a fail can be trusted: the same decision on another form, and the right one for the true score."""

from dataclasses import dataclass

import numpy as np

from training.measurement.responses import Array

NODES = 2001


@dataclass(frozen=True, slots=True)
class Decisions:
    """Shares of learners, 0 to 1.

    `consistency`: decided alike on two forms; `kappa`: that beyond chance; `accuracy`: decided as the true score would.
    The rest were passed or failed wrongly.
    """

    consistency: float
    kappa: float
    accuracy: float
    false_pass: float
    false_fail: float


@dataclass(frozen=True, slots=True)
class _Truth:
    """A distribution of true scores as fractions, on equal steps."""

    at: Array
    weight: Array


def livingston_lewis(scores: Array, reliability: float, *, lowest: float, highest: float, cut: float) -> Decisions:
    """Decide by score >= cut, for any score from `lowest` to `highest` with a known reliability.

    The test behaves like n = ((M - lowest)(highest - M) - r s²) / (s² (1 - r)) right-or-wrong items; true scores
    follow a four-parameter beta distribution with the moments that such a test implies (two parameters where four do
    not fit), and observed ones are binomial about them: Livingston & Lewis (1995), J Educ Meas 32:179; Hanson (1991),
    ACT Research Report 91-5.
    """
    share = (np.asarray(scores, dtype=np.float64) - lowest) / (highest - lowest)
    mean, variance = float(share.mean()), float(share.var(ddof=1))
    if not (variance > 0 and 0 < reliability < 1):
        return Decisions(*[float("nan")] * 5)
    length = max(1, round((mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))))
    truth = _beta_truth(_true_moments(share, length))
    fraction = (cut - lowest) / (highest - lowest)
    need = int(np.ceil(round(length * fraction, 9)))
    return _decided(truth, _passing(truth.at, length, need), fraction)


def subkoviak(scores: Array, items: int, reliability: float, *, cut: float) -> Decisions:
    """Decide by number right >= cut; each learner's true share is Kelley's r x / k + (1 - r) M / k.

    Pass on another form with P_i = P(binomial(k, p_i) >= cut); consistency is the mean of P_i² + (1 - P_i)²: Subkoviak
    (1976), J Educ Meas 13:265.
    """
    right = np.asarray(scores, dtype=np.float64)
    true = np.clip((reliability * right + (1 - reliability) * right.mean()) / items, 0, 1)
    truth = _Truth(true, np.full(len(true), 1 / len(true)))
    return _decided(truth, _passing(true, items, int(np.ceil(cut))), cut / items)


def _decided(truth: _Truth, passing: Array, cut: float) -> Decisions:
    weight = truth.weight
    passed = float(weight @ passing)
    consistency = float(weight @ (passing**2 + (1 - passing) ** 2))
    chance = passed**2 + (1 - passed) ** 2
    deserved = truth.at >= cut - 1e-12
    false_pass, false_fail = float(weight @ (passing * ~deserved)), float(weight @ ((1 - passing) * deserved))
    kappa = (consistency - chance) / (1 - chance) if chance < 1 else float("nan")
    return Decisions(consistency, kappa, 1 - false_pass - false_fail, false_pass, false_fail)


def _passing(true: Array, items: int, need: int) -> Array:
    from scipy.special import bdtrc  # noqa: PLC0415 - takes seconds to import

    return np.asarray(np.ones_like(true) if need <= 0 else bdtrc(need - 1, items, true))


def _true_moments(share: Array, length: int) -> Array:
    """Give the first four raw moments of true scores: those of factorial powers, E x(x-1).. / (n (n-1) ..)."""
    x, product, moments = share * length, np.ones_like(share), []
    for power in range(min(4, length)):
        product = product * (x - power) / (length - power)
        moments.append(float(product.mean()))
    return np.array(moments)


def _beta_truth(moments: Array) -> _Truth:
    from scipy.special import betainc  # noqa: PLC0415 - takes seconds to import

    found = _four_parameters(moments) if len(moments) == 4 else None  # noqa: PLR2004 - four moments
    alpha, beta, low, high = found or _two_parameters(moments)
    edges = np.linspace(low, high, NODES + 1)
    weight = np.diff(betainc(alpha, beta, np.linspace(0, 1, NODES + 1)))
    return _Truth((edges[1:] + edges[:-1]) / 2, weight / weight.sum())


def _two_parameters(moments: Array) -> tuple[float, float, float, float]:
    mean = moments[0]
    variance = min(max(moments[1] - mean**2, 1e-8) if len(moments) > 1 else 1e-8, 0.999 * mean * (1 - mean))
    size = mean * (1 - mean) / variance - 1
    return mean * size, (1 - mean) * size, 0.0, 1.0


def _four_parameters(raw: Array) -> tuple[float, float, float, float] | None:
    """Match mean, variance, skewness and kurtosis; None where that gives no distribution within 0 to 1.

    Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, chapter 25.
    """
    m1, m2, m3, m4 = raw
    variance = m2 - m1**2
    if variance <= 0:
        return None
    skew = (m3 - 3 * m1 * m2 + 2 * m1**3) / variance**1.5
    kurtosis = (m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4) / variance**2
    below = 6 + 3 * skew**2 - 2 * kurtosis
    size = 6 * (kurtosis - skew**2 - 1) / below if below > 0 else 0.0
    if size <= 0:
        return None
    root = np.sqrt(max(0.0, 1 - 24 * (size + 1) / ((size + 2) * (size + 3) * kurtosis - 3 * (size + 1) * (size - 6))))
    small, large = size / 2 * (1 - root), size / 2 * (1 + root)
    alpha, beta = (small, large) if skew >= 0 else (large, small)
    if alpha <= 0 or beta <= 0:
        return None
    width = np.sqrt(variance * (size + 1)) * size / np.sqrt(alpha * beta)
    low = m1 - alpha / size * width
    return (float(alpha), float(beta), float(low), float(low + width)) if low >= 0 and low + width <= 1 else None
