"""What the distinct cells of one item mean: a score, an option, no answer, or nothing that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from training.formats.response_words import MISSING, NO_SCORE, alternatives, number_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """An entry for each distinct cell: a score (NaN: no answer) and an option (-1: none).

    `wrong` is the first cell that is no score; `worth` is what each option earns.
    """

    score: NDArray[np.float64]
    option: NDArray[np.int16]
    options: tuple[str, ...] = ()
    worth: tuple[float, ...] = ()
    wrong: int | None = None

    @property
    def key_unused(self) -> bool:
        """Whether there were answers and nobody gave the right one."""
        return bool(self.worth) and bool((self.score == 0).any()) and not (self.score > 0).any()


def meaning_of(values: Sequence[str], right: frozenset[str] | None) -> Meaning:
    """Read the cells of an item, as options where it has a key and as scores from 0 to 1 where not."""
    cells = [value.strip() for value in values]
    return _scores(cells) if right is None else _options(cells, right)


def _scores(cells: Sequence[str]) -> Meaning:
    blank = [cell.lower() in NO_SCORE for cell in cells]
    scores = np.array([nan if empty else number_of(cell) for cell, empty in zip(cells, blank, strict=True)])
    within = [empty or 0 <= score <= 1 for score, empty in zip(scores, blank, strict=True)]
    return Meaning(scores, np.full(len(cells), -1, np.int16), wrong=None if all(within) else within.index(False))


def _options(cells: Sequence[str], key: frozenset[str]) -> Meaning:
    chosen = {cell.casefold(): cell for cell in reversed(cells) if cell.lower() not in MISSING}
    right = alternatives(key, chosen)
    spelled = {each: each for each in right} | chosen
    options = sorted(spelled)
    given = [cell.casefold() if cell.lower() not in MISSING else "" for cell in cells]
    return Meaning(
        np.array([float(cell in right) if cell else nan for cell in given]),
        np.array([options.index(cell) if cell else -1 for cell in given], np.int16),
        tuple(spelled[each] for each in options), tuple(float(each in right) for each in options),
    )  # fmt: skip


def complaint(item: str, value: str, *, keyed: bool, few: bool = False) -> str:
    """Say why a cell of an item cannot be read, and what to do; with a `few` columns a long file could be meant."""
    if keyed:
        why = f"item {item!r} has no key, and {value!r} is not a score from 0 to 1"
    else:
        why = f"{value!r} for item {item!r} is not a score from 0 to 1; to score options, give a key with --key"
    if number_of(value) > 1:
        why += "; divide points or percent by the most there is"
    elif few:
        why += "; a long file has the columns person, item and score"
    return f"{why}; a column that is no item goes with --leave-out"
