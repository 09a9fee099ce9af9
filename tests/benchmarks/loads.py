"""How visitors behave: one after the other, all at once without a pause, or at a person's pace."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle, islice

from tests.benchmarks.load_client import Window
from tests.benchmarks.servers import Page

ARRIVING_AT_ONCE = 5


@asynccontextmanager
async def windows(page: Page, count: int) -> AsyncIterator[list[Window]]:
    """Open so many windows of a page, a few at a time."""
    made = [
        Window(page.server.url, page.path, query, cookies)
        for query, cookies in islice(zip(page.queries, page.cookies, strict=True), count)
    ]
    async with AsyncExitStack() as opened:
        door = asyncio.Semaphore(ARRIVING_AT_ONCE)

        async def arrive(window: Window) -> None:
            async with door:
                await opened.enter_async_context(window)
                await window.open()
                await answer(window, 0)

        await asyncio.gather(*map(arrive, made))
        yield made


async def answer(window: Window, turn: int) -> float:
    """Change the answer to the question that is shown; gives the seconds until the page was drawn again."""
    radio = window.radio()
    return await window.choose(radio, radio.options[turn % 2])


async def in_turn(opened: Sequence[Window], seconds: float) -> list[float]:
    """Answer in one window after the other, one at a time; gives how long each answer took."""
    until, taken, turn = time.perf_counter() + seconds, [], 0
    for window in cycle(opened):
        turn += window is opened[0]
        taken.append(await answer(window, turn))
        if time.perf_counter() >= until:
            return taken
    return taken


async def without_pause(opened: Sequence[Window], seconds: float) -> list[float]:
    """Answer in every window at once, each as soon as its last answer is drawn."""
    until = time.perf_counter() + seconds

    async def hurry(window: Window) -> list[float]:
        taken: list[float] = []
        while time.perf_counter() < until:
            taken.append(await answer(window, len(taken) + 1))
        return taken

    return [each for one in await asyncio.gather(*map(hurry, opened)) for each in one]


async def at_a_persons_pace(opened: Sequence[Window], seconds: float, think: float) -> list[float]:
    """Answer in every window after thinking for an exponential time with the mean `think` in seconds."""
    until = time.perf_counter() + seconds
    dice = random.Random(2026)

    async def ponder(window: Window) -> list[float]:
        taken: list[float] = []
        while True:
            pause = dice.expovariate(1 / think)
            if time.perf_counter() + pause >= until:
                return taken
            await asyncio.sleep(pause)
            taken.append(await answer(window, len(taken) + 1))

    return [each for one in await asyncio.gather(*map(ponder, opened)) for each in one]


def share(taken: Sequence[float], below: float) -> float:
    """Give the time (seconds) that a share `below` (0 to 1) of the answers did not exceed."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(below * len(ordered)))]
