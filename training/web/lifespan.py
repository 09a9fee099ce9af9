"""Start and stop: what is done once for a process, and what it does on its own while it runs."""

import asyncio
import gc
import importlib
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address

from starlette.concurrency import run_in_threadpool
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from training.services import finishing, registering, regrading, renewing, signing_in, taking, vouching
from training.services.app import App, running_app
from training.web import logs

WARM = ("pandas", "plotly.graph_objects", "scipy.special", "training.ui.main")
"""What pages import: loaded once at the start, so that no visitor waits for it. Named, since web does not know ui."""

LOOPBACK = {ip_address("127.0.0.1"), ip_address("::1")}
"""Whose word uvicorn takes where nobody told it otherwise."""

SWEEP_EVERY, GO_ON_EVERY, FORGET_EVERY, REMIND_EVERY = 3.0, 60.0, 3600.0, 3600.0
_log = logging.getLogger("needlewise.server")


@asynccontextmanager
async def serving(_server: object, app_of: Callable[[], App] = running_app) -> AsyncIterator[None]:
    """Get ready, serve, and leave tidily."""
    app = await run_in_threadpool(app_of)
    signing_in.trusted_proxies(app.settings)  # a setting that cannot be read is told now, not to the first visitor
    vouching.role_map(app.settings)
    logs.set_up(app.settings.data_dir)
    await run_in_threadpool(finishing.finish_interrupted, app)
    for name in WARM:
        importlib.import_module(name)
    app.library  # noqa: B018 - loaded now rather than for the first visitor
    _disbelieve_neighbours()
    listening = _listening()
    for each in listening:
        # Streamlit opens its socket so that asyncio does not do this; without it each answer may wait 40 ms.
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _greet(app, listening)
    gc.collect()
    gc.freeze()  # what was loaded so far stays: no collection needs to look at it again
    chores = [
        asyncio.create_task(_again_and_again(SWEEP_EVERY, lambda: taking.close_overdue(app))),
        asyncio.create_task(_again_and_again(FORGET_EVERY, lambda: signing_in.forget_old(app))),
        asyncio.create_task(_again_and_again(GO_ON_EVERY, lambda: regrading.go_on(app))),
        asyncio.create_task(_again_and_again(REMIND_EVERY, lambda: renewing.remind(app))),
    ]
    try:
        yield
    finally:
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        await run_in_threadpool(app.database.close)


def _disbelieve_neighbours() -> None:
    """Let nobody on this machine say by a header who asks, unless the operator told uvicorn whom to believe.

    uvicorn believes this machine before NEEDLEWISE_TRUSTED_PROXIES is asked, and has read its own setting by the time
    that `streamlit run` or `uvicorn app:app` imports the app.
    """
    if "FORWARDED_ALLOW_IPS" in os.environ:
        return
    for each in gc.get_objects():
        with suppress(ReferenceError):
            if isinstance(each, ProxyHeadersMiddleware) and each.trusted_hosts.trusted_hosts == LOOPBACK:
                each.trusted_hosts = ProxyHeadersMiddleware(each.app, []).trusted_hosts


async def _again_and_again(seconds: float, work: Callable[[], object]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await run_in_threadpool(work)
        except Exception:  # noqa: BLE001 - a failed chore must not end the others
            _log.exception("a chore failed; it is tried again in %s seconds", seconds)


def _listening() -> list[socket.socket]:
    found = []
    for each in gc.get_objects():
        with suppress(OSError, ReferenceError):
            if isinstance(each, socket.socket) and each.family in {socket.AF_INET, socket.AF_INET6} and _accepts(each):
                found.append(each)
    return found


def _accepts(each: socket.socket) -> bool:
    return each.fileno() >= 0 and bool(each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


def _greet(app: App, listening: list[socket.socket]) -> None:
    """Print the way in for the first administrator; the log learns only that there is one."""
    base_url = app.settings.base_url
    if base_url.startswith("http://localhost:") and listening:
        base_url = f"http://localhost:{listening[0].getsockname()[1]}"
    _log.info("serving on %s", base_url)
    link = registering.first_administrator_link(app, base_url=base_url)
    if link:
        _log.info("there is no administrator yet; a one-time link was printed on the terminal")
        sys.stderr.write(
            "\n  There is no administrator yet. To become it, open this address within 24 hours; it works once:\n\n"
            f"  {link}\n\n"
        )
        sys.stderr.flush()
