"""Proving 10,000 decisions on SQLite, each of an exam of its own: `python -m tests.benchmarks.bench_replaying`.

Every attempt has another form of 60 questions, 60 answers, and rules by section; each decision must come out byte for
byte as it was kept. The fastest of three passes counts, since others use the machine too.
"""

import time
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
        took, waited = (min(each) for each in zip(*(_proved(app) for _ in range(PASSES)), strict=True))
        app.database.close()
    return [
        Figure("attempts replayed, 60 questions each, every one byte for byte the same", ATTEMPTS),
        at_least("attempts replayed in a second of processor time", ATTEMPTS / took, 2000, "/s"),
        Figure("the same by the clock on the wall", ATTEMPTS / waited, "/s"),
        Figure("drawing, storing and marking them, processor time", filled, "s"),
    ]


def _proved(app: App) -> tuple[float, float]:
    """Prove everything once: seconds of processor time and by the clock. Raises where a decision differs."""
    wall, began = time.perf_counter(), time.process_time()
    proof = replay_all(app)
    if not (proof.attempts == ATTEMPTS and proof.holds):
        raise RuntimeError("a decision did not come out as it was kept")
    return time.process_time() - began, time.perf_counter() - wall


if __name__ == "__main__":
    main("replaying", measure)
