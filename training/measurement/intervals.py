"""How sure a share, a correlation or a reliability is, and what to believe of it beside all the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from training.core.interval import Z_95
from training.measurement.responses import Array

FEWEST_FOR_Z = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower and upper ends of 95 % intervals; NaN where there is none."""

    low: Array
    high: Array


def wilson_bounds(share: ArrayLike, n: ArrayLike) -> Bounds:
    """Give score intervals of shares of n: Wilson (1927), J Am Stat Assoc 22:209; all of 0 to 1 where n is 0.

    centre = (p + z²/2n) / (1 + z²/n), half = z sqrt(p q / n + z²/4n²) / (1 + z²/n).
    """
    count, z = np.asarray(n, dtype=np.float64), Z_95
    trials = np.maximum(count, 1e-9)
    p = np.clip(np.nan_to_num(np.asarray(share, dtype=np.float64)), 0, 1)
    centre = (p + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * np.sqrt(p * (1 - p) / trials + z * z / (4 * trials**2)) / (1 + z * z / trials)
    return Bounds(
        np.where(count > 0, np.maximum(0, centre - half), 0.0), np.where(count > 0, np.minimum(1, centre + half), 1.0)
    )


def fisher_bounds(r: ArrayLike, n: ArrayLike, facility: ArrayLike | None = None) -> Bounds:
    """Give intervals of correlations: tanh(atanh r ± z se), se = 1 / sqrt(n - 3): Fisher (1921), Metron 1:3.

    Where one side is right or wrong, with the share `facility` right, the variance of r is not that of two normal
    variables: se² = (1 - 1.5 r² + r² / (4 p q)) / (n - 3), from Tate (1954), Ann Math Stat 25:603. Fewer than four
    pairs tell nothing.
    """
    value, count = np.asarray(r, dtype=np.float64), np.asarray(n, dtype=np.float64)
    factor: Array = np.ones(())
    if facility is not None:
        p = np.asarray(facility, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = np.maximum(1 - 1.5 * value**2 + value**2 / (4 * p * (1 - p)), 0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.arctanh(np.clip(value, -1 + 1e-12, 1 - 1e-12))
        half = Z_95 * np.sqrt(factor / (count - 3))
        known = count >= FEWEST_FOR_Z
        return Bounds(np.where(known, np.tanh(z - half), np.nan), np.where(known, np.tanh(z + half), np.nan))


def slope_bounds(slope: ArrayLike, error: ArrayLike) -> Bounds:
    """Give intervals of slopes above 0 on their log scale, exp(ln a ± z se / a); plain ones, a ± z se, of the others.

    A scale has a skew sampling distribution, its logarithm hardly: Cox & Hinkley (1974), Theoretical Statistics, 9.3.
    """
    a, se = np.asarray(slope, dtype=np.float64), np.asarray(error, dtype=np.float64)
    up = a > 0
    ratio = np.exp(Z_95 * se / np.where(up, a, 1.0))
    return Bounds(np.where(up, a / ratio, a - Z_95 * se), np.where(up, a * ratio, a + Z_95 * se))


def feldt_bounds(alpha: float, persons: float, items: float) -> tuple[float, float]:
    """Give the interval of a coefficient alpha: 1 - (1 - alpha) F, F with n - 1 and (n - 1)(k - 1) degrees of freedom.

    Feldt (1965), Psychometrika 30:357; Feldt, Woodruff & Salih (1987), Appl Psychol Meas 11:93.
    """
    from scipy.special import fdtri  # noqa: PLC0415 - takes seconds to import

    if not np.isfinite(alpha) or persons < 2 or items < 2:  # noqa: PLR2004 - no degrees of freedom are left
        return float("nan"), float("nan")
    free, rest = persons - 1, (persons - 1) * (items - 1)
    return 1 - (1 - alpha) * float(fdtri(free, rest, 0.975)), 1 - (1 - alpha) * float(fdtri(free, rest, 0.025))


def shrunken_shares(points: Array, n: Array) -> Array:
    """Pull shares towards the mean of the bank, the more the fewer answers: (c + m mu) / (n + m).

    m is the prior's size by moments of the beta-binomial: Kleinman (1973), J Am Stat Assoc 68:46. Items never answered
    get the mean.
    """
    seen = n > 0
    if not seen.any():
        return np.full(len(n), np.nan)
    share, count = points[seen] / n[seen], n[seen]
    mean = float(points[seen].sum() / count.sum())
    within = mean * (1 - mean)
    apart = float((count * (share - mean) ** 2).sum())
    free = len(count) - 1
    scale = float(count.sum() - (count**2).sum() / count.sum())
    between = (apart - free * within) / max(scale - free, 1e-9) if free > 0 else 0.0
    size = within / between - 1 if between > 0 else np.inf
    if not np.isfinite(size):
        return np.full(len(n), mean)
    return np.asarray((points + max(size, 0.0) * mean) / np.maximum(n + max(size, 0.0), 1e-9))


def shrunken_correlations(r: Array, n: Array) -> Array:
    """Pull correlations towards the mean of the bank on Fisher's z: (z (n - 3) + mean / t²) / (n - 3 + 1 / t²).

    t² is the spread of the true values, by moments: DerSimonian & Laird (1986), Control Clin Trials 7:177.
    """
    known = np.isfinite(r) & (n >= FEWEST_FOR_Z) & (np.abs(r) < 1)
    if known.sum() < 2:  # noqa: PLR2004 - a spread needs two
        return np.where(known, r, np.nan)
    z, weight = np.arctanh(r[known]), n[known] - 3.0
    mean = float((z * weight).sum() / weight.sum())
    excess = float((weight * (z - mean) ** 2).sum()) - (len(z) - 1)
    spread = max(0.0, excess / float(weight.sum() - (weight**2).sum() / weight.sum()))
    found = np.full(len(r), np.tanh(mean))
    if spread > 0:
        found[known] = np.tanh((z * weight + mean / spread) / (weight + 1 / spread))
    return found
