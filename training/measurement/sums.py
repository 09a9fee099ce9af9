"""Sums over answers from which all classical statistics follow: they add up, and what was added can be taken away."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from training.core.tally import BANDS, QUICKEST, TIMES, TIMES_PER_OCTAVE
from training.measurement.responses import Array, Ints, Responses, Totals, totals


@dataclass(frozen=True, slots=True)
class ItemSums:
    """Sums over the answers to each item. Those of two sets of attempts add to those of both.

    Scores are counted in `unit`s: with 1 they are floating-point numbers; with EXACT_UNIT they are rounded to
    hundred-thousandths, all sums are whole numbers, and adding and taking away leave no trace whatever the order.
    `pairs`, `first` and `first_squares` are over answers of persons who gave another one, whose mean score on
    everything else is the rest. `band_n` and `band_points` are items x whole percents of the person's score, `chosen`
    is options x items x percents, `times` is items x classes of seconds, a quarter of an octave each.
    """

    unit: int
    n: Array
    points: Array
    squares: Array
    pairs: Array
    first: Array
    first_squares: Array
    rest: Array
    rest_squares: Array
    cross: Array
    band_n: Array
    band_points: Array
    chosen: Array
    times: Array

    @classmethod
    def empty(cls, items: int, options: int = 0, unit: int = 1) -> Self:
        """Give the sums over no answers."""
        shapes: dict[str, tuple[int, ...]] = dict.fromkeys(SUMMED, (items,))
        shapes |= {"band_n": (items, BANDS), "band_points": (items, BANDS)}
        shapes |= {"chosen": (options, items, BANDS), "times": (items, TIMES)}
        return cls(unit=unit, **{name: np.zeros(shape) for name, shape in shapes.items()})

    def __add__(self, other: "ItemSums") -> "ItemSums":
        return self._with(other, 1)

    def __sub__(self, other: "ItemSums") -> "ItemSums":
        return self._with(other, -1)

    def at(self, places: Sequence[int], items: int) -> "ItemSums":
        """Move item k to `places[k]` of a longer list of items, so that sums over different items can be added."""
        wide = ItemSums.empty(items, len(self.chosen), self.unit)
        where = np.asarray(places, dtype=np.intp)
        for name in SUMMED:
            getattr(wide, name)[(slice(None), where) if name == "chosen" else where] = getattr(self, name)
        return wide

    def _with(self, other: "ItemSums", sign: int) -> "ItemSums":
        if self.unit != other.unit:
            msg = f"sums in units of 1/{self.unit} and 1/{other.unit} do not add"
            raise ValueError(msg)
        mine, theirs = self.chosen, other.chosen
        options = max(len(mine), len(theirs))
        added = {name: getattr(self, name) + sign * getattr(other, name) for name in SUMMED if name != "chosen"}
        return ItemSums(unit=self.unit, chosen=_padded(mine, options) + sign * _padded(theirs, options), **added)


SUMMED = tuple(field.name for field in fields(ItemSums) if field.name != "unit")


def _padded(chosen: Array, options: int) -> Array:
    return np.pad(chosen, ((0, options - len(chosen)), (0, 0), (0, 0)))


def item_sums(responses: Responses, of: Totals | None = None, *, unit: int = 1, options: int | None = None) -> ItemSums:
    """Sum up answers, block by block. `of` are the persons' totals where they are known already."""
    if unit > 1:
        responses, of = replace(responses, score=np.floor(responses.score * float(unit) + 0.5)), None
    of = of or totals(responses)
    if options is None:
        options = 0 if responses.choice is None or not len(responses) else int(responses.choice.max()) + 1
    sums = ItemSums.empty(responses.items, options, unit)
    others = np.where(of.answered > 1, of.answered - 1, np.nan)
    band = _bands(of, unit).astype(np.int16)
    for block in responses.blocks():
        who, item = responses.person[block], responses.item[block].astype(np.intp)
        score = responses.score[block].astype(np.float64)
        rest = (of.points[who] - score) / others[who]
        rest = rest if unit == 1 else np.floor(rest + 0.5)
        cell = item * BANDS + band[who]
        _add_scores(sums, item, cell, score, rest)
        if options and responses.choice is not None:
            _add_choices(sums, cell, responses.choice[block])
        if responses.seconds is not None:
            _add_times(sums, item, responses.seconds[block])
    np.sum(sums.band_n, axis=1, out=sums.n)
    np.sum(sums.band_points, axis=1, out=sums.points)
    return sums


def _bands(of: Totals, unit: int) -> Array:
    if unit == 1:
        return np.asarray(np.rint(of.fraction * (BANDS - 1)))
    return np.asarray(np.floor((BANDS - 1) * of.points / (unit * np.maximum(of.answered, 1)) + 0.5))


def _add_scores(sums: ItemSums, item: Ints, cell: Ints, score: Array, rest: Array) -> None:
    items = len(sums.n)
    sums.band_n.reshape(-1)[:] += np.bincount(cell, minlength=items * BANDS)
    sums.band_points.reshape(-1)[:] += np.bincount(cell, weights=score, minlength=items * BANDS)
    squares = score if sums.unit == 1 and np.array_equal(score, score.astype(bool)) else score * score
    sums.squares[:] += np.bincount(item, weights=squares, minlength=items)
    known = ~np.isnan(rest)
    if not known.all():
        item, score, squares, rest = item[known], score[known], squares[known], rest[known]
    for target, weights in (
        (sums.pairs, None),
        (sums.first, score),
        (sums.first_squares, squares),
        (sums.rest, rest),
        (sums.rest_squares, rest * rest),
        (sums.cross, score * rest),
    ):
        target[:] += np.bincount(item, weights=weights, minlength=items)


def _add_choices(sums: ItemSums, cell: Ints, choice: Ints) -> None:
    size = sums.chosen[0].size
    some = choice >= 0
    place = choice.astype(np.intp) * size + cell
    sums.chosen.reshape(-1)[:] += np.bincount(place if some.all() else place[some], minlength=sums.chosen.size)


def _add_times(sums: ItemSums, item: Ints, seconds: NDArray[np.floating]) -> None:
    known = ~np.isnan(seconds)
    octave = np.log2(np.maximum(seconds[known], QUICKEST) / QUICKEST)
    place = np.minimum((octave * TIMES_PER_OCTAVE).astype(np.intp), TIMES - 1)
    sums.times.reshape(-1)[:] += np.bincount(item[known] * TIMES + place, minlength=sums.times.size)
