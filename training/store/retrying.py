"""Writing to PostgreSQL: each work in its own serializable transaction, run again when the database says so."""

from collections.abc import Callable
from threading import get_ident
from time import monotonic, sleep
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

RUN_AGAIN = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock: nothing was written, and the same work may well succeed now."""

PATIENCE = 30.0
"""Seconds after which a work that keeps colliding is given up."""

LONGEST_PAUSE = 0.01


class RetryingWriter:
    """Runs each work in a transaction of its own, in the thread that asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work, again where it collided with another, and return when it is committed."""
        give_up = monotonic() + PATIENCE
        pause = 0.001 * (1 + get_ident() % 997 / 997)  # threads that collided must not meet again in step
        while True:
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in RUN_AGAIN or monotonic() > give_up:
                    raise
            sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def close(self) -> None:
        """Nothing waits here: each write was finished in its caller's thread."""
