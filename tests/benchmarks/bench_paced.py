"""How long an answer takes with 100 learners who think for ten seconds, against one learner alone."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure, at_most, main
from tests.benchmarks.loads import at_a_persons_pace, share, windows
from tests.benchmarks.servers import Page, client_apart, sitting

LEARNERS, THINK, SECONDS = 100, 10.0, 60.0
ALONE_THINK, ALONE_SECONDS = 0.2, 30.0
"""Alone she thinks less, so that a half minute gives enough answers to tell a p95 by."""


def measure() -> list[Figure]:
    """Let one learner answer alone, then a hundred together on the same server."""
    with (
        TemporaryDirectory(prefix="needlewise-bench-") as folder,
        sitting(Path(folder), LEARNERS) as page,
        client_apart(),
    ):
        alone = asyncio.run(_paced(page, 1, ALONE_SECONDS, ALONE_THINK))
        together = asyncio.run(_paced(page, LEARNERS, SECONDS, THINK))
    one, many = 1000 * share(alone, 0.95), 1000 * share(together, 0.95)
    return [
        Figure("paced: p50 of one learner alone", 1000 * share(alone, 0.5), "ms"),
        Figure("paced: p95 of one learner alone", one, "ms"),
        Figure("paced: p50 of 100 learners", 1000 * share(together, 0.5), "ms"),
        Figure("paced: p95 of 100 learners", many, "ms"),
        at_most("paced: p95 of 100 learners against one", many / one, 4),
    ]


async def _paced(page: Page, learners: int, seconds: float, think: float) -> list[float]:
    async with windows(page, learners) as opened:
        return await at_a_persons_pace(opened, seconds, think)


if __name__ == "__main__":
    main("paced", measure)
