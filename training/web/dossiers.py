"""Dossiers as archives, and the files in them, from addresses of our own: never shown, only handed out as files."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from training.core.permission import Actor
from training.core.upload import ENDINGS
from training.services import archiving, proving
from training.services.app import App
from training.web.handing_out import File, handed_out


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /exports/dossier.zip and /exports/evidence."""

    def archive(request: Request) -> Response:
        return handed_out(app_of(), request, _archive)

    def evidence(request: Request) -> Response:
        return handed_out(app_of(), request, _evidence)

    return [
        Route("/exports/dossier.zip", archive, methods=["GET"]),
        Route("/exports/evidence", evidence, methods=["GET"]),
    ]


def _archive(app: App, actor: Actor, request: Request) -> File:
    query = request.query_params
    made = archiving.archive(app, actor, query.get("programme", ""), query.get("learner", "") or actor.id)
    return made.name, "application/zip", made.chunks


def _evidence(app: App, actor: Actor, request: Request) -> File:
    found, data = proving.fetch(app, actor, request.query_params.get("entry", ""))
    # Named by us: what was typed has no place in a header.
    return f"evidence-{found.digest[:16]}.{ENDINGS[found.media_type]}", found.media_type, iter((data,))
