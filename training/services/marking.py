"""Marking attempts that are over: results, outcomes, the sums of reports and the record that proves it, all at once."""

from collections.abc import Iterable
from datetime import datetime

from training.core.attempt import Attempt
from training.core.decision import decide
from training.core.record import record
from training.core.score import grade
from training.core.tally import tally
from training.store import records, results, sums
from training.store.database import Connection
from training.store.sums import Changes


def settle(tx: Connection, attempt: Attempt, now: datetime) -> None:
    """Mark what stands and keep it; settling again adds nothing new."""
    settle_all(tx, (attempt,), now)


def settle_all(tx: Connection, attempts: Iterable[Attempt], now: datetime) -> None:
    """Mark many attempts; their sums are written once.

    What an attempt marked before added to the sums is taken away again, so marking it anew corrects them.
    """
    settled = tuple(attempts)
    before = sums.counted_of(tx, [each.id for each in settled])
    changes, tallies = Changes(), {}
    for attempt in settled:
        score = grade(attempt)
        decision = decide(score, attempt.form)
        if attempt.id in before:
            changes.add(tally(attempt, *results.marked(tx, attempt.id)), -1)
        results.put(tx, attempt, score)
        records.add(tx, record(attempt, score), now)
        tallies[attempt.id] = tally(attempt, score.outcomes, decision.passed if decision else None)
        changes.add(tallies[attempt.id])
    sums.note_counted(tx, {each: found for each, found in tallies.items() if each not in before}, now)
    changes.write(tx)
