"""Proving 10,000 decisions on SQLite, each of an exam of its own: `python -m tests.benchmarks.bench_replaying`.

Every attempt has another form of 60 questions, 60 answers, and rules by section; each decision must come out byte for
byte as it was kept. Processes share the work, one for each processor. The fastest of three passes counts, since others use
the machine too; what one process alone does in a second of its processor's time is told beside it.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure, at_least, main
from tests.benchmarks.sittings import fill
from training.core.form import assemble
from training.services.app import App, build_app
from training.services.replaying import replay_all
from training.services.settings import settings_from
from training.store import people

ATTEMPTS, PASSES = 10_000, 3
ROOT = Path(__file__).parents[2]
PROGRAMME = "swiss-pattern"


def measure() -> list[Figure]:
    """Sit the exams, then prove every one of them from what the database holds."""
    with TemporaryDirectory() as folder:
        app = build_app(settings_from({"NEEDLEWISE_DATA_DIR": folder, "NEEDLEWISE_CONTENT_DIR": str(ROOT)}))
        pool = app.content.pool(PROGRAMME)
        app.database.write(lambda tx: people.add(tx, person_id="ann", email="a@example.org", name="A", at=app.now()))
        began = time.process_time()
        fill(app, ATTEMPTS, lambda number: assemble(pool, seed=number), who="ann")
        filled = time.process_time() - began
        waited = min(_proved(app, time.perf_counter) for _ in range(PASSES))
        took = min(_proved(app, time.process_time, processes=1) for _ in range(PASSES))
        app.database.close()
    return [
        Figure("attempts replayed, 60 questions each, every one byte for byte the same", ATTEMPTS),
        at_least("attempts replayed in a second", ATTEMPTS / waited, 2000, "/s"),
        Figure("processors it had", os.cpu_count() or 1),
        Figure("attempts one process replays in a second of processor time", ATTEMPTS / took, "/s"),
        Figure("drawing, storing and marking them, processor time", filled, "s"),
    ]


def _proved(app: App, clock: Callable[[], float], *, processes: int | None = None) -> float:
    """Prove everything once; gives the seconds by that clock. Raises where a decision differs."""
    began = clock()
    proof = replay_all(app, processes=processes)
    if not (proof.attempts == ATTEMPTS and proof.holds):
        raise RuntimeError("a decision did not come out as it was kept")
    return clock() - began


if __name__ == "__main__":
    main("replaying", measure)
