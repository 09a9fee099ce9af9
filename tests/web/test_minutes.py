"""Minutes by HTTP: a file for whoever sets standards, refused in words to others."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import Cast
from tests.services.test_minuting import rated_twice
from tests.web.test_exports import signed_in
from training.services import judging
from training.services.app import App
from training.web import middleware, studies


def test_the_coordinator_gets_the_minutes_as_a_file_and_others_do_not(app: App, cast: Cast):
    study_id = rated_twice(app, cast)
    judging.adopt(app, cast.cy, study_id, authority="Board")
    with TestClient(Starlette(routes=studies.routes(lambda: app), middleware=middleware)) as client:
        address = f"/exports/minutes.pdf?study={study_id}"
        assert client.get(address).status_code == 401
        assert signed_in(client, app, cast.ann).get(address).status_code == 403
        answer = signed_in(client, app, cast.cy).get(address)

        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert answer.headers["content-disposition"].startswith('attachment; filename="minutes-exam-sample-')
        assert client.get("/exports/minutes.pdf?study=none").status_code == 404
