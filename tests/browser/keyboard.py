"""Someone who has no mouse: Tab, arrows, Space and Enter."""

from playwright.sync_api import Locator, Page, expect

LONGEST_WAY = 90
HAS_FOCUS = "element => element.getRootNode().activeElement === element"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    expect(wanted).to_be_enabled()
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        if wanted.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def press(page: Page, name: str) -> None:
    """Go to a button by Tab and press it by Enter."""
    tab_to(page, page.get_by_test_id("stMain").get_by_role("button", name=name))
    page.keyboard.press("Enter")
