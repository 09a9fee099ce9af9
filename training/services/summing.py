"""Sums from the database as measurement takes them: items by version, options with what they earn, parts of a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.core.certainty import DEGREES, Certainty
from training.core.question import Question
from training.core.tally import BANDS, EXACT_UNIT, TIMES
from training.measurement.policy import SHARES_FROM
from training.measurement.score_sums import ScoreSums
from training.measurement.sums import ItemSums
from training.services.gathering import gathered
from training.services.tabulating import Options, options_from
from training.store import sum_reading
from training.store.attempts import read_questions
from training.store.codec import remembered_questions
from training.store.database import Connection
from training.store.results import Choice
from training.store.sum_reading import Cells, Of
from training.store.sums import ITEM_SUMS, Kind

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as it was asked: its version (its question's digest where none was noted) and the questions made of it.

    `question` is one of them; where values are random there are many.
    """

    item_id: str
    version: str
    digests: tuple[str, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class Months:
    """Answers and points of each item by month: months x items; `first` is the number of the first month."""

    first: int
    n: Array
    points: Array


@dataclass(frozen=True, slots=True)
class Sure:
    """Answers and points of each item by how sure they were: items x DEGREES; nothing where no quiz asked."""

    n: Array
    points: Array


@dataclass(frozen=True, slots=True)
class SureOf:
    """Answers that were given with one certainty, None where it was not said; NaN where too few to say."""

    certainty: Certainty | None
    n: int
    facility: float


@dataclass(frozen=True, slots=True)
class Summed:
    """Items with their sums; `time_points` are the points of answers by item and class of time."""

    items: tuple[Asked, ...]
    sums: ItemSums
    months: Months
    options: Options
    time_points: Array
    sure: Sure

    def place_of(self) -> dict[str, int]:
        """Say where the item of each question stands."""
        return {digest: place for place, item in enumerate(self.items) for digest in item.digests}


def items_of(tx: Connection, of: Of) -> Summed:
    """Read the sums of items. Versions of an item stand apart, the one met first before the others."""
    return _summed(tx, sum_reading.item_rows(tx, of), sum_reading.versions_of(tx, of), sum_reading.cells(tx, of))


def gathered_items(tx: Connection, choice: Choice) -> tuple[Summed, ScoreSums, int]:
    """Make the same from the answers themselves, of some attempts; with their scores and learners."""
    found = gathered(tx, choice)
    summed = _summed(tx, found.rows, found.versions, found.cells)
    return summed, found.whole, found.learners


def _summed(tx: Connection, rows: Sequence[Any], versions: Mapping[str, str], cells: Cells) -> Summed:
    keys = [(row.item_id, versions.get(row.digest, row.digest)) for row in rows]
    groups: dict[tuple[str, str], list[str]] = {}
    for key, row in zip(keys, rows, strict=True):
        groups.setdefault(key, []).append(row.digest)
    place = {key: number for number, key in enumerate(groups)}
    at = np.array([place[key] for key in keys], dtype=np.intp)
    asked = _asked(tx, groups)
    ids = np.array([row.id for row in rows], dtype=np.int64)
    owner = at[np.searchsorted(ids, cells.item)] if len(cells.item) else cells.item
    sums = _sums(rows, at, len(groups), owner, cells)
    options = options_from([each.question for each in asked], owner, cells)
    earned = _times(owner, cells, cells.points, len(groups)) / EXACT_UNIT
    months, sure = _months(owner, cells, len(groups)), _sure(owner, cells, len(groups))
    return Summed(asked, sums, months, options, earned, sure)


def others_of(tx: Connection, of: Of) -> ItemSums:
    """Read the plain sums of every other item of the mode."""
    return _plain([row for row in sum_reading.item_rows(tx, Of(of.mode)) if row.item_id != of.item_id])


def plain_sums(tx: Connection, of: Of) -> ItemSums:
    """Read sums of items by version, without their options, months and times: all that the whole test needs."""
    rows, versions = sum_reading.item_rows(tx, of), sum_reading.versions_of(tx, of)
    groups = dict[tuple[str, str], int]()
    at = [groups.setdefault((row.item_id, versions.get(row.digest, row.digest)), len(groups)) for row in rows]
    sums, single = ItemSums.empty(len(groups), unit=EXACT_UNIT), _plain(rows)
    for name in ITEM_SUMS:
        np.add.at(getattr(sums, name), at, getattr(single, name))
    return sums


def _plain(rows: Sequence[Any]) -> ItemSums:
    sums = ItemSums.empty(len(rows), unit=EXACT_UNIT)
    for name in ITEM_SUMS:
        getattr(sums, name)[:] = [getattr(row, name) for row in rows]
    return sums


def _asked(tx: Connection, groups: Mapping[tuple[str, str], list[str]]) -> tuple[Asked, ...]:
    wanted = frozenset(digests[0] for digests in groups.values())
    known = remembered_questions(wanted)
    missing = wanted - known.keys()
    known |= read_questions(tx, missing) if missing else {}
    return tuple(
        Asked(item_id, version, tuple(digests), known[digests[0]]) for (item_id, version), digests in groups.items()
    )


def _sums(rows: Sequence[Any], at: Any, items: int, owner: Any, cells: Cells) -> ItemSums:
    """Put sums together, without options: `Summed.options` has them."""
    scalars = {
        name: _added(at, np.array([getattr(row, name) for row in rows], dtype=float), items) for name in ITEM_SUMS
    }
    cell = cells.kind == Kind.CELL
    band = owner[cell] * BANDS + cells.place[cell]
    band_n, band_points = (_added(band, each[cell].astype(float), items * BANDS).reshape(items, BANDS)
                           for each in (cells.n, cells.points))  # fmt: skip
    return ItemSums(
        unit=EXACT_UNIT, **scalars, band_n=band_n, band_points=band_points, chosen=np.zeros((0, items, BANDS)),
        times=_times(owner, cells, cells.n, items),
    )  # fmt: skip


def _times(owner: Any, cells: Cells, weights: Any, items: int) -> Array:
    time = cells.kind == Kind.TIME
    place = owner[time] * TIMES + cells.place[time]
    return _added(place, weights[time].astype(float), items * TIMES).reshape(items, TIMES)


def _months(owner: Any, cells: Cells, items: int) -> Months:
    of = cells.kind == Kind.MONTH
    if not of.any():
        return Months(0, np.zeros((0, items)), np.zeros((0, items)))
    first, last = int(cells.place[of].min()), int(cells.place[of].max())
    shape = (last - first + 1, items)
    index = (cells.place[of] - first) * items + owner[of]
    n, points = (_added(index, each[of].astype(float), shape[0] * items).reshape(shape)
                 for each in (cells.n, cells.points))  # fmt: skip
    return Months(first, n, points / EXACT_UNIT)


def _sure(owner: Any, cells: Sequence[Any], items: int) -> Sure:
    of, shape = cells[1] == Kind.SURE, (items, len(DEGREES))
    index = owner[of] * len(DEGREES) + cells[2][of]
    n, points = (_added(index, cells[place][of].astype(float), items * len(DEGREES)).reshape(shape) for place in (4, 5))
    return Sure(n, points / EXACT_UNIT)


def sure_of(n: Array, points: Array) -> tuple[SureOf, ...]:
    """Hold certainty against correctness; nothing where no quiz asked."""
    found = zip(DEGREES, n, points, strict=True)
    return tuple(
        SureOf(degree, int(many), float(earned / many) if many >= SHARES_FROM else float("nan"))
        for degree, many, earned in found if many
    )  # fmt: skip


def _added(index: Any, weights: Array, size: int) -> Array:
    """Add weights up by index; of nothing NumPy would count whole numbers."""
    return np.bincount(index, weights=weights, minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Scores:
    """The sums of scores of a whole test and its sections, and how many reached each percent and passed.

    `products` are sums of section times whole. `decided` counts attempts that rules decided.
    """

    whole: ScoreSums
    sections: Mapping[str, ScoreSums]
    products: Mapping[str, float]
    passed: int
    decided: int


Paper = tuple[str, str, int]
"""Version of the quiz, paper that many sit (or empty), and year."""


def scores_of(score_rows: Sequence[Any], decision_rows: Sequence[Any]) -> dict[Paper, Scores]:
    """Put the rows of a quiz together, one entry for each version, paper and year."""
    papers = dict.fromkeys((row.version, row.form, row.year) for row in (*score_rows, *decision_rows))
    return {paper: _scores(paper, score_rows, decision_rows) for paper in papers}


def _scores(paper: Paper, score_rows: Sequence[Any], decision_rows: Sequence[Any]) -> Scores:
    own = [row for row in decision_rows if (row.version, row.form, row.year) == paper]
    bands = np.zeros(BANDS)
    for row in own:
        bands[row.percent] += row.n
    parts = {row.section: row for row in score_rows if (row.version, row.form, row.year) == paper}
    sums = {name: _part(row, np.zeros(BANDS) if name else bands) for name, row in parts.items()}
    return Scores(
        sums.pop("", ScoreSums.empty(EXACT_UNIT)), sums, {name: float(parts[name].product) for name in sums},
        sum(row.n for row in own if row.decision == 1), sum(row.n for row in own if row.decision >= 0),
    )  # fmt: skip


def _part(row: Any, bands: Array) -> ScoreSums:
    n, share, square, error, answered = map(float, (row.n, row.share, row.square, row.error, row.answered))
    return ScoreSums(EXACT_UNIT, n, share, square, error, answered, bands)


def together(all_of: Sequence[Scores]) -> Scores:
    """Add up several."""
    whole, sections, products = ScoreSums.empty(EXACT_UNIT), dict[str, ScoreSums](), dict[str, float]()
    for each in all_of:
        whole += each.whole
        for name, sums in each.sections.items():
            sections[name] = sections.get(name, ScoreSums.empty(EXACT_UNIT)) + sums
            products[name] = products.get(name, 0.0) + each.products[name]
    passed, decided = sum(each.passed for each in all_of), sum(each.decided for each in all_of)
    return Scores(whole, sections, products, passed, decided)
