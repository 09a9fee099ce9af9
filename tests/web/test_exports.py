"""Exports by HTTP: the session's cookie decides, and the file is exactly what the address asks for."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import Cast
from tests.services.classes import EXAM, PRACTICE, sit, spring_class
from training.core.blueprint import Mode
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services.app import App
from training.services.overseeing import Wanted
from training.services.signing_in import COOKIE
from training.services.tokens import digest
from training.store import audit, sessions
from training.ui.views.cohort_scores import export_address
from training.web import exports, middleware, routes


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=exports.routes(lambda: app), middleware=middleware)) as client:
        yield client


def signed_in(client: TestClient, app: App, actor: Actor) -> TestClient:
    token, now = f"token-of-{actor.id}", app.now()
    session = sessions.Session(digest(token), actor.id, now, now + timedelta(days=1), now)
    app.database.write(lambda tx: sessions.add(tx, session))
    client.cookies.set(COOKIE, token)
    return client


def test_a_coordinator_gets_the_csv_as_a_file_that_no_cache_keeps(client: TestClient, app: App, cast: Cast):
    spring_class(app)

    answer = signed_in(client, app, cast.cy).get("/exports/scores.csv?cohort=spring")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="scores-2026-03-02-1500.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.count(b"\r\n") == 7


def test_the_workbook_opens_and_holds_the_results_asked_for(client: TestClient, app: App, cast: Cast):
    spring_class(app)
    sit(app, cast.ann, PRACTICE, right=2)

    answer = signed_in(client, app, cast.cy).get("/exports/scores.xlsx?mode=practice&offset=-300")
    sheet = load_workbook(BytesIO(answer.content))["Scores"]

    assert answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert [cell.value for cell in sheet["A"]] == ["Learner", "Ann"]
    assert sheet["G1"].value == "Handed in (UTC-05:00)"


@pytest.mark.parametrize("who", ["ann", "ida", "ada"])
def test_nobody_else_gets_a_file(client: TestClient, app: App, cast: Cast, who: str):
    answer = signed_in(client, app, getattr(cast, who)).get("/exports/scores.csv")

    assert answer.status_code == 403
    assert "may not export the scores" in answer.text


def test_a_visitor_is_asked_to_sign_in(client: TestClient, cast: Cast):
    answer = client.get("/exports/scores.csv")

    assert answer.status_code == 401
    assert "Please sign in first." in answer.text


def test_a_page_of_another_site_gets_nothing(client: TestClient, app: App, cast: Cast):
    answer = signed_in(client, app, cast.cy).get("/exports/scores.csv", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert app.database.read(lambda tx: audit.latest(tx, 5)) == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=yesterday", 400), ("mode=all-of-it", 400), ("offset=x", 400), ("to=2026-13-01", 400),
        ("to=9999-12-31", 400), ("from=0001-01-01&offset=120", 400), ("offset=" + "9" * 5000, 400),
        ("cohort=nobodys", 403),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_read_gives_nothing_rather_than_everything(
    client: TestClient, app: App, cast: Cast, query: str, status: int
):
    answer = signed_in(client, app, cast.cy).get(f"/exports/scores.csv?{query}")

    assert answer.status_code == status
    assert app.database.read(lambda tx: audit.latest(tx, 5)) == []


def test_asking_for_the_head_alone_is_no_export(client: TestClient, app: App, cast: Cast):
    assert signed_in(client, app, cast.cy).head("/exports/scores.csv").status_code == 405
    assert app.database.read(lambda tx: audit.latest(tx, 5)) == []


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(mode=None),
        Wanted("spring", EXAM, Mode.PRACTICE, date(2026, 3, 1), date(2026, 3, 31), 120),
        Wanted(cohort="a&b=c", last=date(2026, 3, 31), offset=-210),
    ],
)
def test_the_pages_link_asks_for_exactly_what_the_page_shows(wanted: Wanted):
    query = TestClient(Starlette()).build_request("GET", export_address(wanted, "csv")).url.params

    assert exports.wanted_in(dict(query)) == wanted


def test_a_clock_further_than_any_on_earth_is_brought_back():
    assert exports.wanted_in({"offset": "99999"}).offset == 14 * 60
    with pytest.raises(Refusal):
        exports.wanted_in({"offset": "now"})


def test_the_product_serves_them():
    assert {"/exports/scores.csv", "/exports/scores.xlsx"} <= {route.path for route in routes}
