"""The wire between a browser and the server, which a test can cut."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from queue import Queue
from types import TracebackType
from typing import Self

PIECE = 64 * 1024


class Wire(AbstractContextManager["Wire"]):
    """Listens on a port of its own and passes everything on to the server's, both ways, until it is cut."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._whole = threading.Event()
        self._whole.set()
        self._lag = 0.0
        self._ends: set[socket.socket] = set()
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ear.close()
        self.cut()

    def cut(self) -> None:
        """Drop every connection, and let none through from now on."""
        self._whole.clear()
        for end in list(self._ends):
            self._drop(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole.set()

    @contextmanager
    def lagging(self, seconds: float) -> Iterator[None]:
        """Deliver what the server says meanwhile so much later, as a slow machine would."""
        self._lag = seconds
        try:
            yield
        finally:
            self._lag = 0.0

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._ear.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        if not self._whole.is_set():
            near.close()
            return
        far = socket.create_connection(("127.0.0.1", self._to))
        self._ends |= {near, far}
        threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()
        self._pass_back(far, near)

    def _pass_on(self, giver: socket.socket, taker: socket.socket) -> None:
        with suppress(OSError):
            while piece := giver.recv(PIECE):
                taker.sendall(piece)
        self._drop(giver)
        self._drop(taker)

    def _pass_back(self, server: socket.socket, browser: socket.socket) -> None:
        on_the_way: Queue[tuple[float, bytes]] = Queue()
        threading.Thread(target=self._deliver, args=(on_the_way, browser), daemon=True).start()
        with suppress(OSError):
            while piece := server.recv(PIECE):
                on_the_way.put((time.monotonic() + self._lag, piece))
        on_the_way.put((time.monotonic() + self._lag, b""))
        self._drop(server)

    def _deliver(self, on_the_way: "Queue[tuple[float, bytes]]", browser: socket.socket) -> None:
        with suppress(OSError):
            while True:
                due, piece = on_the_way.get()
                time.sleep(max(0.0, due - time.monotonic()))
                if not piece:
                    break
                browser.sendall(piece)
        self._drop(browser)

    def _drop(self, end: socket.socket) -> None:
        self._ends.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
