"""The real product as a process: it can be killed and started again on the same port and data."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4
from zlib import crc32

from sqlalchemy import func, select

from tests.processes import free_port, wait_for
from training.content.live import LiveLibrary
from training.core.permission import Actor, Role
from training.services import taking
from training.services.app import App
from training.services.settings import settings_from
from training.services.tokens import digest, new_token
from training.store import people, sessions
from training.store.database import Connection, open_database
from training.store.sessions import Session
from training.store.tables import attempt_events, attempts

ROOT = Path(__file__).parents[2]
WITHOUT_OVERRIDE = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
AS_ANYONE = (sys.executable, "-c", WITHOUT_OVERRIDE)
"""Starts Python without root's right to write whatever the modes say; for anybody else it changes nothing."""


@dataclass
class Server(AbstractContextManager["Server"]):
    """The product serving `content` from the database in `data`; `app` is the same product in this process.

    `minds_modes` runs it so that the modes of files bind it, as they do not bind root by themselves.
    """

    data: Path
    content: Path
    port: int = field(default_factory=free_port)
    minds_modes: bool = False
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has printed so far."""
        return self._log.read_text(encoding="utf-8")

    @cached_property
    def app(self) -> App:
        """Services on the server's own database, to set a scene and to look behind it."""
        settings = settings_from(self._environment)
        return App(settings, open_database(settings.database_url), LiveLibrary(self.content, None))

    def start(self) -> None:
        """Serve, and return when the first page can be asked for."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*(AS_ANYONE if self.minds_modes else (sys.executable,)), "-m", "training", "serve",
                 "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=ROOT, env=os.environ | self._environment, stdout=log, stderr=log,
            )  # fmt: skip
        wait_for(f"{self.url}/healthz", self.process)

    def kill(self) -> None:
        """End the process as a power cut would: SIGKILL, nothing is tidied up."""
        if self.process:
            self.process.kill()
            self.process.wait()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Let the process wait, as on a machine that is busy with something else; what is sent to it waits too."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def __enter__(self) -> Self:
        self.data.mkdir(parents=True, exist_ok=True)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "app" in vars(self):
            self.app.database.close()
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def first_administrator_link(self) -> str:
        """Give the one-time link that the terminal showed."""
        return re.findall(r"http://\S+invitation=\S+", self.log)[-1].replace("localhost", "127.0.0.1")

    @property
    def _environment(self) -> dict[str, str]:
        return {"NEEDLEWISE_DATA_DIR": str(self.data), "NEEDLEWISE_CONTENT_DIR": str(self.content)}

    @property
    def _log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"


def sign_up(server: Server, name: str, role: Role) -> tuple[Actor, str]:
    """Make an account with a session, straight through the store; gives who it is and the cookie's value."""
    app, token, person = server.app, new_token(), f"{name.lower()}-{uuid4().hex[:8]}"

    def work(tx: Connection) -> None:
        now = app.now()
        people.add(tx, person_id=person, email=f"{person}@example.org", name=name, at=now)
        people.grant(tx, person=person, role=role, at=now, by="test")
        sessions.add(tx, Session(digest(token), person, now, now + timedelta(hours=2), now))

    app.database.write(work)
    return Actor(person, name, frozenset({role})), token


def begin(server: Server, actor: Actor, programme: str, *, ago: timedelta = timedelta()) -> str:
    """Start an attempt some time ago; gives its id. In a run of CI a test draws the same form every time."""
    there = replace(server.app, now=lambda: server.app.now() - ago)
    if os.environ.get("CI"):
        there = replace(there, new_seed=lambda: crc32(os.environ["PYTEST_CURRENT_TEST"].encode()))
    return taking.start(there, actor, programme, request="test")


def events(server: Server, attempt_id: str, kind: str) -> int:
    """Count the events of a kind that were written in an attempt."""
    wanted = (attempt_events.c.attempt_id == attempt_id) & (attempt_events.c.kind == kind)
    query = select(func.count()).select_from(attempt_events).where(wanted)
    return server.app.database.read(lambda tx: tx.scalar(query) or 0)


def attempts_of(server: Server, actor: Actor) -> list[str]:
    """List the ids of a person's attempts, oldest first."""
    query = select(attempts.c.id).where(attempts.c.learner == actor.id).order_by(attempts.c.started_at)
    return server.app.database.read(lambda tx: list(tx.scalars(query)))
