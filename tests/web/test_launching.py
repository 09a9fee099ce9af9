"""Each way to start the product starts the same product: tuned, with its own cookie secret, and quietly."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from tests.processes import PATIENCE, free_port, wait_for
from training.services.app import running_app
from training.web.certificates import PER_MINUTE

ROOT = Path(__file__).parents[2]
TUNED = {
    "runner.fastReruns": False,
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "client.showErrorDetails": "none",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    given = {
        "NEEDLEWISE_DATA_DIR": str(tmp_path / "data"),
        "NEEDLEWISE_CONTENT_DIR": str(ROOT / "tests" / "content_sample"),
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")} | given


@contextmanager
def started(environment: dict[str, str], port: int, *command: str) -> Iterator[None]:
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        assert server.wait(timeout=PATIENCE) in {0, -signal.SIGTERM, 128 + signal.SIGTERM}


@pytest.mark.parametrize("way", ["streamlit run", "python", "uvicorn"])
def test_every_way_to_start_serves_pages_and_routes(environment: dict[str, str], way: str) -> None:
    port = free_port()
    command = {
        "streamlit run": ["-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        "python": ["app.py"],
        "uvicorn": ["-m", "uvicorn", "app:app", "--port", str(port)],
    }[way]
    with started(environment | {"PORT": str(port)}, port, *command):
        url = f"http://127.0.0.1:{port}"

        ready, page = httpx.get(f"{url}/readyz"), httpx.get(f"{url}/progress")

        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        assert "<title>Needlewise</title>" in page.text
        assert "script-src 'self' blob: 'sha256-" in page.headers["content-security-policy"]
        assert httpx.get(f"{url}/assets/..%2f..%2fetc/passwd").status_code in {400, 404}
        assert _statuses(f"{url}/verify/x", PER_MINUTE + 1) == [404] * PER_MINUTE + [429]


def test_whom_the_operator_told_uvicorn_to_believe_it_believes(environment: dict[str, str]) -> None:
    port = free_port()
    with started(
        environment | {"FORWARDED_ALLOW_IPS": "127.0.0.1"}, port, "-m", "uvicorn", "app:app", "--port", str(port)
    ):
        assert set(_statuses(f"http://127.0.0.1:{port}/verify/x", PER_MINUTE + 1)) == {404}


def _statuses(url: str, asked: int) -> list[int]:
    """What somebody on this machine is answered who says of each request that it comes from somewhere else."""
    return [httpx.get(url, headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(asked)]


@pytest.mark.parametrize("given", ["", "given by the operator"])
def test_the_tuned_options_and_the_cookie_secret_are_in_force(environment: dict[str, str], given: str) -> None:
    ask = "import app; from streamlit import config; print([config.get_option(name) for name in {}])"
    names = [*TUNED, "server.cookieSecret"]
    more = {"STREAMLIT_SERVER_COOKIE_SECRET": given} if given else {}

    told = subprocess.run(
        [sys.executable, "-c", ask.format(names)], cwd=ROOT, env=environment | more, check=True, capture_output=True,
        text=True,
    )  # fmt: skip

    file = Path(environment["NEEDLEWISE_DATA_DIR"]) / "cookie-secret"
    secret = given or file.read_text("ascii")
    assert told.stdout.strip().splitlines()[-1] == str([*TUNED.values(), secret])


def test_a_setting_that_cannot_be_read_stops_the_start_and_is_named(environment: dict[str, str]) -> None:
    wrong = environment | {"NEEDLEWISE_ROLE_MAP": "staff=boss"}

    told = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())], cwd=ROOT, env=wrong,
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip

    assert told.returncode != 0
    assert "NEEDLEWISE_ROLE_MAP has 'staff=boss'" in told.stderr


def test_the_script_runs_in_streamlit_s_own_test_harness(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NEEDLEWISE_DATA_DIR", "NEEDLEWISE_CONTENT_DIR"):
        monkeypatch.setenv(name, environment[name])
    running_app.cache_clear()

    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE).run()

    assert not page.exception
    assert page.title[0].value == "Sign in"
    running_app().database.close()
    running_app.cache_clear()
