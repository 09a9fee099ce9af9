"""The wire between a browser and the server, which a test can cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import TracebackType
from typing import Self

PIECE = 64 * 1024


class Wire(AbstractContextManager["Wire"]):
    """Listens on a port of its own and passes everything on to the server's, both ways, until it is cut."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._whole = threading.Event()
        self._whole.set()
        self._speaks = threading.Event()
        self._speaks.set()
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
    def holding_back(self) -> Iterator[None]:
        """Keep what the server says until the end of this, as a slow machine would."""
        self._speaks.clear()
        try:
            yield
        finally:
            self._speaks.set()

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
        threading.Thread(target=self._pass_on, args=(near, far), kwargs={"from_server": False}, daemon=True).start()
        self._pass_on(far, near, from_server=True)

    def _pass_on(self, giver: socket.socket, taker: socket.socket, *, from_server: bool) -> None:
        with suppress(OSError):
            while piece := giver.recv(PIECE):
                if from_server:
                    self._speaks.wait()
                taker.sendall(piece)
        self._drop(giver)
        self._drop(taker)

    def _drop(self, end: socket.socket) -> None:
        self._ends.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
