"""The three servers that are compared, each a process of its own whose processor time can be read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.learners import Learner, enrol
from tests.processes import free_port, wait_for

ROOT = Path(__file__).parents[2]
APPS = Path(__file__).parent / "apps"
PROCESSORS = sorted(os.sched_getaffinity(0))
UNATTENDED = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `url`."""

    url: str
    pid: int

    def processor_seconds(self) -> float:
        """Give the processor time the process has used so far, in user and kernel mode."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to put under load: where it is, and the address and cookies of each of its visitors."""

    server: Server
    path: str
    queries: tuple[str, ...]
    cookies: tuple[Mapping[str, str], ...]


@contextmanager
def contenders(learners: int) -> Iterator[dict[str, Page]]:
    """Serve our sitting to so many learners, the tuned page of ten widgets, and the stock quiz, all at once."""
    with ExitStack() as open_servers, TemporaryDirectory(prefix="needlewise-bench-") as folder:
        work = Path(folder)
        yield {
            "sitting": open_servers.enter_context(sitting(work / "data", learners)),
            "ten widgets": open_servers.enter_context(ten_widgets(learners)),
            "stock quiz": open_servers.enter_context(stock_quiz(work / "stock", learners)),
        }


@contextmanager
def sitting(data: Path, learners: int) -> Iterator[Page]:
    """Serve the product, with an exam begun for every learner."""
    enrolled = enrol(data, learners)
    environment = {"NEEDLEWISE_DATA_DIR": str(data)}
    with _served(["-m", "training", "serve", "--host", "127.0.0.1"], ROOT, environment) as server:
        yield Page(server, "sitting", *_addresses(enrolled))


def _addresses(enrolled: list[Learner]) -> tuple[tuple[str, ...], tuple[Mapping[str, str], ...]]:
    return tuple(each.query for each in enrolled), tuple(each.cookies for each in enrolled)


@contextmanager
def product(data: Path, database_url: str) -> Iterator[Server]:
    """Serve the product from a database that is there already."""
    environment = {"NEEDLEWISE_DATA_DIR": str(data), "NEEDLEWISE_DATABASE_URL": database_url}
    with _served(["-m", "training", "serve", "--host", "127.0.0.1"], ROOT, environment) as server:
        yield server


@contextmanager
def ten_widgets(visitors: int) -> Iterator[Page]:
    """Serve ten empty widgets, with this project's own settings for Streamlit."""
    command = ["-m", "streamlit", "run", str(APPS / "ten_widgets.py"), *UNATTENDED]
    with _served(command, ROOT) as server:
        yield Page(server, "", ("",) * visitors, ({},) * visitors)


@contextmanager
def stock_quiz(folder: Path, visitors: int) -> Iterator[Page]:
    """Serve the tutorial's quiz with Streamlit's own settings, but without its file watcher.

    Watching costs it a third of a second for each new visitor, which is not what is measured here.
    """
    folder.mkdir()
    shutil.copy(APPS / "stock_quiz.py", folder)
    command = ["-m", "streamlit", "run", "stock_quiz.py", "--server.fileWatcherType=none", *UNATTENDED]
    with _served(command, folder) as server:
        yield Page(server, "", tuple(f"learner={each}" for each in range(visitors)), ({},) * visitors)


@contextmanager
def _served(arguments: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    port = free_port()
    flag = ["--port", str(port)] if "training" in arguments else [f"--server.port={port}"]
    said = folder / "server.log" if folder != ROOT else Path(os.devnull)
    with said.open("w", encoding="utf-8") as log, _on(PROCESSORS[:-1] or PROCESSORS):  # what starts here stays there
        process = subprocess.Popen(
            [sys.executable, *arguments, *flag],
            cwd=folder, env=dict(os.environ) | dict(environment or {}), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(10)


def client_apart() -> AbstractContextManager[None]:
    """Keep this process on the last processor, so that the load does not slow the servers that it measures."""
    return _on(PROCESSORS[-1:])


@contextmanager
def _on(processors: list[int]) -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
