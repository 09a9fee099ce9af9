"""Make the derived tables again from the events, which are the truth."""

from collections.abc import Callable
from datetime import datetime

from training.services.app import App
from training.services.marking import settle
from training.store import attempts
from training.store.database import Connection

Progress = Callable[[int, int], None]
"""Told after each attempt: how many are done, of how many."""


def rebuild(app: App, told: Progress = lambda done, total: None) -> int:  # noqa: ARG005 - says nothing by default
    """Mark every finished attempt anew and replace its rows; gives how many there were.

    Each attempt has a transaction of its own, so learners go on meanwhile and stopping half-way does no harm.
    """
    ids = app.database.read(lambda tx: list(attempts.every_id(tx)))
    for done, attempt_id in enumerate(ids, 1):
        app.database.write(lambda tx, which=attempt_id: _rebuild_one(tx, which, app.now()))  # type: ignore[misc]
        told(done, len(ids))
    return len(ids)


def _rebuild_one(tx: Connection, attempt_id: str, now: datetime) -> None:
    attempt = attempts.get(tx, attempt_id)
    attempts.note_met(tx, attempt)
    if attempt.submitted:
        settle(tx, attempt, now)
