"""Coming back from an identity provider: to the page that was wanted, and never to another site."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from training.web import middleware
from training.web.wanted_page import COOKIE

HERE = "http://testserver"


@pytest.fixture
def client() -> TestClient:
    """Where Streamlit leaves for a provider, and comes back to its first page."""

    async def leave(_request: Request) -> RedirectResponse:
        return RedirectResponse("https://id.example.org/authorize", 302)

    async def come_back(_request: Request) -> RedirectResponse:
        return RedirectResponse("/", 302)

    routes = [Route("/auth/login", leave), Route("/oauth2callback", come_back)]
    return TestClient(Starlette(routes=routes, middleware=middleware), follow_redirects=False)


def came_back(client: TestClient, *, left: str) -> str:
    client.get("/auth/login?provider=x", headers={"Referer": left} if left else {})
    return client.get("/oauth2callback?state=x&code=y").headers["location"]


def test_the_page_that_was_wanted_is_gone_on_to_once(client: TestClient) -> None:
    assert came_back(client, left=f"{HERE}/module?module=safety&section=a%20b") == "/module?module=safety&section=a%20b"
    assert client.get("/oauth2callback?state=x&code=y").headers["location"] == "/"


@pytest.mark.parametrize("left", ["", f"{HERE}/", f"{HERE}/sign-in", f"{HERE}/register", f"{HERE}/reset-password?x=y",
                                  "https://evil.example/module", f"{HERE}//evil.example", f"{HERE}/{'x' * 2000}"])  # fmt: skip
def test_from_a_door_from_elsewhere_or_from_nowhere_the_first_page_is_next(client: TestClient, left: str) -> None:
    came_back(client, left=f"{HERE}/modules")
    client.get("/auth/login?provider=x", headers={"Referer": f"{HERE}/modules"})

    assert came_back(client, left=left) == "/"


@pytest.mark.parametrize("planted", ["//evil.example", "https://evil.example", "/\\evil.example", "%2F%2Fevil.example",
                                     "%2F%5Cevil.example", "javascript:alert(1)", "%2F%0D%0AX: y", "%2F%09%2Fevil.example"])  # fmt: skip
def test_a_planted_cookie_leads_to_no_other_site(client: TestClient, planted: str) -> None:
    answer = client.get("/oauth2callback?state=x", headers={"Cookie": f"{COOKIE}={planted}"})

    assert answer.headers["location"] == "/"


def test_scripts_cannot_read_what_is_kept_and_it_is_sent_nowhere_else(client: TestClient) -> None:
    kept = client.get("/auth/login?provider=x", headers={"Referer": f"{HERE}/modules"}).headers["set-cookie"]

    assert kept == f"{COOKIE}=%2Fmodules; Max-Age=900; Path=/oauth2callback; HttpOnly; SameSite=Lax"
