"""Whether items and persons behave as the model says: infit and outfit, S-X2, lz*, and items that hang together."""

from dataclasses import dataclass

import numpy as np

from training.measurement.information import chances
from training.measurement.quadrature import normal_grid
from training.measurement.responses import Array, Places

FEWEST_EXPECTED = 1.0
NO_SPREAD = 1e-9
FEWEST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Infit and outfit: 1 where the answers are as noisy as the model says."""

    infit: Array
    outfit: Array


def mean_squares(scores: Array, ability: Array, a: Array, b: Array, *, by_person: bool = False) -> MeanSquares:
    """Give outfit = mean of z², infit = sum (x - P)² / sum P (1 - P), of each item or each person.

    Wright & Masters (1982), Rating Scale Analysis, chapter 5. `scores` are persons x items with NaN for no answer.
    """
    axis = 1 if by_person else 0
    chance = chances(ability, a, b)
    seen = ~np.isnan(scores) & ~np.isnan(chance)
    spread = np.where(seen, chance * (1 - chance), 0.0)
    squares = np.where(seen, (np.nan_to_num(scores) - chance) ** 2, 0.0)
    surprise = np.where(spread > 0, squares / np.where(spread > 0, spread, 1), 0.0)
    count = seen.sum(axis=axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        return MeanSquares(squares.sum(axis=axis) / spread.sum(axis=axis), surprise.sum(axis=axis) / count)


def person_fit(scores: Array, ability: Array, a: Array, b: Array) -> Array:
    """Give lz* for Warm's abilities: standard normal for who answers as the model says, below -1.645 for odd answers.

    lz is (l - E l) / sd l of Drasgow, Levine & Williams (1985), Br J Math Stat Psychol 38:67; the star corrects for the
    ability being estimated: Snijders (2001), Psychometrika 66:331, with r0 = J / (2 I) as in Magis, Raiche & Beland
    (2012), J Educ Behav Stat 37:57.
    """
    chance = chances(ability, a, b)
    seen = ~np.isnan(scores) & ~np.isnan(chance)
    spread = np.where(seen, chance * (1 - chance), 0.0)
    weight = np.where(seen, a * (ability[:, None] - b), 0.0)  # log P / (1 - P)
    information = (spread * a**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        pull = (spread * a * weight).sum(axis=1) / information
        lean = (spread * (1 - 2 * chance) * a**3).sum(axis=1) / (2 * information)
        residual = np.where(seen, (np.nan_to_num(scores) - chance) * weight, 0.0).sum(axis=1)
        variance = (spread * (weight - pull[:, None] * a) ** 2).sum(axis=1)
        return np.asarray((residual + pull * lean) / np.sqrt(np.where(variance > NO_SPREAD, variance, np.nan)))


def dependence(scores: Array, ability: Array, a: Array, b: Array) -> Array:
    """Give Q3: the correlations between items of what the model leaves over. Yen (1984), Appl Psychol Meas 8:125.

    About -1 / (items - 1) where items are locally independent; a pair 0.2 above the mean of all hangs together
    (Christensen, Makransky & Horton 2017, Appl Psychol Meas 41:178).
    """
    residual = scores - chances(ability, a, b)
    seen = (~np.isnan(residual)).astype(np.float64)
    value = np.nan_to_num(residual)
    count, sums, squares = seen.T @ seen, value.T @ seen, (value**2).T @ seen
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = value.T @ value - sums * sums.T / count
        variance = squares - sums**2 / count
        return np.asarray(np.where(count >= FEWEST_TOGETHER, covariance / np.sqrt(variance * variance.T), np.nan))


@dataclass(frozen=True, slots=True)
class ItemFit:
    """S-X2 of each item with its degrees of freedom and the chance of one as large; NaN where it cannot be had."""

    chi_square: Array
    freedom: Array
    p: Array


def item_fit(scores: Array, a: Array, b: Array, *, parameters: int = 2) -> ItemFit:
    """Compare how often each sum score got the item right with what the model expects: S-X2, for complete data.

    X2_j = sum_k N_k (O_jk - E_jk)² / (E_jk (1 - E_jk)), E_jk = P(x_j = 1 | sum = k) by the recursion of Lord &
    Wingersky (1984): Orlando & Thissen (2000), Appl Psychol Meas 24:50. Sums expecting less than one right or wrong
    are put together.
    """
    from scipy.stats import chi2  # noqa: PLC0415 - takes seconds to import

    grid = normal_grid()
    chance = chances(grid.nodes, a, b).T
    total = scores.sum(axis=1).astype(int)
    items = len(a)
    count = np.bincount(total, minlength=items + 1)[1:items].astype(float)
    everyone = sum_score_chances(chance) @ grid.weights
    found = np.full((2, items), np.nan)
    for item in range(items):
        rest = sum_score_chances(np.delete(chance, item, axis=0))
        expected = ((rest[: items - 1] * chance[item]) @ grid.weights) / everyone[1:items]
        right = np.bincount(total, weights=scores[:, item], minlength=items + 1)[1:items]
        groups = _together(count, count * expected)
        n, o, e = (np.bincount(groups, weights=each) for each in (count, right, count * expected))
        n, o, e = (each[n > 0] for each in (n, o, e))
        if len(n) > parameters:
            found[:, item] = ((o - e) ** 2 / (e * (1 - e / n))).sum(), len(n) - parameters
    return ItemFit(found[0], found[1], np.asarray(chi2.sf(found[0], found[1])))


def sum_score_chances(chance: Array) -> Array:
    """Give the probability of each sum score at each ability from the items x abilities chances of a right answer.

    f_k(r) = f_{k-1}(r) (1 - P_k) + f_{k-1}(r - 1) P_k. Lord & Wingersky (1984), Appl Psychol Meas 8:453.
    """
    items, nodes = chance.shape
    found = np.zeros((items + 1, nodes))
    found[0] = 1.0
    for number, right in enumerate(chance, 1):
        found[1 : number + 1] = found[1 : number + 1] * (1 - right) + found[:number] * right
        found[0] *= 1 - right
    return found


def _together(count: Array, right: Array) -> Places:
    """Number the sum scores so that each number expects at least one right and one wrong answer."""
    groups, current, have = np.zeros(len(count), np.intp), 0, np.zeros(2)
    for place in range(len(count)):
        groups[place] = current
        have += right[place], count[place] - right[place]
        if have.min() >= FEWEST_EXPECTED:
            current, have = current + 1, np.zeros(2)
    if have.min() < FEWEST_EXPECTED and current and have.any():
        groups[groups == current] = current - 1
    return groups
