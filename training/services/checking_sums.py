"""Proving that the sums of reports are those of the answers: every attempt marked anew, nothing written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from training.content.garbage import left_lying
from training.core.attempt import Attempt
from training.core.decision import decide
from training.core.score import grade
from training.core.tally import tally
from training.services.app import App
from training.store import attempts, results, sum_checking, walking
from training.store.database import Connection
from training.store.sums import Changes

PAGE = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Different:
    """What is not as the answers have it: where, what, how it stands and how it should; empty where there is none."""

    table: str
    what: str
    kept: tuple[int, ...]
    made: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """How many finished attempts were marked anew, and all that differs."""

    attempts: int
    different: tuple[Different, ...]

    @property
    def holds(self) -> bool:
        return not self.different


def check(app: App, told: Progress = lambda done, total: None) -> Checked:  # noqa: ARG005 - says nothing by default
    """Hold outcomes and sums against the events, all of one moment: learners may go on meanwhile."""
    return app.database.read(lambda tx: _check(tx, told))


def _check(tx: Connection, told: Progress) -> Checked:
    ids, changes = list(attempts.every_id(tx)), Changes()
    different: list[Different] = []
    finished = set[str]()
    for first in range(0, len(ids), PAGE):
        page = ids[first : first + PAGE]
        with left_lying():
            over = [each for each in walking.page(tx, page) if each.submitted]
            different += _outcomes(tx, over, changes)
        finished |= {each.id for each in over}
        told(min(first + PAGE, len(ids)), len(ids))
    return Checked(len(finished), (*different, *_attempts(tx, finished), *_sums(tx, changes)))


def _outcomes(tx: Connection, over: list[Attempt], changes: Changes) -> Iterator[Different]:
    kept = sum_checking.outcomes_of(tx, [each.id for each in over])
    for attempt in over:
        score = grade(attempt)
        decision = decide(score, attempt.form)
        counted = tally(attempt, score.outcomes, decision.passed if decision else None)
        changes.add(counted)
        if kept.get(attempt.id, []) != results.outcome_rows(attempt, score, counted):
            yield Different("outcomes", f"attempt {attempt.id}", (), ())


def _attempts(tx: Connection, finished: set[str]) -> Iterator[Different]:
    known = sum_checking.counted_ids(tx)
    for each in sorted(finished ^ known):
        yield Different("counted", f"attempt {each}", (1,) if each in known else (), (1,) if each in finished else ())


def _sums(tx: Connection, changes: Changes) -> Iterator[Different]:
    kept, made = sum_checking.kept(tx), sum_checking.made(changes)
    for table, rows in kept.items():
        for key in sorted({*rows, *made[table]}):
            stands, should = rows.get(key, ()), made[table].get(key, ())
            if stands != should:
                yield Different(table, sum_checking.said(table, key), stands, should)
