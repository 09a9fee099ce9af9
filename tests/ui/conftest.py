"""Pages in AppTest, opened by someone who is signed in for real: a session in the database and its cookie."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.processes import PATIENCE
from training.core.permission import Actor
from training.services import signing_in
from training.services.app import App
from training.services.tokens import digest
from training.store import sessions

OpenPage = Callable[..., AppTest]


@dataclass
class Browser:
    """What the browser sends when it opens a window; AppTest itself has none."""

    cookies: Mapping[str, str] = field(default_factory=dict)
    remote_ip: str = "127.0.0.1"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [("Host", "localhost"), ("User-Agent", "AppTest")]


def _script(app, url) -> None:
    # AppTest copies this source into a module of its own: no name from here is known there.
    from training.ui import identity, navigation

    navigation.run(app, identity.current_actor(app), home=url)


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components anew for each AppTest: half of its time."""
    scanned = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", scanned)
        yield


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The browser in front of AppTest. Whoever is signed in last is the one whose cookie it sends."""
    browser = Browser()
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: browser)
    return browser


@pytest.fixture
def sign_in(app: App, browser: Browser) -> Callable[[Actor], None]:
    """Sign someone in, in the database and in the browser; Zed is signed out."""

    def sign_in(actor: Actor) -> None:
        if not actor.signed_in:
            browser.cookies = {}
            return
        token, now = f"token-of-{actor.id}-{app.new_id()}", app.now()
        session = sessions.Session(digest(token), actor.id, now, now + timedelta(days=1), now)
        app.database.write(lambda tx: sessions.add(tx, session))
        browser.cookies = {signing_in.COOKIE: token}

    return sign_in


@pytest.fixture
def open_page(app: App, sign_in: Callable[[Actor], None]) -> OpenPage:
    """Open a page by its address as someone: `open_page(cast.ann, "quiz", quiz="exam-sample")`.

    `other` is the product with other content.
    """

    def open_page(actor: Actor, url: str = "home", *, other: App | None = None, **query: str) -> AppTest:
        sign_in(actor)
        page = AppTest.from_function(_script, args=(other or app, url), default_timeout=PATIENCE)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_page


def said(page: AppTest) -> str:
    """Give all the text on a page, for claims about what stands there."""
    kinds: tuple[Any, ...] = (
        page.title, page.header, page.subheader, page.markdown, page.caption, page.info, page.warning, page.success,
        page.error,
    )  # fmt: skip
    texts = [str(element.value) for kind in kinds for element in kind]
    return "\n".join([*texts, *(each.proto.json for each in page.get("bidi_component"))])


@pytest.fixture
def workshop(own: App, sign_in: Callable[[Actor], None], cast: Cast) -> OpenPage:
    """Open the workshop as Ida, on content of her own."""

    def opened(**query: str) -> AppTest:
        sign_in(cast.ida)
        page = AppTest.from_function(_script, args=(own, "workshop"), default_timeout=PATIENCE)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return opened
