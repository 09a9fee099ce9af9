"""Someone at a browser: her page, and what her browser complained about while she used it."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.serving import Server
from training.core.permission import VISITOR, Actor

FINE = {"data", "blob"}
STILL = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
SECONDS = 30
"""How long to wait for what happens at once on a quiet machine."""

_asked: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
"""How often each window asked the server for something."""
_asking: WeakSet[Page] = WeakSet()
"""Those that asked for something that the server has not begun to answer: the page itself does not show that yet."""


@dataclass
class Person:
    """One browser profile with its windows; `actor` is who the server takes her for."""

    server: Server
    context: BrowserContext
    actor: Actor = VISITOR
    disturbed: bool = False
    """Set where a test cuts the connection: the browser is then right to complain about it."""
    errors: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)

    home: str = ""

    def __post_init__(self) -> None:
        self.home = self.server.url
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda thrown: self.errors.append(str(thrown.error)))
        self.context.on("request", lambda request: self._note(request.url))
        self.context.on("page", lambda page: page.on("websocket", lambda wire: _listen(page, wire)))

    @property
    def page(self) -> Page:
        """Her first window."""
        return self.context.pages[0]

    def window(self, path: str) -> Page:
        """Open another window at an address of the app."""
        page = self.context.new_page()
        visit(page, self.server.url + path)
        return page

    def moves_to(self, address: str) -> None:
        """Reach the server by another address from now on, along a wire that may be cut."""
        self.page.goto("about:blank")
        self.home, self.disturbed = address, True

    def complaints(self) -> list[str]:
        """List console errors and requests to other hosts."""
        abroad = [f"a request to {address}" for address in self.abroad]
        return abroad if self.disturbed else abroad + self.errors

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(f"{said.text} ({said.location['url']})")

    def _note(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in FINE and parts.netloc != urlsplit(self.home).netloc:
            self.abroad.append(address)


def _listen(page: Page, wire: WebSocket) -> None:
    def asked(message: str | bytes) -> None:
        if isinstance(message, bytes) and BackMsg.FromString(message).HasField("rerun_script"):
            _asking.add(page)
            _asked[page] = _asked.get(page, 0) + 1

    def answered(message: str | bytes) -> None:
        waits = page in _asking and isinstance(message, bytes)
        if waits and ForwardMsg.FromString(message).HasField("new_session"):
            _asking.discard(page)

    wire.on("framesent", asked)
    wire.on("framereceived", answered)


def visit(page: Page, address: str) -> None:
    """Go to an address and wait until it is drawn."""
    page.goto(address)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the server has begun with what was asked last, and has nothing more to draw."""

    def quiet() -> bool:
        asked = _asked.get(page)
        if page in _asking:
            page.wait_for_timeout(20)
            return False
        expect(page.locator(STILL)).to_be_visible()
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("[data-stale=true]").or_(page.get_by_test_id("stSkeleton"))).to_have_count(0)
        return _asked.get(page) == asked

    eventually(quiet)


def in_address(page: Page, name: str) -> str:
    """Read one id from the address bar."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def at_question(page: Page, number: int) -> None:
    """Wait until the sitting shows this question."""
    expect(page.get_by_role("heading", name=re.compile(rf"^Question {number} of \d+$"))).to_be_visible()


def options(page: Page) -> Locator:
    """Give what can be chosen in the question that is shown; none where a number is asked for."""
    return page.get_by_test_id("stMain").locator(
        "label:has(input[type=radio], input[type=checkbox]:not([role=switch]))"
    )


def saved(page: Page) -> None:
    """Wait for the receipt."""
    expect(page.get_by_text(re.compile(r"Saved at \d\d:\d\d:\d\d")).last).to_be_visible()


def respond(page: Page) -> None:
    """Give some answer to the question that is shown, whatever its kind, and wait for the receipt."""
    settled(page)  # until then the question before may still be there
    number = page.get_by_test_id("stMain").get_by_role("textbox")
    expect(options(page).or_(number).first).to_be_visible()
    if number.count():
        number.fill("5")
        number.press("Enter")
    else:
        options(page).first.click()
    saved(page)


def turn_to(page: Page, number: int, *, insist: bool = False) -> None:
    """Go to a question by the navigator.

    `insist` clicks until it happens: in the third of a second after a new server was found, and before it has drawn
    the page, Streamlit drops a click.
    """
    cell = page.get_by_role("button", name=re.compile(rf"^Question {number}, "))
    cell.click()
    if insist:
        eventually(lambda: cell.click() is None and in_address(page, "q") == str(number))
    at_question(page, number)
    settled(page)


def eventually(holds: Callable[[], bool], *, seconds: float = SECONDS) -> None:
    """Wait for something that no page shows."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"not within {seconds} seconds"
        time.sleep(0.1)
