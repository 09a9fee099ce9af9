"""Who chose what: the options of items, row by row where they have rows, counted by percents of the score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.core.picks import Row, rows_of
from training.core.question import Question
from training.core.tally import BANDS, NO_CHOICE
from training.measurement.choices import OptionUse, option_table_of
from training.measurement.policy import CORRELATIONS_FROM
from training.store.sum_reading import Cells
from training.store.sums import Kind

Array = NDArray[np.float64]
GROUPS = 5


@dataclass(frozen=True, slots=True)
class Curves:
    """How many of each group of learners chose each option: groups by fifths of those who answered, the weakest first.

    `n` is how many stand in each group, `shares` a row for each option; empty where too few answered.
    """

    n: tuple[float, ...]
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Options:
    """All rows of all items. `chosen` is options x rows x percents, `asked` rows x percents: who gave any answer."""

    rows: tuple[Row, ...]
    of: tuple[range, ...]
    chosen: Array
    asked: Array

    def names(self, item: int) -> tuple[str, ...]:
        """Name the options of an item, after their rows where it has several."""
        rows = [self.rows[place] for place in self.of[item]]
        return tuple(f"{row.label}: {each.text}" if row.label else each.text for row in rows for each in row.options)

    @cached_property
    def uses(self) -> tuple[tuple[OptionUse, ...], ...]:
        """Describe the options of each item; they are numbered on from row to row."""
        right = np.full((len(self.rows), len(self.chosen)), np.nan)
        for place, row in enumerate(self.rows):
            right[place, : len(row.worth)] = row.worth
        table = option_table_of(self.chosen, self.asked, right)
        return tuple(tuple(self._uses(item, table.of)) for item in range(len(self.of)))

    def _uses(self, item: int, of: Any) -> Iterator[OptionUse]:
        before = 0
        for place in self.of[item]:
            row = self.rows[place]
            for use in of(place):
                yield replace(use, option=before + use.option, idle=use.idle and row.idle)
            before += len(row.options)

    def curves(self, item: int, bands: Array) -> Curves:
        """Cut those who answered into fifths by their score, ties shared out, and count who chose what."""
        n, rows = float(bands.sum()), self.of[item]
        if n < CORRELATIONS_FROM or not self.chosen[:, list(rows)].any():
            return Curves((), ())
        reached = np.cumsum(bands)
        upto = [np.clip(n * edge / GROUPS - (reached - bands), 0, bands) for edge in range(GROUPS + 1)]
        parts = [(high - low) / np.maximum(bands, 1) for low, high in pairwise(upto)]
        size = [float((part * bands).sum()) for part in parts]
        shares = [
            tuple(float((self.chosen[o, row] * part).sum()) / many for part, many in zip(parts, size, strict=True))
            for row in rows for o in range(len(self.rows[row].options))
        ]  # fmt: skip
        return Curves(tuple(size), tuple(shares))


def options_from(questions: Sequence[Question], owner: Any, cells: Cells) -> Options:
    """Count the options of questions; `owner` says to which of them each cell belongs."""
    rows = [rows_of(each) for each in questions]
    edges = np.cumsum([0, *map(len, rows)])
    flat = [row for each in rows for row in each]
    many = max((len(row.options) for row in flat), default=0)
    of = tuple(range(low, high) for low, high in pairwise(edges.tolist()))
    where, option, starts, counts = _numbered(of, flat)
    shape = (many, len(flat), BANDS)
    chosen, asked = np.zeros(shape), np.zeros(shape[1:])
    for kind in (Kind.CELL, Kind.PICKED):
        kept = (cells.kind == kind) & (cells.choice >= 0) & (cells.choice < counts[owner])
        number, band, n = starts[owner[kept]] + cells.choice[kept], cells.place[kept], cells.n[kept]
        chosen += _counted((option[number], where[number], band), n, shape)
        if kind is Kind.CELL:
            asked += _counted((where[number], band), n, shape[1:])
    given = (cells.kind == Kind.PICKED) & (cells.choice == NO_CHOICE)
    answered = _counted((owner[given], cells.place[given]), cells.n[given], (len(questions), BANDS))
    return Options(tuple(flat), of, chosen, asked + answered[np.repeat(np.arange(len(rows)), np.diff(edges))])


def _counted(at: tuple[Any, ...], n: Any, shape: tuple[int, ...]) -> Array:
    size = int(np.prod(shape))
    if not size or not len(n):
        return np.zeros(shape)
    return np.bincount(np.ravel_multi_index(at, shape), weights=n, minlength=size).reshape(shape).astype(np.float64)


def _numbered(of: Sequence[range], rows: Sequence[Row]) -> tuple[Any, Any, Any, Any]:
    """Give the row and option of every number, where the numbers of each item start, and how many it has."""
    size = np.array([len(row.options) for row in rows], dtype=np.intp)
    where = np.repeat(np.arange(len(rows)), size)
    before = np.concatenate([[0], np.cumsum(size)]).astype(np.intp)
    option = np.arange(len(where)) - before[where]
    starts = before[[each.start for each in of]] if of else np.zeros(0, np.intp)
    counts = before[[each.stop for each in of]] - starts if of else starts
    return where, option, starts, counts
