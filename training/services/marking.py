"""Marking attempts that are over: results, outcomes, the sums of reports and the record that proves it, all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.core.attempt import Attempt
from training.core.decision import Decision, decide
from training.core.key_change import KeyChange, regraded
from training.core.record import record
from training.core.score import Score, grade
from training.core.tally import tally
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


def marked_again(before: Attempt, after: Attempt) -> Again:
    """Mark an attempt as it was and as it is now."""
    scores = grade(before), grade(after)
    return Again(before, after, *scores, *(decide(score, before.form) for score in scores))


def settle_again(tx: Connection, again: Sequence[Again], now: datetime) -> None:
    """Keep attempts that were marked again: further events and records, with results, outcomes and sums put right."""
    attempts.append_all(tx, [(each.before, each.after) for each in again])
    results.correct(tx, [(each.after, each.score_before, each.score_after) for each in again])
    records.add_all(tx, [record(each.after, each.score_after) for each in again], now)
    known, changes = sums.counted_of(tx, [each.before.id for each in again]), Changes()
    fresh = {}
    for each in again:
        found = tally(each.after, each.score_after.outcomes, each.passed[1])
        changes.add(found)
        if each.before.id in known:
            changes.add(tally(each.before, each.score_before.outcomes, each.passed[0]), -1)
        else:
            fresh[each.before.id] = found
    sums.note_counted(tx, fresh, now)
    changes.write(tx)


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
        results.put(tx, attempt, score)
        records.add(tx, record(attempt, score), now)
        tallies[attempt.id] = tally(attempt, score.outcomes, decision.passed if decision else None)
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
