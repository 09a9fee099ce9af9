"""Answers a second with 50 learners who never pause, against ten empty widgets and against a tutorial's quiz."""

import asyncio
import time

from tests.benchmarks.figures import Figure, at_least, main
from tests.benchmarks.loads import share, windows, without_pause
from tests.benchmarks.servers import Page, client_apart, contenders

LEARNERS, SECONDS = 50, 8.0


def measure() -> list[Figure]:
    """Load each server in turn."""
    with contenders(LEARNERS) as pages, client_apart():
        rates = {name: asyncio.run(_rate(page)) for name, page in pages.items()}
    (ours, slowest), (ten, _), (stock, _) = (rates[name] for name in ("sitting", "ten widgets", "stock quiz"))
    return [
        Figure("throughput: answers with 50 learners", ours, "/s"),
        Figure("throughput: p95 of these", slowest, "ms"),
        Figure("throughput: of ten empty widgets, tuned", ten, "/s"),
        Figure("throughput: of a stock quiz page", stock, "/s"),
        at_least("throughput: against ten empty widgets", ours / ten, 0.7),
        at_least("throughput: against the stock quiz page", ours / stock, 6),
    ]


async def _rate(page: Page) -> tuple[float, float]:
    async with windows(page, LEARNERS) as opened:
        began = time.perf_counter()
        taken = await without_pause(opened, SECONDS)
        return len(taken) / (time.perf_counter() - began), 1000 * share(taken, 0.95)


if __name__ == "__main__":
    main("throughput", measure)
