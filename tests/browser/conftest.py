"""A real browser, the real server, and people who use it; what their browser complains about fails the test."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.person import SECONDS, Person
from tests.browser.serving import ROOT, Server, sign_up
from tests.conftest import SAMPLE
from training.core.permission import Role
from training.services.signing_in import COOKIE

WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "msForceBrowserSignIn",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
)  # fmt: skip
"""Features of Chromium that no test looks at. Playwright's own list comes first, for only one list counts; the last
line is ours: the pages of the address bar and a process in reserve, a third of the cost of opening a window."""

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    f"--disable-features={','.join(WITHOUT)}",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PICTURES = Path(tempfile.gettempdir()) / "needlewise-browser-failures"
PATIENCE = 1000 * SECONDS

expect.set_options(timeout=PATIENCE)


def installed_browser() -> str | None:
    """Find a Chromium of this machine that runs; None where only Playwright's own can be there."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        # Ubuntu's chromium-browser may be a stub that only tells to install a snap.
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    return None


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=installed_browser(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with the sample content; tests share it, so each brings people of its own."""
    with Server(tmp_path_factory.mktemp("served") / "data", SAMPLE) as served:
        yield served


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """The product for one test alone, which may kill it and edit its copy of the sample content."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    with Server(tmp_path / "data", content) as served:
        yield served


@pytest.fixture(scope="package")
def _workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("workbench")
    shutil.copytree(SAMPLE, folder / "content")
    with Server(folder / "data", folder / "content", minds_modes=True) as served:
        yield served


@pytest.fixture
def workbench(_workbench: Server) -> Iterator[Server]:
    """The product with banks that a test may write, or shut: the next one finds them as they were."""
    banks = _workbench.content / "question_banks"
    yield _workbench
    banks.chmod(0o755)
    for file in (SAMPLE / "question_banks").iterdir():
        there = banks / file.name
        if there.read_bytes() != file.read_bytes():
            there.write_bytes(file.read_bytes())


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with its real content and the simulated cohort of `python -m training demo`, made once for all."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made-demonstration"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            made = tmp_path_factory.mktemp("made") / "data"
            command = [sys.executable, "-m", "training", "demo", "--data-dir", str(made)]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            made.rename(shared)
    data = tmp_path_factory.mktemp("demonstration") / "data"
    shutil.copytree(shared, data)
    with Server(data, ROOT) as served:
        yield served


class Enter(Protocol):
    """Someone comes in: with an account in a role, or as a visitor where there is none."""

    def __call__(
        self, server: Server, path: str = "/", *, role: Role | None = Role.LEARNER, width: int = 1280
    ) -> Person: ...


@pytest.fixture
def enter(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Enter]:
    came: list[Person] = []

    def come(server: Server, path: str = "/", *, role: Role | None = Role.LEARNER, width: int = 1280) -> Person:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        person = Person(server, context)
        came.append(person)
        if role:
            person.actor, token = sign_up(server, "Ann", role)
            context.add_cookies([{"name": COOKIE, "value": token, "url": server.url, "httpOnly": True,
                                  "sameSite": "Strict"}])  # fmt: skip
        person.window(path)
        return person

    yield come
    failed = getattr(request.node, "failed", False)
    complaints = [complaint for person in came for complaint in person.complaints()]
    for number, person in enumerate(came):
        if failed or complaints:
            _picture(person, f"{request.node.name}-{number}")
        person.context.close()
    assert not complaints


def _picture(person: Person, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    for number, page in enumerate(person.context.pages):
        file = PICTURES / f"{re.sub(r'[^A-Za-z0-9-]+', '-', name)[:100]}-{number}.png"
        page.screenshot(path=file)
        sys.stderr.write(f"\nwhat was on the screen: {file}\n")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
