"""Headers on every answer, pictures from the content folders and from nowhere else, and what the watchers are told."""

import gzip
import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from training import web
from training.services.app import App
from training.services.tokens import cookie_secret
from training.store.database import open_database
from training.web import assets, compressing, health, logs
from training.web.front_page import WHERE, FrontPage, page, streamlit_static

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    figures = root / "modules" / "one" / "figures"
    figures.mkdir(parents=True)
    (figures / "a b.svg").write_text(SVG)
    (figures / "notes.md").write_text("not for everyone")
    (root / "question_banks").mkdir()
    (root / "question_banks" / "bank.yaml").write_text("the key")
    (root / "secret.svg").write_text(SVG)
    (figures / "link.svg").symlink_to(root / "secret.svg")
    (tmp_path / "outside.svg").write_text(SVG)
    return root


@pytest.fixture
def pictures(app: App, content: Path) -> TestClient:
    shown = replace(app, settings=replace(app.settings, content_dir=content))
    return TestClient(Starlette(routes=assets.routes(lambda: shown)))


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for path in ("/healthz", "/auth/login", "/nowhere"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self' blob: 'sha256-" in policy
        assert "'unsafe-eval'" not in policy
        assert "script-src 'self' 'unsafe-inline'" not in policy
        assert "connect-src 'self' ws://testserver wss://testserver;" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_a_forged_host_does_not_get_into_the_policy(client: TestClient) -> None:
    policy = client.get("/healthz", headers={"Host": "x; script-src *"}).headers["content-security-policy"]

    assert "script-src *" not in policy


def test_a_picture_comes_with_a_tag_and_cannot_run_scripts(pictures: TestClient) -> None:
    answer = pictures.get("/assets/modules/one/figures/a%20b.svg")
    again = pictures.get("/assets/modules/one/figures/a%20b.svg", headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert (again.status_code, again.content) == (304, b"")


def test_the_sandbox_of_a_picture_survives_the_headers_of_every_answer(client: TestClient) -> None:
    figure = next((Path(__file__).parents[1] / "content_sample" / "modules").rglob("*.svg"))
    path = figure.relative_to(Path(__file__).parents[1] / "content_sample")

    assert "sandbox" in client.get(f"/assets/{path}").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "secret.svg",
        "question_banks/bank.yaml",
        "modules/one/figures/notes.md",
        "modules/one/figures",
        "modules/one/figures/link.svg",
        "modules/../secret.svg",
        "modules/..%2fsecret.svg",
        "modules/one/figures/..%2f..%2f..%2f..%2foutside.svg",
        "%2e%2e/outside.svg",
        "/etc/passwd",
        "modules/one/figures/a%20b.svg%00.png",
        "modules%5c..%5csecret.svg",
        "modules/none.svg",
    ],
)
def test_nothing_but_pictures_of_the_content_folders_is_served(pictures: TestClient, path: str) -> None:
    assert pictures.get(f"/assets/{path}").status_code == 404


def test_the_watcher_is_told_what_is_well_and_not_where_it_is(client: TestClient, app: App) -> None:
    answer = client.get("/readyz")

    assert client.get("/healthz").text == "ok"
    assert answer.json()["checks"]["database"] is True
    assert str(app.settings.data_dir) not in answer.text


def test_a_server_whose_database_is_not_up_to_date_is_not_ready(app: App, tmp_path: Path) -> None:
    empty = replace(app, database=open_database(f"sqlite:///{tmp_path / 'empty.db'}"))

    answer = TestClient(Starlette(routes=health.routes(lambda: empty))).get("/readyz")

    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)
    empty.database.close()


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_the_one_page_has_our_name_and_knows_its_server(encoding: str) -> None:
    server = Starlette(routes=[Mount("/", create_streamlit_static_handler(str(streamlit_static()), ""))])
    client = TestClient(FrontPage(server))

    answer = client.get("/people", headers={"Accept-Encoding": encoding})

    assert answer.content == page()
    assert "<title>Needlewise</title>" in answer.text
    assert WHERE.decode() in answer.text
    assert "Streamlit app can also" not in answer.text
    assert client.get("/favicon.png").content == (streamlit_static() / "favicon.png").read_bytes()
    assert client.head("/people").status_code == 200


def test_streamlit_s_scripts_come_compressed_where_that_is_taken() -> None:
    async def plain(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"plain"})

    client = TestClient(compressing.CompressedStatic(plain))
    root = streamlit_static() / "static"
    script = max(root.glob("js/*.js"), key=lambda file: file.stat().st_size)
    address = f"/static/{script.relative_to(root)}"

    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        sent = b"".join(answer.iter_raw())
    assert gzip.decompress(sent) == script.read_bytes()
    assert len(sent) < script.stat().st_size / 2
    assert client.get(address, headers={"Accept-Encoding": "identity"}).text == "plain"
    assert client.get("/static/../index.html").text == "plain"


def test_the_log_has_no_secret_and_is_a_line_of_json() -> None:
    record = logging.LogRecord("needlewise", logging.ERROR, "", 0, "at %s", ("/register?invitation=abc.def&x=1",), None)
    record.incident = "1234"

    said = json.loads(logs.JsonLines().format(record))

    assert said["message"] == "at /register?invitation=…&x=1"
    assert said["incident"] == "1234"


def test_the_cookie_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = cookie_secret(tmp_path / "data")

    assert cookie_secret(tmp_path / "data") == first
    assert len(first) == 64
    assert (tmp_path / "data" / "cookie-secret").stat().st_mode & 0o777 == 0o600


def test_the_name_of_the_home_page_leads_to_it() -> None:
    home = [route for route in web.routes if getattr(route, "path", "") == "/home"]

    answer = TestClient(Starlette(routes=home), follow_redirects=False).get("/home")

    assert (answer.status_code, answer.headers["location"]) == (308, "/")
