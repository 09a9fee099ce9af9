"""Proving decisions: an attempt marked anew from its own form and events must give the record that was kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from training.content.garbage import left_lying
from training.core.attempt import Attempt
from training.core.record import record
from training.core.refusal import Refusal
from training.core.score import Score, grade
from training.services.app import App
from training.store import attempts, codec, records, walking
from training.store.database import Connection

PAGE = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Replay:
    """An attempt marked anew: the record as it was kept (None where none was) and as it comes out now, in bytes."""

    attempt: Attempt
    score: Score
    kept: str | None
    now: str

    @property
    def same(self) -> bool:
        return self.kept == self.now


@dataclass(frozen=True, slots=True)
class Proof:
    """All finished attempts marked anew: how many, and which differ from their record or have none."""

    attempts: int
    different: tuple[str, ...]
    unrecorded: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not (self.different or self.unrecorded)


def replay(app: App, attempt_id: str) -> Replay:
    """Mark one finished attempt anew. Raises NotFound, or Refusal while it is open."""

    def read(tx: Connection) -> Replay:
        attempt = attempts.get(tx, attempt_id)
        if attempt.submitted is None:
            raise Refusal("This attempt is still open: there is no decision to prove.")
        return _replayed(attempt, records.latest(tx, attempt_id))

    return app.database.read(read)


def replay_all(app: App, told: Progress = lambda done, total: None) -> Proof:  # noqa: ARG005 - says nothing by default
    """Mark every finished attempt anew and compare it with its record."""
    ids = app.database.read(walking.finished_ids)
    different: list[str] = []
    unrecorded: list[str] = []
    done = 0
    for page in (ids[first : first + PAGE] for first in range(0, len(ids), PAGE)):
        with left_lying():
            for each in app.database.read(lambda tx, page=page: list(_page(tx, page))):  # type: ignore[misc]
                (unrecorded if each.kept is None else different if not each.same else []).append(each.attempt.id)
        done += len(page)
        told(done, len(ids))
    return Proof(len(ids), tuple(different), tuple(unrecorded))


def _page(tx: Connection, ids: list[str]) -> Iterator[Replay]:
    kept = dict(records.every_latest(tx, ids))
    return (_replayed(attempt, kept.get(attempt.id)) for attempt in walking.page(tx, ids))


def _replayed(attempt: Attempt, kept: str | None) -> Replay:
    score = grade(attempt)
    return Replay(attempt, score, kept, codec.dump_record(record(attempt, score)))
