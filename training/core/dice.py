"""Chance that is the same on every machine and every Python: draws from a seed."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Seeded draws. Only `Random.random()` is used: its sequence is promised across versions, `shuffle` is not."""

    def __init__(self, seed: int | str) -> None:
        self._next = Random(str(seed)).random  # noqa: S311 - repeatable, not secret

    def below(self, limit: int) -> int:
        """Draw a whole number from 0 to limit - 1."""
        return int(self._next() * limit)

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Copy the things into a random order (Fisher-Yates)."""
        deck = list(things)
        draw = self._next
        for last in range(len(deck) - 1, 0, -1):
            other = int(draw() * (last + 1))
            deck[last], deck[other] = deck[other], deck[last]
        return deck

    def wander(self, things: Sequence[T]) -> Iterator[T]:
        """Yield the things in a random order, paying only for those that are taken.

        A Fisher-Yates shuffle whose untouched places are not stored, so that drawing 5 of
        100,000 costs as much as drawing 5 of 50.
        """
        moved: dict[int, int] = {}
        for first in range(len(things)):
            other = first + self.below(len(things) - first)
            yield things[moved.get(other, other)]
            moved[other] = moved.get(first, first)
