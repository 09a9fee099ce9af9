"""Marking an attempt that is over: its result, its outcomes and the record that proves them, in one transaction."""

from datetime import datetime

from training.core.attempt import Attempt
from training.core.record import record
from training.core.score import grade
from training.store import records, results
from training.store.database import Connection


def settle(tx: Connection, attempt: Attempt, now: datetime) -> None:
    """Mark what stands and keep it; settling again adds nothing new."""
    score = grade(attempt)
    results.put(tx, attempt, score)
    records.add(tx, record(attempt, score), now)
