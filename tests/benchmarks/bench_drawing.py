"""Drawing 50 items under a 24-cell blueprint, from banks of 10,000 and of 100,000: `python -m tests.benchmarks.bench_drawing`.

Each learner has met 200 items already, and every fiftieth item has an enemy. The figure is wall time of
`core.form.assemble` once the pool is indexed; the ratio is what must stay flat.
"""

import time
from datetime import UTC, datetime
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure, at_most, main
from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.form import assemble
from training.core.items import BY_TYPE
from training.core.library import Library
from training.core.pool import Pool, build_pool

SIZES = (10_000, 100_000)
DRAWS = 400
DOMAINS, LEVELS = range(1, 9), ("recall", "apply", "analyse")


def indexed(size: int) -> tuple[Pool, float]:
    """Build a pool over `size` items; gives it with the seconds that indexing took."""
    items = [BY_TYPE["single_best"].model_validate(_item(number, size)) for number in range(size)]
    library = Library(banks={"bank": Bank("bank", "Bank", tuple(items))})
    started = time.perf_counter()
    pool = build_pool(_programme(), library)
    return pool, time.perf_counter() - started


def _item(number: int, size: int) -> dict[str, Any]:
    return {
        "id": f"item-{number:06d}", "type": "single_best", "status": "approved", "objective": f"{1 + number % 8}.1",
        "level": LEVELS[number // 8 % 3], "stem": f"Question {number}?", "references": ["who-2009"], "authors": ["Ida"],
        "options": [{"text": f"Option {n}", "why": "Because.", "correct": n == 0} for n in range(4)],
        "enemies": [f"item-{(number + 24) % size:06d}"] if number % 50 == 0 else [],
    }  # fmt: skip


def _programme() -> Programme:
    cells = [(domain, level) for domain in DOMAINS for level in LEVELS]
    quotas = [
        {"count": 3 if rank < 2 else 2, "domain": str(domain), "level": level}
        for rank, (domain, level) in enumerate(cells)
    ]
    return Programme.model_validate(
        {
            "programme": "bench", "title": "Bench", "summary": "Bench.", "banks": ["bank"], "policy": {"mode": "exam"},
            "blueprint": {"sections": [{"title": "All", "quotas": quotas}]},
        }
    )  # fmt: skip


def milliseconds(pool: Pool, size: int) -> float:
    """Give the median time of a draw, in milliseconds."""
    met = datetime(2026, 1, 1, tzinfo=UTC)
    seen = {f"item-{number * 37 % size:06d}": met for number in range(200)}
    times = []
    for seed in range(DRAWS):
        started = time.perf_counter()
        form = assemble(pool, seed=seed, seen=seen)
        times.append(time.perf_counter() - started)
        assert len(form.slots) == 50
    return 1000 * median(times)


def measure() -> list[Figure]:
    """Draw from the small bank and from the large one."""
    figures, draws = [], []
    for size in SIZES:
        pool, index_seconds = indexed(size)
        draws.append(milliseconds(pool, size))
        figures.append(at_most(f"drawing: 50 from {size:,} items", draws[-1], 1, "ms"))
        figures.append(Figure(f"drawing: indexing {size:,} items", index_seconds, "s"))
    return [*figures, Figure("drawing: from 100,000 against from 10,000 (flat is 1)", draws[1] / draws[0], "×")]


if __name__ == "__main__":
    main("drawing", measure)
