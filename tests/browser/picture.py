"""Take the README's pictures from the running product: `scripts/picture`."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, installed_browser
from tests.browser.person import options, saved, settled, visit
from tests.browser.serving import ROOT, Server, begin, sign_up
from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne
from training.core.key import correct_value
from training.core.permission import Actor, Role
from training.services import taking
from training.services.signing_in import COOKIE

FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1280, 830
MISSED_EVERY = 4


def take() -> None:
    """Serve a demonstration and write a picture of the sitting, the result and the cohorts' scores."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="needlewise-picture-") as folder:
        data = Path(folder) / "data"
        subprocess.run([sys.executable, "-m", "training", "demo", "--data-dir", str(data)], cwd=ROOT, check=True)
        with Server(data, ROOT) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed_browser(), args=FLAGS)
            _sitting(server, browser)
            _result(server, browser)
            _scores(server, browser)
            browser.close()


def _sitting(server: Server, browser: Browser) -> None:
    actor, page = _window(server, browser, Role.LEARNER)
    attempt = begin(server, actor, "foundation-exam", ago=timedelta(minutes=21))
    slots = taking.look(server.app, actor, attempt).form.slots
    chosen = next(number for number, slot in enumerate(slots) if number > 15 and _has_four_options(slot))
    for number in range(chosen):
        _answer(server, actor, attempt, number, slots[number])
    for number in (3, chosen - 2):
        taking.flag(server.app, actor, attempt, number, flagged=True)
    right = str(correct_value(slots[chosen].question.key))
    wrong = next(option for option in reversed(slots[chosen].order) if option != right)
    taking.strike(server.app, actor, attempt, chosen, (wrong,))
    visit(page, f"{server.url}/sitting?attempt={attempt}&q={chosen + 1}")
    options(page).nth(slots[chosen].order.index(right)).click()
    saved(page)
    _save(page, "sitting")


def _result(server: Server, browser: Browser) -> None:
    actor, page = _window(server, browser, Role.LEARNER)
    attempt = begin(server, actor, "foundation-exam")
    for number, slot in enumerate(taking.look(server.app, actor, attempt).form.slots):
        _answer(server, actor, attempt, number, slot)
    taking.hand_in(server.app, actor, attempt)
    visit(page, f"{server.url}/result?attempt={attempt}")
    page.get_by_test_id("stPlotlyChart").first.scroll_into_view_if_needed()
    page.get_by_role("heading", level=1).scroll_into_view_if_needed()
    _save(page, "result")


def _scores(server: Server, browser: Browser) -> None:
    _, page = _window(server, browser, Role.COORDINATOR)
    visit(page, f"{server.url}/cohort-scores")
    page.get_by_test_id("stPlotlyChart").first.wait_for()
    _save(page, "cohort-scores")


def _window(server: Server, browser: Browser, role: Role) -> tuple[Actor, Page]:
    actor, token = sign_up(server, "Ann", role)
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    context.add_cookies([{"name": COOKIE, "value": token, "url": server.url}])
    return actor, context.new_page()


def _has_four_options(slot: Slot) -> bool:
    kind = slot.question.interaction
    return isinstance(kind, ChooseOne) and len(kind.options) > 3


def _answer(server: Server, actor: Actor, attempt: str, number: int, slot: Slot) -> None:
    """Answer right, but for every fourth question."""
    value = correct_value(slot.question.key)
    if number % MISSED_EVERY == 0 and isinstance(slot.question.interaction, ChooseOne | ChooseMany):
        wrong = next(option for option in slot.order if option not in (value or ()))
        value = wrong if isinstance(value, str) else (wrong,)
    taking.save_answer(server.app, actor, attempt, number, value, seen=0)


def _save(page: Page, name: str) -> None:
    settled(page)
    page.mouse.move(WIDTH - 1, HEIGHT - 1)
    page.wait_for_timeout(1000)  # charts and fonts come in softly
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/images/{name}.png: {(FOLDER / f'{name}.png').stat().st_size // 1024} KB")


if __name__ == "__main__":
    take()
