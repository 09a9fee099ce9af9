"""Several forms of one test that ask as much of everybody: exact cells, enemies apart, and sums that agree.

A start that fills every cell is improved by swapping single items while the sum of squared
deviations falls (local search as in van der Linden, Linear Models for Optimal Test Design, 2005,
chapter 5; the squares spread what is left evenly, where a min-max objective gets stuck).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

SWEEPS = 12
TOLERANCE = 0.0005
"""The search ends when no sum is further from its target than this share of it."""

STALE = 2
"""The search ends after so many rounds through all places without a better swap."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to build: `cells[c]` lists the items that fit cell c and `counts[c]` how many a form takes of it.

    `features` (items x measures) are what must agree between forms in sum, such as test information at
    a few abilities; each is weighed by 1 / its target, times `weights`. `enemies[i]` lists the items that
    may not meet item i in a form. An item is in at most `cap` forms, two forms share at most `overlap` items.
    """

    forms: int
    counts: Sequence[int]
    cells: Sequence[Whole]
    features: Numbers
    weights: Numbers
    enemies: Sequence[frozenset[int]]
    cap: int = 1
    overlap: int = 0


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms as item numbers (forms x places, cell after cell), their sums and how far these are from the target."""

    items: Whole
    sums: Numbers
    target: Numbers

    @property
    def shared(self) -> int:
        """The most items that two forms have in common."""
        sets = [set(row.tolist()) for row in self.items]
        return max((len(one & other) for n, one in enumerate(sets) for other in sets[:n]), default=0)

    @property
    def deviation(self) -> Numbers:
        """The largest relative distance of a form's sum from the target, for each measure."""
        scale = np.where(self.target == 0, 1.0, np.abs(self.target))
        return np.asarray(np.max(np.abs(self.sums - self.target) / scale, axis=0))


def target_of(task: Task) -> Numbers:
    """Give the sums an average form has: each cell's mean over its items, times its count."""
    means = [count * task.features[cell].mean(axis=0) for count, cell in zip(task.counts, task.cells, strict=True)]
    return np.asarray(np.sum(means, axis=0))


def build(task: Task, rng: np.random.Generator, start: Whole | None = None) -> Forms | None:
    """Build the forms, from a start where one is given; None where no start could be found by chance."""
    search = _Search(task, rng)
    if start is not None:
        search.take(start)
    elif not search.begin():
        return None
    search.improve()
    return Forms(search.items, search.sums, search.target)


