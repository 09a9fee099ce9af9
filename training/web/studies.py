"""The minutes of standard-setting studies, from an address of our own."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from training.core.permission import Actor
from training.services import minuting
from training.services.app import App
from training.web.handing_out import File, handed_out


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /exports/minutes.pdf."""

    def minutes(request: Request) -> Response:
        return handed_out(app_of(), request, _minutes)

    return [Route("/exports/minutes.pdf", minutes, methods=["GET"])]


def _minutes(app: App, actor: Actor, request: Request) -> File:
    found = minuting.fetch(app, actor, request.query_params.get("study", ""))
    return found.name, "application/pdf", iter((found.data,))
