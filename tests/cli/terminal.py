"""A real terminal (a pty) with a person at it, who waits for words and types."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Self

from tests.processes import PATIENCE


class Terminal:
    """`python -m training …` on a pty: `expect` waits for words, `type` sends a line."""

    def __init__(self, words: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "training", *words], stdin=theirs, stdout=theirs, stderr=theirs,
            env={**environment, "TERM": "xterm"}, start_new_session=True, close_fds=True,
            preexec_fn=_hears_ctrl_c,  # noqa: PLW1509 - these tests have no threads
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)

    def expect(self, words: str) -> str:
        """Wait for words and give all that was shown up to them; what was shown after is kept for the next time."""
        until = time.monotonic() + PATIENCE
        while words not in self.seen:
            assert time.monotonic() < until, f"waited for {words!r}; saw {self.seen!r}"
            assert self._read(until - time.monotonic()), f"ended before {words!r}; saw {self.seen!r}"
        before, _, self.seen = self.seen.partition(words)
        return before + words

    def rest(self) -> str:
        """Wait for the end and give all that was shown until then."""
        until = time.monotonic() + PATIENCE
        while self._read(until - time.monotonic()):
            pass
        self.process.wait(PATIENCE)
        shown, self.seen = self.seen, ""
        return shown

    def type(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def interrupt(self, words: str) -> str:
        """Press Ctrl+C until words come; a press between the prompt and the reading of the line is heard late."""
        until = time.monotonic() + PATIENCE
        while words not in self.seen and time.monotonic() < until:
            os.killpg(self.process.pid, signal.SIGINT)
            self._read(8)
        return self.expect(words)

    def _read(self, patience: float) -> bool:
        if not select.select([self._ours], [], [], max(patience, 0))[0]:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # how Linux says that the other end is gone
            return False
        self.seen += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)


def _hears_ctrl_c() -> None:
    """As at a person's desk: whoever runs the tests in the background may have them ignore it, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
