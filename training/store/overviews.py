"""How much there is: counts for the page of the server's health."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from training.store.tables import attempts, open_attempts, people, sessions


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the tables that grow."""

    people: int
    sessions: int
    attempts: int
    open_attempts: int


def counts(tx: Connection, now: datetime) -> Counts:
    """Count people, running sessions, attempts and open attempts."""
    running = sessions.c.ended_at.is_(None) & (sessions.c.expires_at > now)
    return Counts(
        tx.scalars(select(func.count()).select_from(people)).one(),
        tx.scalars(select(func.count()).select_from(sessions).where(running)).one(),
        tx.scalars(select(func.count()).select_from(attempts)).one(),
        tx.scalars(select(func.count()).select_from(open_attempts)).one(),
    )
