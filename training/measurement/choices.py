"""What each option of an item does: who chooses it, whether it is worth its place, whether it beats the key."""

from dataclasses import dataclass

import numpy as np

from training.measurement.intervals import fisher_bounds
from training.measurement.items import thirds
from training.measurement.responses import Array
from training.measurement.sums import BANDS, ItemSums

IDLE_BELOW = 0.05


@dataclass(frozen=True, slots=True)
class OptionUse:
    """One option of one item. `by_third` is the share that chose it among the lowest, middle and highest third.

    `r` is the correlation of choosing it with the person's whole score. `idle`: a distractor that fewer than one in
    twenty choose (Haladyna & Downing 1993, Educ Psychol Meas 53:999). `beats_key`: those who choose it are surely
    abler.
    """

    option: int
    n: int
    share: float
    by_third: tuple[float, float, float]
    r: float
    r_low: float
    r_high: float
    right: bool
    idle: bool
    beats_key: bool


def option_uses(sums: ItemSums, right: Array) -> tuple[tuple[OptionUse, ...], ...]:
    """Describe the options of every item. `right` is items x options: what each earns; NaN where there is none."""
    n, share, by_third, r, low, high = _table(sums)
    key_low = np.max(np.where(right > 0, low.T, -np.inf), axis=1)
    key_high = np.max(np.where(right > 0, high.T, -np.inf), axis=1)
    answered = sums.chosen.sum(axis=(0, 2))
    offered = ~np.isnan(right)

    def use(item: int, option: int) -> OptionUse:
        keyed = bool(right[item, option] > 0)
        return OptionUse(
            option, int(n[option, item]), float(share[option, item]), tuple(by_third[:, option, item].tolist()),
            float(r[option, item]), float(low[option, item]), float(high[option, item]), keyed,
            idle=not keyed and bool(answered[item] >= 20 and share[option, item] < IDLE_BELOW),  # noqa: PLR2004 - the policy's
            beats_key=not keyed and bool(low[option, item] > max(key_high[item], 0) and np.isfinite(key_low[item])),
        )  # fmt: skip

    return tuple(
        tuple(use(item, option) for option in range(right.shape[1]) if offered[item, option])
        for item in range(right.shape[0])
    )


def _table(sums: ItemSums) -> tuple[Array, ...]:
    """Give, as options x items: how many chose, their share, the share in each third, and r with its interval."""
    chosen = sums.chosen
    n, answered = chosen.sum(axis=2), chosen.sum(axis=(0, 2))
    share = n / np.maximum(answered, 1)
    all_bands = chosen.sum(axis=0)
    parts = thirds(all_bands)
    in_third = np.einsum("tib,oib->toi", parts, chosen)
    by_third = in_third / np.maximum(np.einsum("tib,ib->ti", parts, all_bands), 1e-9)[:, None, :]
    level = np.arange(BANDS) / (BANDS - 1)
    mean = (all_bands @ level) / np.maximum(answered, 1)
    variance = (all_bands @ level**2) / np.maximum(answered, 1) - mean**2
    choosers = (chosen @ level) / np.maximum(n, 1)
    spread = np.sqrt(np.maximum(variance * share * (1 - share), 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.where(spread > 1e-9, share * (choosers - mean) / spread, np.nan)  # noqa: PLR2004 - more than rounding
    bounds = fisher_bounds(r, np.broadcast_to(answered, r.shape))
    return n, share, by_third, r, bounds.low, bounds.high
