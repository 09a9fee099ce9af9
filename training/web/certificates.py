"""Certificates for whoever has their number: verifying, the files, the status lists, the keys, and the register."""

from collections.abc import Callable
from html import escape
from math import ceil

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from training.core.refusal import NotFound, Refusal
from training.documents.offline_page import offline_page, script_source
from training.documents.status_list import PURPOSES
from training.services import signing_in, verifying, withdrawing
from training.services.app import App
from training.services.signing_in import COOKIE
from training.web import certificate_pages as pages
from training.web.entrance import address_of
from training.web.limiting import Limit
from training.web.security import from_own_page

PER_MINUTE = 30
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Lets a verifier in somebody's browser read what is fetched; nothing here goes by a cookie."""
SHORTLY = {"Cache-Control": "public, max-age=60", **ANYWHERE}
Answer = Callable[[App, Request], Response]


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make the addresses; each is limited for one network address."""
    limit = Limit(PER_MINUTE, 60)

    def limited(answer: Answer) -> Callable[[Request], Response]:
        def asked(request: Request) -> Response:
            wait = limit.wait(address_of(app_of(), request))
            if wait:
                return HTMLResponse(pages.too_often(), 429, headers={"Retry-After": str(ceil(wait)), **PRIVATE})
            try:
                return answer(app_of(), request)
            except NotFound as refusal:
                return HTMLResponse(pages.nothing(str(refusal)), 404, headers=PRIVATE)

        return asked

    return [
        Route("/verify", limited(_asked)),
        Route("/verify/offline", limited(_offline)),
        Route("/verify/{number}", limited(_verified)),
        Route("/credentials/{number}.json", limited(_json)),
        Route("/credentials/{number}.pdf", limited(_pdf)),
        Route("/credentials/{number}", limited(_shown)),
        Route("/status/{purpose}", limited(_status)),
        Route("/keys", limited(_keys)),
        Route("/certified", limited(_register)),
        Route("/exports/certificates.csv", limited(_csv)),
    ]


def _asked(_app: App, request: Request) -> Response:
    number = request.query_params.get("number", "").strip()
    if number:
        return RedirectResponse(f"/verify/{_plain(number)}", 303)
    return HTMLResponse(pages.ask(), headers=PRIVATE)


def _verified(app: App, request: Request) -> Response:
    issued, state = verifying.look_up(app, request.path_params["number"])
    return HTMLResponse(pages.found(issued, state), headers=PRIVATE)


def _shown(_app: App, request: Request) -> Response:
    """Lead whoever leaves the ending out to the page of the certificate."""
    return RedirectResponse(f"/verify/{_plain(request.path_params['number'])}", 303, headers=PRIVATE)


def _json(app: App, request: Request) -> Response:
    number = request.path_params["number"]
    text = verifying.signed_json(app, number)
    return Response(text, media_type="application/vc+ld+json",
                    headers={**PRIVATE, **ANYWHERE, **_attached(number, "json")})  # fmt: skip


def _pdf(app: App, request: Request) -> Response:
    number = request.path_params["number"]
    data = verifying.pdf(app, number, request.query_params.get("paper", ""))
    return Response(data, media_type="application/pdf", headers={**PRIVATE, **_attached(number, "pdf")})


def _attached(number: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="certificate-{_plain(number)}.{ending}"'}


def _plain(number: str) -> str:
    return "".join(each for each in number if each.isascii() and (each.isalnum() or each == "-"))[:40]


def _status(app: App, request: Request) -> Response:
    for purpose in PURPOSES:
        if request.path_params["purpose"] == purpose:
            return Response(verifying.status(app, purpose), media_type="application/vc+ld+json", headers=SHORTLY)
    raise HTTPException(404)


def _keys(app: App, _request: Request) -> Response:
    return JSONResponse(verifying.issuer(app), headers=SHORTLY)


def _offline(app: App, request: Request) -> Response:
    keys = [entry["key"] for entry in verifying.issuer(app)["keyHistory"]]
    page = offline_page(keys, verifying.statuses(app), f"{app.now():%Y-%m-%d %H:%M} UTC")
    headers = {
        **PRIVATE,
        "Content-Security-Policy": f"default-src 'none'; script-src {script_source()}; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    }
    if "download" in request.query_params:
        headers["Content-Disposition"] = 'attachment; filename="verify-certificates.html"'
    return HTMLResponse(page, headers=headers)


def _register(app: App, _request: Request) -> Response:
    return HTMLResponse(pages.register(verifying.register(app), app.now().date()), headers=PRIVATE)


def _csv(app: App, request: Request) -> Response:
    if request.method != "GET" or not from_own_page(request, app.settings.base_url):
        raise HTTPException(403, "This was asked by a page of another site.")
    actor = signing_in.actor_of(app, request.cookies.get(COOKIE, ""))
    try:
        name, chunks = withdrawing.as_csv(app, actor)
    except Refusal as refusal:
        return HTMLResponse(pages.nothing(escape(str(refusal))), 403 if actor.signed_in else 401, headers=PRIVATE)
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(chunks, media_type="text/csv; charset=utf-8", headers=headers)
