"""Servers of our own, started for a test or a benchmark: a free port, and patience until they answer."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from random import SystemRandom

PORTS = range(15_000, 32_000)
PATIENCE = 150.0
"""At fifteen busy processes on two cores a server was seen to need more than a minute."""


def free_port() -> int:
    """Give a port that nobody listens on now, from below those that the system gives to connections by chance."""
    for port in SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError(f"a hundred ports in {PORTS} are all taken")


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until an address answers. Raises RuntimeError where the process ends before, TimeoutError after PATIENCE."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered at {address}")
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing answers at {address}")


def until(holds: Callable[[], bool], *, seconds: float) -> None:
    """Wait for what another process does. Raises TimeoutError."""
    give_up = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > give_up:
            raise TimeoutError(f"not within {seconds} seconds")
        time.sleep(0.02)
