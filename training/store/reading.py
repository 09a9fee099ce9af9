"""What was read: a row each time a section was opened or finished; the latest of each section counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from training.store.tables import reading


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a person is with one section: whether she ever finished it, and when she was last in it."""

    module: str
    section: str
    finished: bool
    at: datetime


def add(tx: Connection, *, row_id: str, person: str, module: str, section: str, finished: bool, at: datetime) -> None:
    """Note that a section was opened, or read to its end."""
    row = {"id": row_id, "person_id": person, "module": module, "section": section, "finished": finished, "at": at}
    tx.execute(insert(reading), row)


def of_person(tx: Connection, person: str) -> Mapping[tuple[str, str], Reading]:
    """Give what a person read, by module and section."""
    latest: dict[tuple[str, str], Reading] = {}
    for row in tx.execute(_OF_PERSON, {"of": person}):
        earlier = latest.get((row.module, row.section))
        finished = row.finished or (earlier is not None and earlier.finished)
        latest[row.module, row.section] = Reading(row.module, row.section, finished, row.at)
    return latest


def finished_since(tx: Connection, person: str, since: datetime) -> frozenset[tuple[str, str]]:
    """Give the sections a person read to their end from a moment on, as module and section."""
    rows = tx.execute(_OF_PERSON, {"of": person})
    return frozenset((row.module, row.section) for row in rows if row.finished and row.at >= since)


_OF_PERSON = (
    select(reading.c.module, reading.c.section, reading.c.finished, reading.c.at)
    .where(reading.c.person_id == bindparam("of"))
    .order_by(reading.c.at, reading.c.id)
)  # fmt: skip
