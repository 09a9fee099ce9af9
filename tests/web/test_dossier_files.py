"""Dossiers and evidence by HTTP: for owner and coordinator, as files that no browser runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import Cast
from tests.services.certified import QUIZ
from tests.services.filed import PDF, demanding, sat
from tests.web.test_exports import signed_in
from training.services import proving
from training.services.app import App
from training.web import dossiers, middleware


@pytest.fixture
def school(app: App, cast: Cast, tmp_path: Path) -> App:
    return demanding(app, tmp_path)


@pytest.fixture
def client(school: App) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=dossiers.routes(lambda: school), middleware=middleware)) as client:
        yield client


def test_evidence_comes_as_an_attachment_named_by_us(client: TestClient, school: App, cast: Cast):
    entry = proving.upload(school, cast.ann, QUIZ, PDF, name='x".pdf', about="Course")
    answer = signed_in(client, school, cast.cy).get(f"/exports/evidence?entry={entry}")

    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"].startswith('attachment; filename="evidence-')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["cache-control"] == "no-store"


def test_others_get_neither_file_nor_archive(client: TestClient, school: App, cast: Cast):
    entry = proving.upload(school, cast.ann, QUIZ, PDF, name="x.pdf", about="Course")
    addresses = (f"/exports/evidence?entry={entry}", f"/exports/dossier.zip?programme={QUIZ}&learner=ann")
    assert {client.get(each).status_code for each in addresses} == {401}
    signed_in(client, school, cast.bo)

    assert {client.get(each).status_code for each in addresses} == {403}
    assert client.get("/exports/evidence?entry=none").status_code == 404


def test_a_learner_gets_her_own_archive(client: TestClient, school: App, cast: Cast):
    sat(school, cast.ann)
    answer = signed_in(client, school, cast.ann).get(f"/exports/dossier.zip?programme={QUIZ}")

    assert answer.headers["content-type"] == "application/zip"
    assert answer.content.startswith(b"PK")
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.get(f"/exports/dossier.zip?programme={QUIZ}", headers=foreign).status_code == 403
