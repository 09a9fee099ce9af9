"""Marking attempts that are over: results, outcomes, the sums of reports and the record that proves it, all at once."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from training.core.attempt import Attempt
from training.core.decision import Decision, decide
from training.core.key_change import KeyChange, regraded, strict
from training.core.record import Record, record
from training.core.remarking import Regraded
from training.core.score import Score, grade, grade_again
from training.core.tally import Tally, tally, tally_again
from training.store import attempts, key_changes, records, results, sums
from training.store.database import Connection
from training.store.key_changes import Regrade
from training.store.sums import Changes


def settle(tx: Connection, attempt: Attempt, now: datetime) -> None:
    """Mark what stands and keep it; settling again adds nothing new."""
    settle_all(tx, (attempt,), now)


@dataclass(frozen=True, slots=True)
class Again:
    """An attempt marked again by key changes: as it was and as it is now, with both scores and decisions."""

    before: Attempt
    after: Attempt
    score_before: Score
    score_after: Score
    decision_before: Decision | None
    decision_after: Decision | None

    @property
    def passed(self) -> tuple[bool | None, bool | None]:
        """The decision before and after."""
        before, after = self.decision_before, self.decision_after
        return before.passed if before else None, after.passed if after else None


@dataclass(frozen=True, slots=True)
class Counted:
    """What is kept of an attempt marked again, worked out before anything is written."""

    again: Again
    record: Record
    before: Tally
    after: Tally


def marked_again(before: Attempt, after: Attempt) -> Again:
    """Mark an attempt as it was and as it is now; what has no further regrade is not marked twice."""
    was = grade(before)
    fresh = [event.slot for event in after.events[len(before.events) :] if isinstance(event, Regraded)]
    now = grade_again(after, was, fresh)
    decision = decide(was, before.form)
    return Again(before, after, was, now, decision, decision if now is was else decide(now, after.form))


def strictly(again: Again, change: KeyChange, now: datetime) -> tuple[float, bool | None]:
    """Say what percent and which decision a change would give if scores were allowed to fall.

    Taking a change back holds no score up, so there it is what happens.
    """
    form, score = again.before.form, again.score_after
    if not (form.policy.scores_may_fall or change.takes_back):
        score = strict(again.before, change, again.score_before, now)
    if score.outcomes == again.score_after.outcomes:
        return score.percent, again.passed[1]
    decision = decide(score, form)
    return score.percent, decision.passed if decision else None


@dataclass(frozen=True, slots=True)
class Batch:
    """Attempts marked again and how all sums change by them, where they are in the sums already."""

    counted: tuple[Counted, ...]
    changes: Changes


def batch(again: Iterable[Again]) -> Batch:
    """Work out what is kept of attempts that were marked again."""
    counted = tuple(_counted(each) for each in again)
    return Batch(counted, _changes(counted, None))


def settle_again(tx: Connection, batch: Batch, now: datetime) -> None:
    """Keep attempts that were marked again: further events and records, with results, outcomes and sums put right."""
    again = [each.again for each in batch.counted]
    attempts.append_all(tx, [(each.before, each.after) for each in again])
    results.correct(tx, [(each.after, each.score_before, each.score_after, each.passed[1]) for each in again])
    records.add_all(tx, [each.record for each in batch.counted], now)
    known = sums.counted_of(tx, [each.before.id for each in again])
    fresh = {each.again.before.id: each.after for each in batch.counted if each.again.before.id not in known}
    sums.note_counted(tx, fresh, now)
    changes = _changes(batch.counted, known) if fresh else batch.changes
    changes.write(tx)


def _counted(again: Again) -> Counted:
    was, now = again.passed
    before = tally(again.before, again.score_before.outcomes, was)
    after = tally_again(before, again.after, again.score_after.outcomes, now)
    return Counted(again, record(again.after, again.score_after, again.decision_after), before, after)


def _changes(counted: Iterable[Counted], known: Container[str] | None) -> Changes:
    """Sum up how the sums change; those not known to them are added whole. None: all are known."""
    changes = Changes()
    for each in counted:
        if known is None or each.again.before.id in known:
            changes.exchange(each.before, each.after)
        else:
            changes.add(each.after)
    return changes


def settle_all(tx: Connection, over: Iterable[Attempt], now: datetime) -> None:
    """Mark many attempts; their sums are written once.

    What an attempt marked before added to the sums is taken away again, so marking it anew corrects them.
    """
    settled = tuple(over)
    before = sums.counted_of(tx, [each.id for each in settled])
    changes, tallies = Changes(), {}
    for attempt in settled:
        score = grade(attempt)
        decision = decide(score, attempt.form)
        if attempt.id in before:
            changes.add(tally(attempt, *results.marked(tx, attempt.id)), -1)
        tallies[attempt.id] = tally(attempt, score.outcomes, decision.passed if decision else None)
        results.put(tx, attempt, score, tallies[attempt.id])
        records.add(tx, record(attempt, score), now)
        changes.add(tallies[attempt.id])
    sums.note_counted(tx, {each: found for each, found in tallies.items() if each not in before}, now)
    changes.write(tx)


def with_key_changes(tx: Connection, attempt: Attempt, now: datetime) -> Attempt:
    """Apply the key changes that began before to an attempt just handed in: its learner never had another score."""
    changes = key_changes.begun_for(tx, {slot.digest for slot in attempt.form.slots})
    noted: list[tuple[KeyChange, int]] = []
    for change in changes:
        after = regraded(attempt, change, now)
        if after is not attempt:
            noted.append((change, first_slot(after, change)))
        attempt = after
    if noted:
        found = marked_again(attempt, attempt)
        percent, (passed, _) = found.score_after.percent, found.passed
        key_changes.add_regrades(tx, [
            Regrade(change.id, attempt.id, attempt.learner, slot, percent, percent, passed, passed, now)
            for change, slot in noted
        ])  # fmt: skip
    return attempt


def first_slot(attempt: Attempt, change: KeyChange) -> int:
    """Give the first slot of an attempt with the question of a change."""
    return next(number for number, slot in enumerate(attempt.form.slots) if slot.digest in change.questions)
