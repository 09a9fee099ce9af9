"""Every page: both themes, wide and narrow, no accessibility rule broken, nothing wrong on the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled, visit
from tests.browser.serving import Server, begin
from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne, Value
from training.core.permission import Role
from training.services import taking

WIDE, NARROW, HIGH = 1280, 360, 900
GROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 26, 26)"}
SERIOUS = {"serious", "critical"}

KNOWN = {"list": "stSidebarNavItems", "listitem": "stSidebarNavItems"}
"""What Streamlit's own elements break and we cannot mend, by rule and element: it puts the names of the menu's groups,
and groups of items, into one <ul>."""

STICKING_OUT = """() => {
  const main = document.querySelector("[data-testid=stMain]"), room = document.documentElement.clientWidth;
  if (main.scrollWidth <= main.clientWidth && document.documentElement.scrollWidth <= room) return [];
  const wide = [...main.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > room + 1);
  return ["scrolls sideways", ...wide.slice(-3).map(e => e.outerHTML.slice(0, 160))];
}"""

PAGES: dict[Role | None, tuple[str, ...]] = {
    None: ("/sign-in", "/register", "/reset-password", "/", "/no-such-page"),
    Role.LEARNER: (
        "/", "/modules", "/module?module=contraindications", "/module?module=evidence-appraisal&section=brochure", "/revision?module=infection-control", "/glossary", "/quizzes",
        "/quiz?quiz=foundation-exam", "/progress", "/sitting?attempt=nothing", "/module?module=nothing", "/people",
        "/my-challenges", "/my-dossier", "/countersign?token=none",
    ),
    Role.INSTRUCTOR: (
        "/practicals", "/banks", "/banks?show=items", "/banks?show=problems", "/banks?show=coverage", "/banks?show=claims&claim=a10",
        "/workshop", "/workshop?bank=contraindications&item=ci-lymphoedema-arm-01", "/preview-item?item=ci-lymphoedema-arm-01", "/review-queue", "/item-history?item=ci-lymphoedema-arm-01",
        "/challenges", "/item-statistics", "/item-plots?item=ci-phobia-01",
        "/exchange", "/exchange?show=export",
    ),
    Role.COORDINATOR: ("/dossiers", "/extra-time", "/cohort-scores", "/cohort-scores?mode=all&order=name", "/test-report"),
    Role.ADMINISTRATOR: ("/people", "/health"),
}  # fmt: skip


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in PAGES.items() for path in paths])
def test_a_page_is_fit_for_everyone(demonstration: Server, enter: Enter, role: Role | None, path: str) -> None:
    found = unfit(enter(demonstration, path, role=role).page)
    assert not found, "\n".join(found)


def test_the_sitting_its_summary_and_its_result_are_fit_for_everyone(demonstration: Server, enter: Enter) -> None:
    her = enter(demonstration)
    attempt = begin(demonstration, her.actor, "mixed-practice")
    slots = taking.look(demonstration.app, her.actor, attempt).form.slots
    for number, slot in enumerate(slots[:-1]):
        taking.save_answer(demonstration.app, her.actor, attempt, number, _some_answer(slot), seen=0)
    taking.check(demonstration.app, her.actor, attempt, 0)
    taking.flag(demonstration.app, her.actor, attempt, 1, flagged=True)
    found = []
    for place in (*_one_of_each_kind(slots), "end"):
        visit(her.page, f"{demonstration.url}/sitting?attempt={attempt}&q={place}")
        found += unfit(her.page)
    taking.hand_in(demonstration.app, her.actor, attempt)
    for page in (f"result?attempt={attempt}", "progress"):
        visit(her.page, f"{demonstration.url}/{page}")
        found += unfit(her.page)
    assert not found, "\n".join(found)


def unfit(page: Page) -> list[str]:
    """Say in which theme and width a page breaks a rule of accessibility, or is wider than the window."""
    found = []
    for theme, ground in GROUND.items():
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        settled(page)
        found += [f"{page.url} in {theme}: {broken}" for broken in _broken_rules(page)]
        page.set_viewport_size({"width": NARROW, "height": HIGH})
        settled(page)
        found += [f"{page.url} in {theme} at {NARROW}: {wide}" for wide in _too_wide(page)]
        page.set_viewport_size({"width": WIDE, "height": HIGH})
    return found + [f"{page.url} at {WIDE}: {wide}" for wide in _too_wide(page)]


def _broken_rules(page: Page) -> list[str]:
    if not _axe(page):
        return []
    page.wait_for_timeout(700)  # what is fading in has too little contrast for a moment
    return _axe(page)


def _axe(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {node['target']} {node['html'][:160]}"
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
        if not _known(page, rule["id"], node["target"])
    ]


def _known(page: Page, rule: str, target: list[str]) -> bool:
    inside = "(element, part) => Boolean(element.closest(`[data-testid=${part}]`))"
    return rule in KNOWN and bool(page.locator(target[0]).first.evaluate(inside, KNOWN[rule]))


def _too_wide(page: Page) -> list[str]:
    """Name what sticks out of the window: that page would scroll sideways. Charts and tables may take a moment."""
    found: list[str] = page.evaluate(STICKING_OUT)
    for _ in range(10):
        if not found:
            break
        page.wait_for_timeout(300)
        found = page.evaluate(STICKING_OUT)
    return found


def _some_answer(slot: Slot) -> Value:
    match slot.question.interaction:
        case ChooseOne():
            return slot.order[0]
        case ChooseMany(choose=choose):
            return slot.order[: choose or 1]
        case _:
            return "5"


def _one_of_each_kind(slots: tuple[Slot, ...]) -> list[int]:
    """Give the number of the first (checked) question and of the first of every other kind."""
    kinds = [type(slot.question.interaction) for slot in slots]
    return sorted({1, *(kinds.index(kind) + 1 for kind in kinds if kinds.index(kind))})
