"""Someone who has no mouse: Tab, arrows, Space and Enter, and what she can know of where she is."""

from playwright.sync_api import Page, expect

LONGEST_WAY = 120

FOCUSED = """() => {
  let here = document.activeElement;
  while (here && here.shadowRoot && here.shadowRoot.activeElement) here = here.shadowRoot.activeElement;
  if (!here || here === document.body) return ["", ""];
  const label = here.getAttribute("aria-label") || (here.labels && here.labels[0] && here.labels[0].innerText)
    || here.innerText || here.title || "";
  return [here.getAttribute("role") || here.type || here.tagName.toLowerCase(), label.trim()];
}"""


def focused(page: Page) -> tuple[str, str]:
    """Say what has the focus: its role (or type of input, or tag) and its name."""
    role, name = page.evaluate(FOCUSED)
    return role, name


def tab_to(page: Page, role: str, name: str = "") -> None:
    """Press Tab until something of this role, whose name holds these words, has the focus."""
    met: list[tuple[str, str]] = []
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        here = focused(page)
        if here[0] == role and name.lower() in here[1].lower():
            return
        met.append(here)
    raise AssertionError(f"Tab does not lead to the {role} “{name}”; it led to {met}")


def press(page: Page, name: str) -> None:
    """Go to a button by Tab and press it by Enter, once it can be pressed."""
    button = page.get_by_role("button", name=name).filter(visible=True).first
    expect(button).to_be_enabled()
    tab_to(page, "button" if button.get_attribute("type") is None else str(button.get_attribute("type")), name)
    page.keyboard.press("Enter")
