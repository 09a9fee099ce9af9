"""Dossiers as archives, and the files in them, from addresses of our own: never shown, only handed out as files."""

from collections.abc import Callable, Iterator
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.core.upload import ENDINGS
from training.services import archiving, proving, signing_in
from training.services.app import App
from training.services.signing_in import COOKIE
from training.web import plain_page
from training.web.security import from_own_page

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
File = tuple[str, str, Iterator[bytes]]


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /exports/dossier.zip and /exports/evidence."""

    def archive(request: Request) -> Response:
        return _handed_out(app_of(), request, _archive)

    def evidence(request: Request) -> Response:
        return _handed_out(app_of(), request, _evidence)

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


def _handed_out(app: App, request: Request, give: Callable[[App, Actor, Request], File]) -> Response:
    if request.method != "GET":
        raise HTTPException(405)  # a HEAD would note an export that nobody got
    if not from_own_page(request, app.settings.base_url):
        raise HTTPException(403, "This was asked by a page of another site.")
    actor = signing_in.actor_of(app, request.cookies.get(COOKIE, ""))
    try:
        name, media_type, chunks = give(app, actor, request)
    except NotFound as nothing:
        return _refused(str(nothing), 404)
    except Refusal as refusal:
        return _refused(str(refusal), 403 if actor.signed_in else 401)
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(chunks, media_type=media_type, headers=headers)


def _refused(words: str, status: int) -> Response:
    page = plain_page.page("No file", f'<p>{escape(words)}</p><p><a href="/">Back to Needlewise</a></p>')
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})
