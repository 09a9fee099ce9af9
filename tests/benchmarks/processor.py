"""Processor time of this process and those it started, together with that of the database server that works for it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def clock(database: Path | None = None) -> Callable[[], float]:
    """Give a clock of processor seconds; `database` is the folder of a PostgreSQL server that counts as well."""
    if database is None:
        return _own
    postmaster = int((database / "postmaster.pid").read_text("ascii").split()[0])
    return lambda: _own() + sum(_ticks(postmaster)) / TICK


def _own() -> float:
    """Give that of this process and of those it started that ended."""
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def _ticks(postmaster: int) -> Iterator[int]:
    """Give those of the server, of its processes that ended and of those that live."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = file.parent.name, file.read_text("ascii").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        own, of_ended = int(rest[11]) + int(rest[12]), int(rest[13]) + int(rest[14])
        if int(number) == postmaster:
            yield own + of_ended
        elif int(rest[1]) == postmaster:
            yield own
