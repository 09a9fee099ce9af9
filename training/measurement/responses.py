"""Answers as arrays, one entry per answer given: what all analyses start from, whoever saw which items."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.integer]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]

BLOCK = 1 << 17  # answers looked at together: enough to be quick, few enough to stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Responses:
    """One entry per answer, in any order: who (0 to persons - 1), to what (0 to items - 1), what it earned (0 to 1).

    `choice` is the option chosen as a number from 0, -1 for none; `seconds` how long it took. Nobody answers an item
    twice.
    """

    person: Ints
    item: Ints
    score: NDArray[np.floating] | Ints
    persons: int
    items: int
    choice: Ints | None = None
    seconds: NDArray[np.floating] | None = None

    def __len__(self) -> int:
        return len(self.item)

    def of_persons(self, kept: NDArray[np.bool_]) -> "Responses":
        """Give the answers of some of the persons alone, who are numbered anew."""
        own, number = kept[self.person], np.cumsum(kept, dtype=np.int32) - 1
        return Responses(
            number[self.person[own]], self.item[own], self.score[own], int(kept.sum()), self.items,
            choice=None if self.choice is None else self.choice[own],
            seconds=None if self.seconds is None else self.seconds[own],
        )  # fmt: skip

    def blocks(self) -> list[slice]:
        """Cut the answers into blocks, so that working memory does not grow with them."""
        edges = [*range(0, len(self), BLOCK), len(self)]
        return [slice(low, high) for low, high in pairwise(edges)]


def from_matrix(scores: ArrayLike, choices: Ints | None = None) -> Responses:
    """Read persons x items, with NaN where there is no answer."""
    matrix = np.asarray(scores, dtype=np.float64)
    person, item = np.nonzero(~np.isnan(matrix))
    chosen = None if choices is None else np.asarray(choices)[person, item]
    size = {"persons": matrix.shape[0], "items": matrix.shape[1]}
    return Responses(person.astype(np.int32), item.astype(np.int32), matrix[person, item], choice=chosen, **size)


def to_matrix(responses: Responses) -> Array:
    """Write persons x items, with NaN where there is no answer."""
    matrix = np.full((responses.persons, responses.items), np.nan)
    matrix[responses.person, responses.item] = responses.score
    return matrix


@dataclass(frozen=True, slots=True)
class Totals:
    """How much each person answered and earned."""

    answered: Array
    points: Array

    @property
    def fraction(self) -> Array:
        """The share earned of what was answered; 0 where nothing was."""
        return np.asarray(self.points / np.maximum(self.answered, 1))


def totals(responses: Responses) -> Totals:
    """Add up each person's answers."""
    answered, points = np.zeros(responses.persons), np.zeros(responses.persons)
    for block in responses.blocks():
        who = responses.person[block]
        answered += np.bincount(who, minlength=responses.persons)
        points += np.bincount(who, weights=responses.score[block], minlength=responses.persons)
    return Totals(answered, points)
