"""What answers say of items: how each works, which deserve a look, from sums that are kept up to date."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from training.core.blueprint import Mode
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound
from training.core.tally import EXACT_UNIT
from training.measurement.responses import Array
from training.measurement.score_sums import ScoreSums
from training.measurement.summed import summed_test
from training.measurement.sums import ItemSums
from training.measurement.verdicts import Flag
from training.services.app import App
from training.services.figuring import ItemFigures, Month, figures_of, general_facility
from training.services.parting import EVERYTHING, Part, part_of
from training.services.summing import Scores, Summed, SureOf, items_of, others_of, scores_of, sure_of, together
from training.services.tabulating import Curves
from training.store import cohorts, sum_reading
from training.store.database import Connection
from training.store.sum_reading import Fresh, Of

__all__ = [
    "EVERYTHING", "Curves", "Fresh", "ItemFigures", "ItemReport", "ItemSummary", "ItemTable", "Month", "Part", "Quiz",
    "cohort_titles", "item", "item_summary", "items", "quizzes",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz that was handed in: its title, and how many attempts are in its sums."""

    slug: str
    title: str
    mode: Mode
    attempts: int


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
    curves: tuple[Curves, ...]
    fresh: Fresh


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


def cohort_titles(app: App, actor: Actor) -> dict[str, str]:
    """Name the cohorts that a part of the answers may be of, by their ids."""
    permit(actor, Action.READ_CONTENT)
    return {each.id: each.title for each in app.database.read(cohorts.every)}


def items(app: App, actor: Actor, slug: str, mode: Mode = Mode.EXAM, part: Part = EVERYTHING) -> ItemTable:
    """Give the items of a quiz, those that deserve a look first, from the sums or for a part from the answers.

    Raises NotFound where nobody handed it in, Refusal where a part is of too few learners.
    """
    permit(actor, Action.READ_CONTENT)

    def read(tx: Connection) -> tuple[Summed, ScoreSums, Fresh]:
        if part != EVERYTHING:
            return *part_of(tx, slug, mode, part), sum_reading.fresh(tx)
        return items_of(tx, Of(mode, programme=slug)), whole(tx, slug, mode).whole, sum_reading.fresh(tx)

    summed, scores, fresh = app.database.read(read)
    if not summed.items:
        raise NotFound("Nobody has handed this quiz in yet, so there is nothing to say about its items.")
    general = general_facility(summed.months.n, summed.months.points)
    figures = figures_of(summed, summed_test(summed.sums, scores), general)
    attempts = int(scores.bands.sum())
    return ItemTable(_quiz(app, slug, mode, attempts), tuple(sorted(figures, key=lambda each: each.trouble)), fresh,
                     sure_of(summed.sure.n.sum(axis=0), summed.sure.points.sum(axis=0)))  # fmt: skip


def item(app: App, actor: Actor, item_id: str, mode: Mode = Mode.EXAM) -> ItemReport:
    """Give every version of an item as it was answered. Raises NotFound where it was not."""
    permit(actor, Action.READ_CONTENT)
    summed, general, others, fresh = app.database.read(lambda tx: _one(tx, Of(mode, item_id=item_id)))
    if not summed.items:
        raise NotFound(f"Nobody has answered '{item_id}' in {'an exam' if mode is Mode.EXAM else 'practice'} yet.")
    figures = figures_of(summed, None, general, others)
    order = sorted(
        range(len(figures)), key=lambda place: figures[place].months[0].month if figures[place].months else 0
    )
    curves = [summed.options.curves(place, summed.sums.band_n[place]) for place in order]
    return ItemReport(item_id, tuple(figures[place] for place in order), tuple(curves), fresh)


def item_summary(app: App, actor: Actor, item_id: str) -> ItemSummary | None:
    """Give the latest version of an item in a few numbers; None where no exam has asked it yet."""
    permit(actor, Action.READ_CONTENT)
    summed, general, others, fresh = app.database.read(lambda tx: _one(tx, Of(Mode.EXAM, item_id=item_id)))
    if not summed.items:
        return None
    last = max(figures_of(summed, None, general, others), key=lambda each: each.months[-1].month if each.months else 0)
    return ItemSummary(
        item_id, last.n, last.standing, last.p, last.p_low, last.p_high, last.r_rest, last.seconds[1], last.flags,
        fresh.at,
    )  # fmt: skip


def whole(tx: Connection, slug: str, mode: Mode) -> Scores:
    """Add up all scores of a quiz."""
    rows = sum_reading.score_rows(tx, slug, mode), sum_reading.decision_rows(tx, slug, mode)
    return together(tuple(scores_of(*rows).values()))


def _one(tx: Connection, of: Of) -> tuple[Summed, Array, ItemSums | None, Fresh]:
    """Read one item, and of all others of the mode as much as says what items are usually like, month by month too."""
    summed = items_of(tx, of)
    first, many = summed.months.first, len(summed.months.n)
    general = np.full(many, np.nan)
    for row in sum_reading.months(tx, of.mode):
        if 0 <= row.place - first < many:
            general[row.place - first] = row.points / EXACT_UNIT / row.n
    return summed, general, others_of(tx, of) if summed.items else None, sum_reading.fresh(tx)


def _quiz(app: App, slug: str, mode: Mode, attempts: int) -> Quiz:
    known = app.library.programmes.get(slug)
    return Quiz(slug, known.title if known else slug, mode, attempts)
