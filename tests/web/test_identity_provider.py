"""Signing in at an identity provider, end to end: the real server, a real browser, a toy provider."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.processes import PATIENCE, free_port, wait_for
from tests.web.toy_provider import ToyProvider
from training.core.permission import Role
from training.services import administering
from training.services.administering import OPERATOR
from training.services.app import App, build_app
from training.services.settings import settings_from

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@contextmanager
def served(environment: dict[str, str], port: int, *options: str) -> Iterator[None]:
    """The app as `streamlit run app.py` starts it."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, start_new_session=True)
    try:
        wait_for(f"http://localhost:{port}/healthz", server)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=PATIENCE)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "NEEDLEWISE_DATA_DIR": str(tmp_path / "data"),
        "NEEDLEWISE_CONTENT_DIR": str(ROOT / "tests" / "content_sample"),
        "NEEDLEWISE_ROLE_MAP": "teachers=instructor",
    }


def product(environment: dict[str, str]) -> App:
    return build_app(settings_from(environment))


def come_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in with your organisation").click()
    page.get_by_text("Signed in as Dora").wait_for()


def test_a_teacher_comes_in_by_her_school_and_is_out_when_her_sessions_are_ended(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    port = free_port()
    base_url = f"http://localhost:{port}"
    with ToyProvider().serving() as provider, sync_playwright() as playwright:
        provider.person = {
            "sub": "7", "email": "dora@example.org", "email_verified": True, "name": "Dora", "roles": ["teachers"],
        }  # fmt: skip
        (tmp_path / "secrets.toml").write_text(provider.secrets(base_url))
        with served(environment, port, "--secrets.files", str(tmp_path / "secrets.toml")):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"{base_url}/module?module=consent-and-stopping")
            come_in(page)
            assert page.url == f"{base_url}/module?module=consent-and-stopping"

            app = product(environment)
            [dora] = administering.accounts(app, OPERATOR)
            assert dora.roles == (Role.LEARNER, Role.INSTRUCTOR)
            assert dora.signs_in == provider.url

            administering.end_sessions(app, OPERATOR, dora.id)
            page.reload()
            page.get_by_role("button", name="Sign in with your organisation").wait_for()

            page.wait_for_timeout(1100)  # a sign-in of a later second is another sign-in
            come_in(page)
            page.get_by_role("button", name="Sign out").click()
            page.get_by_role("button", name="Sign in with your organisation").wait_for()
            app.database.close()
            browser.close()
