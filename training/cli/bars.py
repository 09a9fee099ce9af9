"""Progress of long work, on standard error, and only where a person is watching."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 30


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to tell `done, total`; it draws a bar on a terminal and nothing elsewhere."""
    watching = sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        if watching:
            filled = WIDTH * done // max(total, 1)
            print(f"\r{title} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}", end="", file=sys.stderr)

    try:
        yield told
    finally:
        if watching:
            print(file=sys.stderr)
