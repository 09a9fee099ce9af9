"""Drawing 50 items under a 24-cell blueprint, from banks of 10,000 and of 100,000: `python -m tests.benchmarks.bench_drawing`.

Each learner has met 200 items already, and every fiftieth item has an enemy. The figure is wall time of
`core.form.assemble` once the pool is indexed; the ratio is what must stay flat.
"""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.form import assemble
from training.core.items import BY_TYPE
from training.core.library import Library
from training.core.pool import Pool, build_pool

SIZES = (10_000, 100_000)
DRAWS = 400
DOMAINS, LEVELS = range(1, 9), ("recall", "apply", "analyse")
RESULT = Path(__file__).parent / "results" / "drawing.json"


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


def main() -> dict[str, Any]:
    """Measure, print a table, write JSON."""
    rows = {}
    for size in SIZES:
        pool, index_seconds = indexed(size)
        rows[size] = {"draw_ms": milliseconds(pool, size), "index_s": index_seconds}
        print(f"{size:>7,} items: draw {rows[size]['draw_ms']:.3f} ms (aim <= 1), indexed in {index_seconds:.2f} s")
    ratio = rows[SIZES[1]]["draw_ms"] / rows[SIZES[0]]["draw_ms"]
    print(f"100,000 against 10,000: {ratio:.2f} x (flat is 1)")
    found = {"sizes": {str(size): row for size, row in rows.items()}, "ratio": ratio}
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else RESULT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    return found


if __name__ == "__main__":
    main()
