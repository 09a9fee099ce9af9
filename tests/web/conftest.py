"""The routes as a browser meets them: our own routes and middleware on the app of the test."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from training.services.app import App
from training.web import assets, entrance, health, middleware


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    """A browser that keeps cookies and follows no redirect by itself."""
    routes = [each for part in (health, entrance, assets) for each in part.routes(lambda: app)]
    with TestClient(Starlette(routes=routes, middleware=middleware), follow_redirects=False) as client:
        yield client
