"""Make the derived tables again from the events, which are the truth."""

from collections.abc import Callable
from datetime import datetime

from training.services.app import App
from training.services.marking import settle_all
from training.store import attempts, sums
from training.store.database import Connection

Progress = Callable[[int, int], None]
"""Told after each attempt: how many are done, of how many."""

TOGETHER = 20
"""Attempts in one transaction: enough to write shared sums once, few enough that a learner does not wait for it."""


def rebuild(app: App, told: Progress = lambda done, total: None) -> int:  # noqa: ARG005 - says nothing by default
    """Mark every finished attempt anew and replace its rows; gives how many there were.

    A few attempts share a transaction, so learners go on meanwhile. Sums begin from nothing: until this is done they
    are those of the attempts counted so far, which every report says. Stopped half-way, start it again.
    """
    app.database.write(sums.clear)
    ids = app.database.read(lambda tx: list(attempts.every_id(tx)))
    for first in range(0, len(ids), TOGETHER):
        some = ids[first : first + TOGETHER]
        app.database.write(lambda tx, some=some: _rebuild(tx, some, app.now()))  # type: ignore[misc]
        for done in range(first + 1, first + len(some) + 1):
            told(done, len(ids))
    return len(ids)


def _rebuild(tx: Connection, ids: list[str], now: datetime) -> None:
    found = [attempts.get(tx, attempt_id) for attempt_id in ids]
    for attempt in found:
        attempts.note_met(tx, attempt)
    settle_all(tx, (attempt for attempt in found if attempt.submitted), now)
