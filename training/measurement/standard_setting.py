"""Setting a cut by judgement: Angoff's cut with its error, how judges differ, and Hofstee's check against the facts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JudgeSpread:
    """One judge against the panel, in percent points above (stricter) or below its mean.

    `consistency` is the correlation of her ratings with the mean of the others', None where there is none.
    """

    cut: float
    leniency: float
    consistency: float | None


@dataclass(frozen=True, slots=True)
class AngoffCut:
    """The panel's cut in percent: mean, standard deviation over judges and standard error; and each item's mean rating.

    `item_spread` is the standard deviation of the ratings of each item, from 0 to 1.
    """

    cut: float
    deviation: float | None
    standard_error: float | None
    items: tuple[float, ...]
    item_spread: tuple[float, ...]
    judges: tuple[JudgeSpread, ...]


@dataclass(frozen=True, slots=True)
class Hofstee:
    """The compromise of a panel's bounds with what learners scored: cut and failure rate in percent.

    None where the bounds and the scores do not meet.
    """

    cut: float
    fails: float


def angoff(ratings: Numbers) -> AngoffCut:
    """Give the cut from ratings (judges x items, 0 to 1; NaN where a judge gave none).

    Angoff (1971): a judge's cut is the mean of her ratings, the panel's the mean of its judges. The standard error is
    the deviation of the judges' cuts over the root of their number (Brennan & Lockwood 1980, APM 4:219), given from
    two judges on.
    """
    cuts = 100 * np.nanmean(ratings, axis=1)
    several = len(cuts) > 1
    spread = float(np.std(cuts, ddof=1)) if several else None
    with np.errstate(invalid="ignore"):
        deviations = np.nanstd(ratings, axis=0, ddof=1 if several else 0)
    return AngoffCut(
        float(cuts.mean()), spread, spread / float(np.sqrt(len(cuts))) if spread is not None else None,
        tuple(np.nanmean(ratings, axis=0).tolist()), tuple(np.nan_to_num(deviations).tolist()),
        tuple(_judge(ratings, number, cuts) for number in range(len(cuts))),
    )  # fmt: skip


def _judge(ratings: Numbers, number: int, cuts: Numbers) -> JudgeSpread:
    cut, others = float(cuts[number]), np.delete(ratings, number, axis=0)
    same = correlation(ratings[number], np.nanmean(others, axis=0)) if len(others) else None
    return JudgeSpread(cut, cut - float(cuts.mean()), same)


def correlation(one: Numbers, other: Numbers) -> float | None:
    """Give Pearson's correlation over what both have; None of fewer than three pairs, or where one never varies."""
    both = ~np.isnan(one) & ~np.isnan(other)
    a, b = one[both], other[both]
    if len(a) < 3 or a.std() == 0 or b.std() == 0:  # noqa: PLR2004 - two points always lie on a line
        return None
    return float(np.corrcoef(a, b)[0, 1])


def hofstee(bounds: Sequence[tuple[float, float, float, float]], percents: Sequence[float]) -> Hofstee | None:
    """Give the compromise between judges' bounds and learners' scores, all in percent.

    A judge's bounds are the lowest and highest cut and the lowest and highest failure rate. Hofstee (1983): the
    diagonal from (lowest cut, highest failure rate) to (highest cut, lowest failure rate), of the means over judges,
    meets the curve of failures by cut. None where it does not, or without scores.
    """
    if not bounds or not percents:
        return None
    low, high, least, most = np.array(bounds, dtype=float).mean(axis=0)
    scores = np.sort(np.array(percents, dtype=float))
    grid = np.linspace(low, high, 1001)
    fails = 100 * np.searchsorted(scores, grid - 1e-9, side="left") / len(scores)
    line = most + (least - most) * (grid - low) / (high - low) if high > low else np.full_like(grid, most)
    crossed = np.flatnonzero(fails >= line - 1e-9)
    if not len(crossed) or fails[0] > most + 1e-9:
        return None
    return Hofstee(float(grid[crossed[0]]), float(fails[crossed[0]]))
