"""Scores as files, from an address of our own: the same session, the same rights, streamed."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from training.core.blueprint import Mode
from training.core.refusal import Refusal
from training.services import exporting, signing_in
from training.services.app import App
from training.services.exporting import Kind
from training.services.overseeing import Wanted
from training.services.signing_in import COOKIE
from training.web import plain_page
from training.web.security import from_own_page

NO_CACHE = {"Cache-Control": "no-store"}
FURTHEST = 14 * 60
"""Minutes from UTC that a clock may show."""


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /exports/scores.csv and /exports/scores.xlsx."""

    def scores(kind: Kind, request: Request) -> Response:
        return _scores(app_of(), request, kind)

    return [Route(f"/exports/scores.{kind}", partial(scores, kind), methods=["GET"]) for kind in Kind]


def _scores(app: App, request: Request, kind: Kind) -> Response:
    if request.method != "GET":
        raise HTTPException(405)  # a HEAD would note an export that nobody got
    if not from_own_page(request, app.settings.base_url):
        raise HTTPException(403, "This was asked by a page of another site.")
    actor = signing_in.actor_of(app, request.cookies.get(COOKIE, ""))
    try:
        wanted = wanted_in(request.query_params)
    except Refusal as refusal:
        return _refused(str(refusal), 400)
    try:
        export = exporting.scores(app, actor, wanted, kind)
    except Refusal as refusal:
        return _refused(str(refusal), 403 if actor.signed_in else 401)
    headers = {**NO_CACHE, "Content-Disposition": f'attachment; filename="{export.name}"'}
    return StreamingResponse(export.chunks, media_type=export.media_type, headers=headers)


def _refused(words: str, status: int) -> Response:
    page = plain_page.page("No file", f'<p>{escape(words)}</p><p><a href="/">Back to Needlewise</a></p>')
    return HTMLResponse(page, status, headers=NO_CACHE)


def wanted_in(query: Mapping[str, str]) -> Wanted:
    """Read which results an address asks for. Raises Refusal where it cannot be read: never more than was asked."""
    try:
        offset = max(-FURTHEST, min(FURTHEST, int(query.get("offset", "0"))))
        mode = query.get("mode", Mode.EXAM.value)
        first, last = (date.fromisoformat(query[name]) if query.get(name) else None for name in ("from", "to"))
        return Wanted(
            query.get("cohort", ""), query.get("quiz", ""), None if mode == "all" else Mode(mode), first, last, offset
        )
    except ValueError:
        raise Refusal("This address cannot be read. Please go back to the scores and export again.") from None
