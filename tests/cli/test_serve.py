"""`serve`: the app on its port, with signals that reach it, and a plain word where it cannot start."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.cli.conftest import Shell
from tests.processes import PATIENCE, free_port
from training.web.certificates import PER_MINUTE


class Served:
    """A server and all it printed so far."""

    def __init__(self, words: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "training", *words], env=environment, cwd=folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.printed = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed += line

    def wait_for(self, url: str) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(url, timeout=30) as answer:
                    return str(answer.read().decode())
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"nothing at {url}: {self.printed}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status


def asked(url: str, forwarded_for: str) -> int:
    try:
        with urlopen(Request(url, headers={"X-Forwarded-For": forwarded_for}), timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


@contextmanager
def served(words: tuple[str, ...], environment: dict[str, str], folder: Path) -> Iterator[Served]:
    server = Served(words, environment, folder)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def test_it_serves_says_where_and_hands_out_the_first_administrators_link(
    environment: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    with served(("serve", "--port", str(port)), environment, tmp_path) as server:
        server.wait_for(f"http://localhost:{port}/healthz")
        page = server.wait_for(f"http://localhost:{port}/")
        server.stop()

    assert "<title>" in page
    assert f"http://localhost:{port}/register?invitation=" in server.printed
    assert f"http://localhost:{port}" in server.printed.rstrip().splitlines()[-1]
    assert "Traceback" not in server.printed


def test_data_lie_where_the_person_stood_and_nobody_outruns_the_limit_by_a_header(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A false `X-Forwarded-For` makes nobody a new visitor: no proxy is trusted unless the settings name it."""
    port = free_port()
    words = ("serve", "--port", str(port), "--data-dir", "here")
    with served(words, environment, tmp_path) as server:
        server.wait_for(f"http://localhost:{port}/healthz")
        statuses = [asked(f"http://localhost:{port}/verify/x", f"198.51.100.{n}") for n in range(PER_MINUTE + 1)]
        server.stop()

    assert statuses == [404] * PER_MINUTE + [429]

    assert (tmp_path / "here" / "needlewise.db").is_file()


def test_a_port_that_is_taken_is_told_with_what_to_do(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = shell("serve", "--port", port)

    assert done.status == 1
    assert done.complaint.startswith(f"needlewise: Cannot serve on port {port}: Address already in use.")
    assert "PORT=" in done.complaint


def test_a_port_that_cannot_be_is_misuse(fresh_shell: Shell) -> None:
    assert fresh_shell("serve", "--port", "banana").status == 2
    assert fresh_shell("serve", PORT="banana").status == 2
    assert fresh_shell("serve", "--port", "70000").status == 2


def test_the_demonstration_is_served_and_its_people_can_sign_in(environment: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    words = ("demo", "--data-dir", "demo data", "--serve", "--port", str(port))
    with served(words, environment, tmp_path) as server:
        server.wait_for(f"http://localhost:{port}/healthz")
        server.stop()
    listed = subprocess.run(
        [sys.executable, "-m", "training", "user", "list", "--json"], capture_output=True, text=True, check=True,
        env=environment | {"NEEDLEWISE_DATA_DIR": str(tmp_path / "demo data")},
    ).stdout  # fmt: skip

    people = json.loads(listed)["people"]
    assert all(each["simulated"] and "(simulated)" in each["name"] for each in people)
    assert {"learner@example.org", "administrator@example.org"} <= {each["email"] for each in people}
    assert "Sign in with the password" in server.printed
    assert "register?invitation=" not in server.printed
