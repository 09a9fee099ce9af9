"""What each option of an item does: who chooses it, whether it is worth its place, whether it beats the key."""

from dataclasses import dataclass

import numpy as np

from training.core.tally import BANDS
from training.measurement.intervals import fisher_bounds
from training.measurement.items import thirds
from training.measurement.policy import CORRELATIONS_FROM, RASCH_FROM
from training.measurement.responses import Array, Flags
from training.measurement.sums import ItemSums

IDLE_BELOW = 0.05
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class OptionUse:
    """One option of one item. `by_third` is the share that chose it among the lowest, middle and highest third.

    `r` is the correlation of choosing it with the person's whole score. `idle`: a distractor that fewer than one in
    twenty choose (Haladyna & Downing 1993, Educ Psychol Meas 53:999), judged from 50 answers on: of 20, one in ten
    would often be none. `beats_key`: those who choose it are surely abler.
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


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The same for all items: arrays of options x items; `by_third` has the thirds before them."""

    n: Array
    share: Array
    by_third: Array
    r: Array
    r_low: Array
    r_high: Array
    right: Flags
    idle: Flags
    beats_key: Flags
    offered: Flags

    def of(self, item: int) -> tuple[OptionUse, ...]:
        """Give the options of one item."""
        return tuple(self._use(int(option), item) for option in np.flatnonzero(self.offered[:, item]))

    def _use(self, option: int, item: int) -> OptionUse:
        at = (option, item)
        low, middle, high = self.by_third[:, option, item].tolist()
        return OptionUse(
            option, int(self.n[at]), float(self.share[at]), (low, middle, high), float(self.r[at]),
            float(self.r_low[at]), float(self.r_high[at]),
            right=bool(self.right[at]), idle=bool(self.idle[at]), beats_key=bool(self.beats_key[at]),
        )  # fmt: skip


def option_table(sums: ItemSums, right: Array) -> OptionTable:
    """Describe the options of every item. `right` is items x options: what each earns; NaN where there is none."""
    return option_table_of(sums.chosen, sums.chosen.sum(axis=0), right)


def option_table_of(chosen: Array, asked: Array, right: Array) -> OptionTable:
    """Describe options from counts: `chosen` is options x rows x percents of the score, `asked` rows x percents.

    Of several options in a row a person may choose more than one; each is held against all who answered.
    """
    n, share, by_third, r, low, high = _table(chosen, asked)
    keyed = (right > 0).T
    key_high = np.max(np.where(keyed, high, -np.inf), axis=0, initial=-np.inf)
    answers = asked.sum(axis=1)
    return OptionTable(
        n, share, by_third, r, low, high, keyed,
        idle=~keyed & (answers >= RASCH_FROM) & (share < IDLE_BELOW),
        beats_key=~keyed & (answers >= CORRELATIONS_FROM) & np.isfinite(key_high) & (low > np.maximum(key_high, 0)),
        offered=~np.isnan(right).T,
    )  # fmt: skip


def _table(chosen: Array, all_bands: Array) -> tuple[Array, ...]:
    """Give, as options x items: how many chose, their share, the share in each third, and r with its interval."""
    n, answered = chosen.sum(axis=2), all_bands.sum(axis=1)
    share = n / np.maximum(answered, 1)
    parts = thirds(all_bands)
    in_third = np.stack([np.einsum("ib,oib->oi", part, chosen) for part in parts])
    by_third = in_third / np.maximum((parts * all_bands).sum(axis=2), TINY)[:, None, :]
    level = np.arange(BANDS) / (BANDS - 1)
    mean = (all_bands @ level) / np.maximum(answered, 1)
    variance = (all_bands @ level**2) / np.maximum(answered, 1) - mean**2
    choosers = (chosen @ level) / np.maximum(n, 1)
    spread = np.sqrt(np.maximum(variance * share * (1 - share), 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.where(spread > TINY, share * (choosers - mean) / spread, np.nan)
    bounds = fisher_bounds(r, np.broadcast_to(answered, r.shape))
    return n, share, by_third, r, bounds.low, bounds.high
