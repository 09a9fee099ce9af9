"""The door by HTTP: tickets, the plain form, signing out, and the forms of other sites."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.services.doors import DORA, PASSWORD, registered
from training.core.permission import VISITOR
from training.services import registering, signing_in
from training.services.app import App
from training.services.signing_in import COOKIE
from training.web import entrance

JSON = {"Content-Type": "application/json"}


def redeem(client: TestClient, ticket: str, **headers: str):
    return client.post(
        "/auth/redeem", json={"ticket": ticket}, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def test_a_ticket_becomes_a_cookie_that_scripts_cannot_read(client: TestClient, app: App) -> None:
    answer = redeem(client, registering.register(app, DORA))

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 200
    assert signing_in.actor_of(app, client.cookies[COOKIE]).name == "Dora"
    assert [part for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age") if part not in cookie] == []
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_over_https_the_cookie_is_secure(app: App) -> None:
    safe = replace(app, settings=replace(app.settings, secure_cookies=True))
    client = TestClient(Starlette(routes=entrance.routes(lambda: safe)), base_url="https://testserver")

    assert "Secure" in redeem(client, registering.register(app, DORA)).headers["set-cookie"]


def test_a_ticket_used_before_gives_no_cookie(client: TestClient, app: App) -> None:
    ticket = registering.register(app, DORA)
    redeem(client, ticket)

    again = redeem(client, ticket)

    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    assert "sign in again" in again.json()["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_can_neither_sign_someone_in_nor_out(
    client: TestClient, app: App, headers: dict[str, str]
) -> None:
    token, dora = registered(app)
    ticket = signing_in.sign_in(app, email=DORA.email, password=PASSWORD)
    client.cookies.set(COOKIE, token)
    plain = {name.replace("_", "-"): value for name, value in headers.items()}

    assert redeem(client, ticket, **headers).status_code == 403
    assert client.post("/auth/logout", headers=plain).status_code == 403
    form = {"email": DORA.email, "password": PASSWORD}
    assert client.post("/auth/login", data=form, headers=plain).status_code == 403
    assert signing_in.actor_of(app, token) == dora


def test_our_own_pages_may(client: TestClient, app: App) -> None:
    headers = {"Origin": "http://testserver", "Sec_Fetch_Site": "same-origin"}

    assert redeem(client, registering.register(app, DORA), **headers).status_code == 200


def test_a_form_cannot_pretend_to_be_json(client: TestClient, app: App) -> None:
    ticket = registering.register(app, DORA)

    assert client.post("/auth/redeem", data={"ticket": ticket}).status_code == 415
    assert (
        client.post("/auth/redeem", content='{"ticket": "x"}', headers={"Content-Type": "text/plain"}).status_code
        == 415
    )
    assert redeem(client, ticket).status_code == 200


@pytest.mark.parametrize("body", ["", "nonsense", "[]", "{}", '{"ticket": 7}', b"\xff\xfe{"])
def test_what_is_not_a_ticket_is_refused(client: TestClient, body: str | bytes) -> None:
    assert client.post("/auth/redeem", content=body, headers=JSON).status_code == 400


def test_a_body_without_end_is_cut_off(client: TestClient) -> None:
    assert client.post("/auth/redeem", content=b"x" * 20_000, headers=JSON).status_code == 413
    assert client.post("/auth/login", headers={"Content-Length": "-1"}).status_code in {400, 413}


def test_the_plain_form_signs_in_and_goes_on_to_the_page_that_was_wanted(client: TestClient, app: App) -> None:
    registered(app)
    page = client.get("/auth/login", params={"next": "/progress"})
    form = {"email": DORA.email, "password": PASSWORD, "next": "/progress"}

    answer = client.post("/auth/login", data=form)

    assert 'value="/progress"' in page.text
    assert (answer.status_code, answer.headers["location"]) == (303, "/progress")
    assert signing_in.actor_of(app, client.cookies[COOKIE]).name == "Dora"


def test_the_plain_form_tells_what_was_wrong_and_keeps_the_address(client: TestClient, app: App) -> None:
    answer = client.post("/auth/login", data={"email": '"><b>x', "password": "wrong"})

    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert "&quot;&gt;&lt;b&gt;x" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/quiz?quiz=a&q=2", "/quiz?quiz=a&q=2"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_going_on_never_leads_to_another_site(wanted: str, path: str) -> None:
    assert entrance.local_path(wanted) == path


def test_signing_out_ends_the_session_and_takes_the_cookie(client: TestClient, app: App) -> None:
    redeem(client, registering.register(app, DORA))
    token = client.cookies[COOKIE]

    answer = client.post("/auth/logout")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert signing_in.actor_of(app, token) == VISITOR
    assert COOKIE not in client.cookies


def test_a_get_signs_nobody_out(client: TestClient, app: App) -> None:
    redeem(client, registering.register(app, DORA))

    client.get("/auth/logout")

    assert signing_in.actor_of(app, client.cookies[COOKIE]).signed_in


def test_the_way_to_an_identity_provider_is_left_to_streamlit(client: TestClient) -> None:
    assert client.get("/auth/login", params={"provider": "x"}).status_code == 404
