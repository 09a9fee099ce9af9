"""What answers say of items: how each works, which deserve a look, from sums that are kept up to date."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import numpy as np

from training.core.blueprint import Mode
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound
from training.measurement.choices import OptionTable, OptionUse, option_table
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
from training.measurement.reliability import WholeTest
from training.measurement.responses import Array
from training.measurement.summed import summed_test
from training.measurement.sums import ItemSums
from training.measurement.verdicts import Flag, flags_of
from training.services.app import App
from training.services.summing import Scores, Summed, SureOf, items_of, others_of, scores_of, sure_of, together
from training.store import sum_reading
from training.store.database import Connection
from training.store.sum_reading import Fresh, Of

__all__ = [
    "Fresh", "ItemFigures", "ItemReport", "ItemSummary", "ItemTable", "Month", "Quiz", "item", "item_summary", "items",
    "quizzes",
]  # fmt: skip

GRAVEST = (
    "negative_discrimination", "distractor_beats_key", "low_discrimination", "misfit", "too_hard", "no_variation",
    "too_easy", "idle_options", "drifted", "too_few", "not_answered",
)  # fmt: skip
DRIFTED = 0.001


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz that was handed in: its title, and how many attempts are in its sums."""

    slug: str
    title: str
    mode: Mode
    attempts: int


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
    below.
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
    flags: tuple[Flag, ...]
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
class ItemTable:
    """All items of a quiz as they were answered, those that deserve a look first, and how fresh this is."""

    quiz: Quiz
    items: tuple[ItemFigures, ...]
    fresh: Fresh
    sure: tuple[SureOf, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemReport:
    """Every version of one item, in the order they were met, over all quizzes of a mode."""

    item_id: str
    versions: tuple[ItemFigures, ...]
    curves: tuple["Curves", ...]
    fresh: Fresh


@dataclass(frozen=True, slots=True)
class Curves:
    """How many of each group of learners chose each option: groups by fifths of those who answered, the weakest first.

    `n` is how many stand in each group, `shares` a row for each option; empty where too few answered.
    """

    n: tuple[float, ...]
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """The latest version of an item in a few numbers, exam attempts only; NaN where too few answered."""

    item_id: str
    n: int
    standing: str
    p: float
    p_low: float
    p_high: float
    r_rest: float
    median_seconds: float
    flags: tuple[Flag, ...]
    as_of: datetime | None


def quizzes(app: App, actor: Actor) -> list[Quiz]:
    """List the quizzes that have sums, exams first."""
    permit(actor, Action.MANAGE_FORMS)
    found = [_quiz(app, *row) for row in app.database.read(sum_reading.quizzes)]
    return sorted(found, key=lambda each: (each.mode is not Mode.EXAM, each.title))


def items(app: App, actor: Actor, slug: str, mode: Mode = Mode.EXAM) -> ItemTable:
    """Give the items of a quiz, those that deserve a look first. Raises NotFound where nobody handed it in."""
    permit(actor, Action.READ_CONTENT)

    def read(tx: Connection) -> tuple[Summed, Scores, Fresh]:
        return items_of(tx, Of(mode, programme=slug)), whole(tx, slug, mode), sum_reading.fresh(tx)

    summed, scores, fresh = app.database.read(read)
    if not summed.items:
        raise NotFound("Nobody has handed this quiz in yet, so there is nothing to say about its items.")
    figures = figures_of(summed, summed_test(summed.sums, scores.whole))
    attempts = int(scores.whole.bands.sum())
    return ItemTable(_quiz(app, slug, mode, attempts), tuple(sorted(figures, key=lambda each: each.trouble)), fresh,
                     sure_of(summed.sure.n.sum(axis=0), summed.sure.points.sum(axis=0)))  # fmt: skip


def item(app: App, actor: Actor, item_id: str, mode: Mode = Mode.EXAM) -> ItemReport:
    """Give every version of an item as it was answered. Raises NotFound where it was not."""
    permit(actor, Action.READ_CONTENT)
    summed, others, fresh = app.database.read(lambda tx: _one(tx, Of(mode, item_id=item_id)))
    if not summed.items:
        raise NotFound(f"Nobody has answered '{item_id}' in {'an exam' if mode is Mode.EXAM else 'practice'} yet.")
    figures = figures_of(summed, None, others)
    order = sorted(
        range(len(figures)), key=lambda place: figures[place].months[0].month if figures[place].months else 0
    )
    curves = [_curves(summed, place) for place in order]
    return ItemReport(item_id, tuple(figures[place] for place in order), tuple(curves), fresh)


def item_summary(app: App, actor: Actor, item_id: str) -> ItemSummary | None:
    """Give the latest version of an item in a few numbers; None where no exam has asked it yet."""
    permit(actor, Action.READ_CONTENT)
    summed, others, fresh = app.database.read(lambda tx: _one(tx, Of(Mode.EXAM, item_id=item_id)))
    if not summed.items:
        return None
    last = max(figures_of(summed, None, others), key=lambda each: each.months[-1].month if each.months else 0)
    return ItemSummary(
        item_id, last.n, last.standing, last.p, last.p_low, last.p_high, last.r_rest, last.seconds[1], last.flags,
        fresh.at,
    )  # fmt: skip


def whole(tx: Connection, slug: str, mode: Mode) -> Scores:
    """Add up all scores of a quiz."""
    rows = sum_reading.score_rows(tx, slug, mode), sum_reading.decision_rows(tx, slug, mode)
    return together(tuple(scores_of(*rows).values()))


def _one(tx: Connection, of: Of) -> tuple[Summed, ItemSums | None, Fresh]:
    """Read one item, and of all others of the mode as much as says what an item is usually like."""
    summed = items_of(tx, of)
    return summed, others_of(tx, of) if summed.items else None, sum_reading.fresh(tx)


def figures_of(summed: Summed, test: WholeTest | None, others: ItemSums | None = None) -> list[ItemFigures]:
    """Work out what sums say of each item; `others` are items to judge them in the light of."""
    chosen, deleted = option_table(summed.sums, summed.right), test.alpha_if_deleted if test else None
    drifted = drift(summed.months.n, summed.months.points)
    stats = item_statistics(summed.sums)
    if others:
        r = np.concatenate([rest_correlation(others), stats.r_rest])
        believed = shrunken_correlations(r, np.concatenate([others.pairs, summed.sums.pairs]))
        stats = replace(stats, r_rest_shrunken=believed[len(others.n) :])
    found = _Found(stats, response_times(summed.sums), chosen, drifted, deleted)
    return [_figures(summed, found, place) for place in range(len(summed.items))]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was worked out of all items at once."""

    stats: ItemStatistics
    times: Times
    chosen: OptionTable
    drifted: Drift
    deleted: Array | None


def _figures(summed: Summed, found: _Found, place: int) -> ItemFigures:
    asked, stats, times, uses = summed.items[place], found.stats, found.times, found.chosen.of(place)
    n, drifted = int(stats.n[place]), (float(found.drifted.slope[place]), float(found.drifted.p[place]))
    deleted = float("nan") if found.deleted is None else float(found.deleted[place])
    flags = flags_of(stats, place, uses, summed.names[place])
    if n >= CORRELATIONS_FROM and drifted[1] < DRIFTED:
        flags = (*flags, _drift_flag(drifted[0]))

    def kept(value: float, at_least: int = CORRELATIONS_FROM) -> float:
        return float(value) if n >= at_least else float("nan")

    p, r = stats.facility_bounds, stats.r_rest_bounds
    quantiles = (times.quick, times.median, times.slow)
    timed = [float(each[place]) if times.n[place] >= SHARES_FROM else float("nan") for each in quantiles]
    return ItemFigures(
        asked.item_id, asked.version, asked.question.stem, n, sentence(n),
        kept(stats.facility[place], SHARES_FROM), kept(p.low[place], SHARES_FROM), kept(p.high[place], SHARES_FROM),
        kept(stats.r_rest[place]), kept(r.low[place]), kept(r.high[place]), kept(stats.discrimination[place]),
        kept(deleted), (timed[0], timed[1], timed[2]), flags, uses if n >= SHARES_FROM else (),
        summed.names[place], _months(summed, place), sure_of(summed.sure.n[place], summed.sure.points[place]),
    )  # fmt: skip


def _drift_flag(slope: float) -> Flag:
    way = "easier" if slope > 0 else "harder"
    return Flag(
        "drifted",
        f"It gets {way} from month to month ({100 * slope:+.1f} points a month): was it passed on, or edited?",
    )


def _months(summed: Summed, place: int) -> tuple[Month, ...]:
    months = summed.months
    return tuple(
        Month(months.first + number, int(n), float(points / n) if n >= SHARES_FROM else float("nan"))
        for number, (n, points) in enumerate(zip(months.n[:, place], months.points[:, place], strict=True))
        if n
    )


GROUPS = 5


def _curves(summed: Summed, place: int) -> Curves:
    """Cut those who answered into fifths by their score, ties shared out, and count who chose what."""
    counts = summed.sums.chosen[:, place, :]
    bands = summed.sums.band_n[place]
    n = float(bands.sum())
    if n < CORRELATIONS_FROM or not counts.any():
        return Curves((), ())
    reached = np.cumsum(bands)
    upto = [np.clip(n * edge / GROUPS - (reached - bands), 0, bands) for edge in range(GROUPS + 1)]
    parts = [(high - low) / np.maximum(bands, 1) for low, high in pairwise(upto)]
    size = [float((part * bands).sum()) for part in parts]
    offered = np.flatnonzero(~np.isnan(summed.right[place]))
    shares = [
        tuple(float((counts[o] * part).sum()) / many for part, many in zip(parts, size, strict=True)) for o in offered
    ]
    return Curves(tuple(size), tuple(shares))


def _quiz(app: App, slug: str, mode: Mode, attempts: int) -> Quiz:
    known = app.library.programmes.get(slug)
    return Quiz(slug, known.title if known else slug, mode, attempts)
