"""The shell as people meet it: the real command in a process of its own, with content and data of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.processes import PATIENCE

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "content_sample"


@dataclass(frozen=True)
class Done:
    """What a command said, where, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line of an error; more lines, or a traceback, fail the test."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the sample content that a test may spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "my content"))


@pytest.fixture
def environment(tmp_path: Path, content: Path) -> dict[str, str]:
    return environment_of(tmp_path / "my data", content)


def environment_of(data: Path, content: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEEDLEWISE_", "PORT"))}
    return kept | {
        "NEEDLEWISE_DATA_DIR": str(data),
        "NEEDLEWISE_CONTENT_DIR": str(content),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }


Shell = Callable[..., Done]


@pytest.fixture
def fresh_shell(environment: dict[str, str], tmp_path: Path) -> Shell:
    """Run `python -m training …` from a folder that is not the checkout."""

    def run(*words: object, typed: str = "", **settings: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "training", *map(str, words)], input=typed, capture_output=True, text=True,
            cwd=tmp_path, timeout=PATIENCE, check=False, env=environment | settings,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def forks() -> Iterator[subprocess.Popen[str]]:
    """The process whose forks are the shells of these tests; a new interpreter for each would take minutes."""
    words = [sys.executable, "-m", "tests.cli.forking"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield server


def in_fork(
    forks: subprocess.Popen[str], environment: dict[str, str], folder: Path, *words: object, typed: str = ""
) -> Done:
    """Run a command in a fork, in this folder."""
    streams = [folder / f"stream-{number}" for number in range(3)]
    for stream, text in zip(streams, (typed, "", ""), strict=True):
        stream.write_text(text, "utf-8")
    asked = {
        "words": [str(word) for word in words],
        "environment": environment,
        "folder": str(folder),
        "streams": [str(stream) for stream in streams],
    }
    assert forks.stdin
    assert forks.stdout
    forks.stdin.write(json.dumps(asked) + "\n")
    forks.stdin.flush()
    status = int(forks.stdout.readline())
    return Done(status, streams[1].read_text("utf-8"), streams[2].read_text("utf-8"))


@pytest.fixture
def shell(forks: subprocess.Popen[str], environment: dict[str, str], tmp_path: Path) -> Shell:
    """Run a command as `fresh_shell` does, without waiting for its imports."""

    def run(*words: object, typed: str = "", **settings: str) -> Done:
        return in_fork(forks, environment | settings, tmp_path, *words, typed=typed)

    return run


@pytest.fixture(scope="session")
def _cohort(forks: subprocess.Popen[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cohort")
    made = in_fork(forks, environment_of(folder / "data", SAMPLE), folder, "demo", "--data-dir", folder / "data")
    assert made.status == 0, made.err
    return folder / "data"


@pytest.fixture
def cohort(_cohort: Path, tmp_path: Path) -> Path:
    """What `demo` makes, lying where the shell of the test keeps its data."""
    return Path(shutil.copytree(_cohort, tmp_path / "my data"))