class _Search:
    """The forms while they are searched for: who is where, what the sums are, who may not come in."""

    def __init__(self, task: Task, rng: np.random.Generator) -> None:
        total = len(task.features)
        self.task, self.rng = task, rng
        self.place_cell = np.repeat(np.arange(len(task.counts)), task.counts)
        self.items = np.full((task.forms, len(self.place_cell)), -1, dtype=np.int64)
        self.inside = np.zeros((total, task.forms), dtype=bool)
        self.barred = np.zeros((total, task.forms), dtype=np.int32)  # how many enemies are in each form
        self.uses = np.zeros(total, dtype=np.int32)
        self.shared = np.zeros((task.forms, task.forms), dtype=np.int32)
        self.target = target_of(task)
        self.wide = np.where(self.target == 0, 1.0, np.abs(self.target))
        self.scale = self.wide / np.sqrt(task.weights)
        self.scaled = task.features / self.scale
        self.sums = np.zeros((task.forms, task.features.shape[1]))
        self.enemies = [np.fromiter(sorted(each), dtype=np.int64, count=len(each)) for each in task.enemies]

    def begin(self, tries: int = 20) -> bool:
        """Fill every cell of every form, scarce cells first; False where chance does not find a way."""
        order = np.argsort(
            [len(cell) / max(count, 1) for cell, count in zip(self.task.cells, self.task.counts, strict=True)]
        )
        for _ in range(tries):
            if all(self._fill(form, cell) for cell in order for form in range(self.task.forms)):
                return True
            for form, place in np.argwhere(self.items >= 0):
                self._remove(int(form), int(place))
        return False

    def take(self, start: Whole) -> None:
        """Begin with these items."""
        for (form, place), item in np.ndenumerate(start):
            self._put(int(form), int(place), int(item))

    def improve(self) -> None:
        """Swap items while the sum of squared deviations falls."""
        stale = 0
        places = [(form, place) for form in range(self.task.forms) for place in range(self.items.shape[1])]
        for _ in range(SWEEPS):
            better = sum(self._swap(*places[n]) for n in self.rng.permutation(len(places)))
            stale = 0 if better else stale + 1
            if stale == STALE or np.abs((self.sums - self.target) / self.wide).max() <= TOLERANCE:
                return

    def _fill(self, form: int, cell: int) -> bool:
        for place in np.flatnonzero(self.place_cell == cell):
            free = self.task.cells[cell][self._free(self.task.cells[cell], form)]
            if not len(free):
                return False
            self._put(form, int(place), int(self.rng.choice(free)))
        return True

    def _free(self, items: Whole, form: int) -> NDArray[np.bool_]:
        """Say which of some items may come into a form now."""
        free = ~self.inside[items, form] & (self.barred[items, form] == 0) & (self.uses[items] < self.task.cap)
        if self.task.cap > 1:
            full = self.shared[form] >= self.task.overlap
            full[form] = False
            free &= ~(self.inside[items] & full).any(axis=1)
        return np.asarray(free)

    def _swap(self, form: int, place: int) -> bool:
        """Put the best item there is in this place: one that is free, or one that another form gives for this one."""
        old = int(self.items[form, place])
        candidates = self.task.cells[self.place_cell[place]]
        self._remove(form, place)
        gap = (self.sums[form] - self.target) / self.scale
        cost = ((gap + self.scaled[candidates]) ** 2).sum(axis=1)
        cost[~self._free(candidates, form)] = np.inf
        best = int(candidates[int(np.argmin(cost))])
        before = float(((gap + self.scaled[old]) ** 2).sum())
        better = float(cost.min()) < before - 1e-15
        self._put(form, place, best if better else old)
        return better or self._exchange(form, place)

    def _exchange(self, form: int, place: int) -> bool:
        """Exchange this item with the one in the same cell of another form that mends both sums most."""
        if self.task.forms == 1 or self.task.cap > 1:
            return False
        other = int(self.rng.integers(self.task.forms - 1))
        other += other >= form
        mine, places = int(self.items[form, place]), np.flatnonzero(self.place_cell == self.place_cell[place])
        theirs = self.items[other, places]
        gaps = (self.sums[[form, other]] - self.target) / self.scale
        change = self.scaled[theirs] - self.scaled[mine]
        cost = ((gaps[0] + change) ** 2).sum(axis=1) + ((gaps[1] - change) ** 2).sum(axis=1)
        best = int(np.argmin(cost))
        if cost[best] >= float((gaps**2).sum()) - 1e-15:
            return False
        return self._trade((form, place), (other, int(places[best])))

    def _trade(self, here: tuple[int, int], there: tuple[int, int]) -> bool:
        mine, theirs = int(self.items[here]), int(self.items[there])
        self._remove(*here)
        self._remove(*there)
        fits = bool(self._free(np.array([theirs]), here[0])[0] and self._free(np.array([mine]), there[0])[0])
        fits = fits and theirs in self.task.cells[self.place_cell[here[1]]]
        self._put(*here, theirs if fits else mine)
        self._put(*there, mine if fits else theirs)
        return fits

    def _put(self, form: int, place: int, item: int) -> None:
        self.items[form, place] = item
        self._count(form, item, 1)

    def _remove(self, form: int, place: int) -> None:
        self._count(form, int(self.items[form, place]), -1)
        self.items[form, place] = -1

    def _count(self, form: int, item: int, change: int) -> None:
        if change < 0:
            self.inside[item, form] = False
        others = self.inside[item]
        self.shared[form, others] += change
        self.shared[others, form] += change
        if change > 0:
            self.inside[item, form] = True
        self.uses[item] += change
        self.barred[self.enemies[item], form] += change
        self.sums[form] += change * self.task.features[item]
