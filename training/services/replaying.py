"""Proving decisions: an attempt marked anew from its own form and events must give the record that was kept."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from multiprocessing import get_context, parent_process
from threading import Thread
from types import ModuleType

from sqlalchemy import URL

from training.content.garbage import left_lying
from training.core.attempt import Attempt
from training.core.record import record
from training.core.refusal import Refusal
from training.core.score import Score, grade
from training.services.app import App
from training.store import attempts, codec, records, walking
from training.store.database import Connection, Database
from training.store.walking import Shown

PAGE = 200
FEW = 1_000
"""Attempts up to which one process is as quick: another takes about a second to start."""
MOST_PROCESSES = 8
SPOILT = (ValueError, LookupError, TypeError, AttributeError)
"""What reading raises of something that was never stored so."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Replay:
    """An attempt marked anew: the record as it was kept (None where none was) and as it comes out now, in bytes.

    `shown_right` says whether the result that pages and certificates go by is what comes out.
    """

    attempt: Attempt
    score: Score
    kept: str | None
    now: str
    shown_right: bool

    @property
    def same(self) -> bool:
        return self.kept == self.now

    @property
    def holds(self) -> bool:
        return self.same and self.shown_right


@dataclass(frozen=True, slots=True)
class Proof:
    """All finished attempts marked anew: how many, and which differ from their record or have none.

    Of `misshown` the result that is shown is not what comes out; `unreadable` are no longer what was ever stored.
    """

    attempts: int
    different: tuple[str, ...]
    unrecorded: tuple[str, ...]
    misshown: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not (self.different or self.unrecorded or self.misshown or self.unreadable)


def replay(app: App, attempt_id: str) -> Replay:
    """Mark one finished attempt anew. Raises NotFound, or Refusal while it is open or where it cannot be read."""

    def read(tx: Connection) -> Replay:
        try:
            # Read anew: what this process remembers of it was right once.
            attempt = next(walking.page(tx, [attempt_id]), None) or attempts.get(tx, attempt_id)
        except SPOILT as error:
            why = f"Attempt {attempt_id} is no longer what was stored: {type(error).__name__}."
            raise Refusal(f"{why} Somebody changed the database; restore a backup.") from error
        if attempt.submitted is None:
            raise Refusal("This attempt is still open: there is no decision to prove.")
        return _replayed(attempt, records.latest(tx, attempt_id), walking.shown(tx, [attempt_id]))

    return app.database.read(read)


def replay_all(
    app: App,
    told: Progress = lambda done, total: None,  # noqa: ARG005 - says nothing by default
    *,
    processes: int | None = None,
) -> Proof:
    """Mark every finished attempt anew and compare it with its record.

    Many attempts are shared among processes, by default one for each processor; each reads the database for itself.
    """
    ids = app.database.read(walking.finished_ids)
    pages = [ids[first : first + PAGE] for first in range(0, len(ids), PAGE)]
    found: dict[int, _Found] = {}
    for number, page in _shared(app.database, pages, processes or _processes(len(ids))):
        found[number] = page
        told(min(len(found) * PAGE, len(ids)), len(ids))
    in_order = [found[number] for number in range(len(pages))]
    return Proof(len(ids), *(tuple(chain.from_iterable(page[which] for page in in_order)) for which in range(4)))


_Found = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The ids of a page in the order of `Proof`: different, without a record, shown wrongly, not to be read."""


def _processes(attempts: int) -> int:
    return 1 if attempts <= FEW else min(os.cpu_count() or 1, MOST_PROCESSES)


def _shared(database: Database, pages: Sequence[list[str]], processes: int) -> Iterator[tuple[int, _Found]]:
    """Look at every page, this process from the last one on while the others start and then work from the first."""
    if processes == 1:
        yield from ((number, _look(database, page)) for number, page in enumerate(pages))
        return
    # Not forked: the writer's thread would not come along, and its locks would.
    pool = ProcessPoolExecutor(processes - 1, mp_context=get_context("spawn"), initializer=_end_with_the_asker)
    try:
        with _without_main():
            elsewhere = [pool.submit(_look_elsewhere, database.url, page) for page in pages]
        for number in reversed(range(len(pages))):
            if elsewhere[number].cancel():
                yield number, _look(database, pages[number])
        yield from ((number, each.result()) for number, each in enumerate(elsewhere) if not each.cancelled())
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _without_main() -> Iterator[None]:
    """Let processes begin without the program that asks: under Streamlit that is a page's script, which cannot run."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _end_with_the_asker() -> None:
    """Let no process outlive a program that was killed: it would wait for pages that nobody sends any more."""
    asker = parent_process()

    def wait_for_its_end() -> None:
        if asker:
            asker.join()
            os._exit(1)

    Thread(target=wait_for_its_end, daemon=True).start()


def _look_elsewhere(url: URL, ids: list[str]) -> _Found:
    return _look(_opened(url), ids)


@cache
def _opened(url: URL) -> Database:
    return Database(url)


def _look(database: Database, ids: list[str]) -> _Found:
    with left_lying():  # what was read is let go within, or collecting would begin by walking through all of it
        found = {
            each.attempt.id: (each.kept, each.same, each.shown_right)
            for each in database.read(lambda tx: _readable(tx, ids))
        }
    return (
        tuple(each for each, (kept, same, _) in found.items() if kept is not None and not same),
        tuple(each for each, (kept, _, _) in found.items() if kept is None),
        tuple(each for each, (_, _, right) in found.items() if not right),
        tuple(each for each in ids if each not in found),
    )


def _readable(tx: Connection, ids: list[str]) -> list[Replay]:
    """Give a page; where something in it was spoilt, attempt by attempt what can be read."""
    try:
        return list(_page(tx, ids))
    except SPOILT:
        return [found for each in ids for found in _readable(tx, [each])] if len(ids) > 1 else []


def _page(tx: Connection, ids: list[str]) -> Iterator[Replay]:
    kept, shown = dict(records.every_latest(tx, ids)), walking.shown(tx, ids)
    return (_replayed(attempt, kept.get(attempt.id), shown) for attempt in walking.page(tx, ids))


def _replayed(attempt: Attempt, kept: str | None, shown: Mapping[str, Shown]) -> Replay:
    score = grade(attempt)
    made = record(attempt, score)
    found = score.points, score.max_points, score.percent, made.decision.passed if made.decision else None
    return Replay(attempt, score, kept, codec.dump_record(made), shown.get(attempt.id) == found)
