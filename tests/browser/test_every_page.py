"""Every page: both themes, wide and narrow, no accessibility rule broken, nothing wrong on the console."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled
from tests.browser.serving import Server, begin
from training.core.permission import Role
from training.services import taking

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
GROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 26, 26)"}
SERIOUS = {"serious", "critical"}

KNOWN: dict[str, str] = {}
"""Rules that Streamlit's own elements break and we cannot mend, as `rule selector`, with the reason."""

PUBLIC = ["/sign-in", "/register", "/reset-password", "/home", "/no-such-page"]
LEARNER = [
    "/home", "/modules", "/module?module=contraindications", "/quizzes", "/quiz?quiz=foundation-exam", "/progress",
    "/sitting?attempt=nothing", "/module?module=nothing",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_a_visitors_page_is_fit_for_everyone(demonstration: Server, enter: Enter, path: str) -> None:
    _is_fit(enter(demonstration, path, role=None).page)


@pytest.mark.parametrize("path", LEARNER)
def test_a_learners_page_is_fit_for_everyone(demonstration: Server, enter: Enter, path: str) -> None:
    _is_fit(enter(demonstration, path).page)


def test_the_sitting_its_summary_and_the_result_are_fit_for_everyone(demonstration: Server, enter: Enter) -> None:
    her = enter(demonstration)
    attempt = begin(demonstration, her.actor, "mixed-practice")
    for slot in (0, 1):
        _answer_and_check(demonstration, her.actor, attempt, slot)
    for question in ("1", "2", "3", "end"):
        her.page.goto(f"{demonstration.url}/sitting?attempt={attempt}&q={question}")
        _is_fit(her.page)
    taking.hand_in(demonstration.app, her.actor, attempt)
    her.page.goto(f"{demonstration.url}/result?attempt={attempt}")
    _is_fit(her.page)


def _is_fit(page: Page) -> None:
    for theme, ground in GROUND.items():
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        settled(page)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        assert _broken_rules(page) == []
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            settled(page)
            assert _too_wide(page) == []
