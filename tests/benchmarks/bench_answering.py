"""Processor time the server spends on one answer, against ten empty widgets and against a tutorial's quiz."""

import asyncio

from tests.benchmarks.figures import Figure, at_most, main
from tests.benchmarks.loads import in_turn, windows
from tests.benchmarks.servers import Page, client_apart, contenders

LEARNERS, ROUNDS, SECONDS = 20, 7, 2.0


def measure() -> list[Figure]:
    """Answer one at a time on each server in turn, several rounds; the least counts, since other work only adds."""
    with contenders(LEARNERS) as pages, client_apart():
        costs = asyncio.run(_rounds(pages))
    ours, ten, stock = (min(costs[name]) for name in ("sitting", "ten widgets", "stock quiz"))
    return [
        Figure("answering: processor time of an answer", ours, "ms"),
        Figure("answering: of ten empty widgets, tuned", ten, "ms"),
        Figure("answering: of a stock quiz page", stock, "ms"),
        at_most("answering: against ten empty widgets", ours / ten, 1.5),
        at_most("answering: against the stock quiz page", ours / stock, 0.2),
    ]


async def _rounds(pages: dict[str, Page]) -> dict[str, list[float]]:
    costs: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            costs[name].append(await _cost(page))
    return costs


async def _cost(page: Page) -> float:
    async with windows(page, LEARNERS) as opened:
        before = page.server.processor_seconds()
        taken = await in_turn(opened, SECONDS)
        return 1000 * (page.server.processor_seconds() - before) / len(taken)


if __name__ == "__main__":
    main("answering", measure)
