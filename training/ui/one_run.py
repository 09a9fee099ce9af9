"""What a callback found out, for the drawing that follows it in the same run: so one click asks the database once."""

import time
from threading import local
from typing import Generic, TypeVar

T = TypeVar("T")

LASTS = 0.2
"""Seconds within which a callback and the drawing that follows it in the same thread are one run."""


class OneRun(Generic[T]):
    """Keeps one thing for each thread, to be taken once and soon."""

    def __init__(self) -> None:
        self._kept = local()

    def keep(self, of: object, thing: T) -> None:
        """Keep what was found out about something."""
        self._kept.it = (of, time.monotonic(), thing)

    def take(self, of: object) -> T | None:
        """Give it back once, where it is about the same and this is still the same run."""
        kept: tuple[object, float, T] | None = self._kept.__dict__.pop("it", None)
        if kept is None or kept[0] != of or time.monotonic() - kept[1] > LASTS:
            return None
        return kept[2]
