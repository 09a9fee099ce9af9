"""Handing out a file to whoever may have it: never shown in the browser, never kept by a cache."""

from collections.abc import Callable, Iterator
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.services import signing_in
from training.services.app import App
from training.services.signing_in import COOKIE
from training.web import plain_page
from training.web.security import from_own_page

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
File = tuple[str, str, Iterator[bytes]]
"""Name, media type and content."""


def handed_out(app: App, request: Request, give: Callable[[App, Actor, Request], File]) -> Response:
    """Answer with the file that `give` makes, or say in words why not."""
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
