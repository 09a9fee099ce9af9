"""What sums say of each item, as pages and files show it: numbers, options, months, and what is wrong in a sentence."""

from dataclasses import dataclass, replace

import numpy as np

from training.measurement.choices import OptionUse
from training.measurement.intervals import shrunken_correlations
from training.measurement.items import (
    Drift,
    ItemStatistics,
    Times,
    drift,
    item_statistics,
    response_times,
    rest_correlation,
)
from training.measurement.policy import CORRELATIONS_FROM, SHARES_FROM, sentence
from training.measurement.rapid import Rapid, rapid_answers
from training.measurement.reliability import WholeTest
from training.measurement.responses import Array
from training.measurement.sums import ItemSums
from training.measurement.verdicts import Flag, drift_flag, flags_of, rapid_flag
from training.services.summing import Summed, SureOf, sure_of

GRAVEST = (
    "negative_discrimination", "distractor_beats_key", "low_discrimination", "misfit", "too_hard", "no_variation",
    "too_easy", "drifted", "rapid_answers", "idle_options", "too_few", "not_answered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """The answers of one month: `month` counts from the year 0."""

    month: int
    n: int
    facility: float


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One version of an item as it was answered; NaN where too few answered to say.

    `flags` are what is wrong with it, the gravest first; `seconds` those that a tenth, half and nine tenths stayed
    below, `rapid` the share that came too soon to have been read. `options` go on from row to row where it has `rows`
    (matching, gaps, ordering), 1 for a single list, 0 where something is typed.
    """

    item_id: str
    version: str
    stem: str
    n: int
    standing: str
    p: float
    p_low: float
    p_high: float
    r_rest: float
    r_low: float
    r_high: float
    discrimination: float
    alpha_if_deleted: float
    seconds: tuple[float, float, float]
    rapid: float
    flags: tuple[Flag, ...]
    rows: int
    options: tuple[OptionUse, ...]
    names: tuple[str, ...]
    months: tuple[Month, ...]
    sure: tuple[SureOf, ...]

    @property
    def trouble(self) -> tuple[int, float]:
        """Sort by it: the gravest flag first, then the lowest correlation."""
        rank = min((GRAVEST.index(flag.name) for flag in self.flags), default=len(GRAVEST) - 2.5)
        return int(2 * rank), self.r_rest if self.r_rest == self.r_rest else 2.0


@dataclass(frozen=True, slots=True)
class _Found:
    """What was worked out of all items at once."""

    stats: ItemStatistics
    times: Times
    rapid: Rapid
    drifted: Drift
    deleted: Array | None


def figures_of(
    summed: Summed, test: WholeTest | None, general: Array, others: ItemSums | None = None
) -> list[ItemFigures]:
    """Work out what sums say of each item; `others` are items to judge them in the light of.

    `general` is the facility of all items together in each month, so that a better class is not taken for drift.
    """
    stats = item_statistics(summed.sums)
    if others:
        r = np.concatenate([rest_correlation(others), stats.r_rest])
        believed = shrunken_correlations(r, np.concatenate([others.pairs, summed.sums.pairs]))
        stats = replace(stats, r_rest_shrunken=believed[len(others.n) :])
    found = _Found(
        stats, response_times(summed.sums), rapid_answers(summed.sums, summed.time_points),
        drift(summed.months.n, summed.months.points, general), test.alpha_if_deleted if test else None,
    )  # fmt: skip
    return [_figures(summed, found, place) for place in range(len(summed.items))]


def _figures(summed: Summed, found: _Found, place: int) -> ItemFigures:
    asked, stats, times, uses = summed.items[place], found.stats, found.times, summed.options.uses[place]
    n, names = int(stats.n[place]), summed.options.names(place)
    deleted = float("nan") if found.deleted is None else float(found.deleted[place])

    def kept(value: float, at_least: int = CORRELATIONS_FROM) -> float:
        return float(value) if n >= at_least else float("nan")

    p, r = stats.facility_bounds, stats.r_rest_bounds
    quantiles = (times.quick, times.median, times.slow, found.rapid.share)
    timed = [float(each[place]) if times.n[place] >= SHARES_FROM else float("nan") for each in quantiles]
    return ItemFigures(
        asked.item_id, asked.version, asked.question.stem, n, sentence(n),
        kept(stats.facility[place], SHARES_FROM), kept(p.low[place], SHARES_FROM), kept(p.high[place], SHARES_FROM),
        kept(stats.r_rest[place]), kept(r.low[place]), kept(r.high[place]), kept(stats.discrimination[place]),
        kept(deleted), (timed[0], timed[1], timed[2]), timed[3],
        (*flags_of(stats, place, uses, names), *_over_time(found, place)), len(summed.options.of[place]),
        uses if n >= SHARES_FROM else (), names, _months(summed, place),
        sure_of(summed.sure.n[place], summed.sure.points[place]),
    )  # fmt: skip


def _over_time(found: _Found, place: int) -> tuple[Flag, ...]:
    """Say what months and seconds give away, where there are answers enough."""
    moved, rapid = found.drifted, found.rapid
    n = float(found.stats.n[place])
    flags = (
        drift_flag(n, float(moved.slope[place]), float(moved.p[place])),
        rapid_flag(
            *(float(each[place]) for each in (rapid.n, rapid.seconds, rapid.low, rapid.right, rapid.right_else))
        ),
    )
    return tuple(each for each in flags if each)


def general_facility(n: Array, points: Array) -> Array:
    """Give the facility of all items together in each month; NaN where nothing was answered."""
    total = n.sum(axis=1)
    return np.asarray(points.sum(axis=1) / np.where(total > 0, total, np.nan))


def _months(summed: Summed, place: int) -> tuple[Month, ...]:
    months = summed.months
    return tuple(
        Month(months.first + number, int(n), float(points / n) if n >= SHARES_FROM else float("nan"))
        for number, (n, points) in enumerate(zip(months.n[:, place], months.points[:, place], strict=True))
        if n
    )
