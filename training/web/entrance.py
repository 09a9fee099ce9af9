"""The door: tickets become cookies here, and a plain form serves where scripts do not run."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from training.core.refusal import Refusal
from training.services import signing_in
from training.services.app import App
from training.services.signing_in import COOKIE, Granted
from training.web import plain_page
from training.web.security import from_own_page

T = TypeVar("T")
NO_CACHE = {"Cache-Control": "no-store"}


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /auth/redeem, /auth/login and /auth/logout."""

    async def redeem(request: Request) -> Response:
        return await _redeem(app_of(), request)

    async def form(request: Request) -> Response:
        return await _login(app_of(), request) if request.method == "POST" else _ask(request)

    async def leave(request: Request) -> Response:
        return await _logout(app_of(), request)

    return [
        Route("/auth/redeem", redeem, methods=["POST"]),
        _PlainLogin("/auth/login", form, methods=["GET", "POST"]),
        Route("/auth/logout", leave, methods=["POST"]),  # GET is Streamlit's, for identity providers
    ]


class _PlainLogin(Route):
    """Leaves /auth/login?provider=… to Streamlit, whose way to an identity provider it is."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and b"provider=" in scope.get("query_string", b""):
            return Match.NONE, {}
        return super().matches(scope)


async def _redeem(app: App, request: Request) -> Response:
    _must_be_own(app, request)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415)  # a form of another site cannot send JSON
    ticket = _ticket_in(await _json(request))
    before, agent = request.cookies.get(COOKIE, ""), request.headers.get("user-agent", "")
    try:
        granted = await _apart(lambda: signing_in.redeem(app, ticket, user_agent=agent, before=before))
    except Refusal as refusal:
        return JSONResponse({"message": str(refusal)}, 403, headers=NO_CACHE)
    return _with_cookie(JSONResponse({"ok": True}, headers=NO_CACHE), app, granted)


def _ask(request: Request) -> Response:
    return HTMLResponse(plain_page.login(local_path(request.query_params.get("next", "/"))), headers=NO_CACHE)


async def _login(app: App, request: Request) -> Response:
    _must_be_own(app, request)
    form = await request.form(max_files=0, max_fields=10)
    wanted, email = local_path(str(form.get("next", "/"))), str(form.get("email", ""))
    password, before = str(form.get("password", "")), request.cookies.get(COOKIE, "")
    agent, address = request.headers.get("user-agent", ""), address_of(app, request)

    def granted() -> Granted:
        ticket = signing_in.sign_in(app, email=email, password=password, address=address)
        return signing_in.redeem(app, ticket, user_agent=agent, before=before)

    try:
        session = await _apart(granted)
    except Refusal as refusal:
        page = plain_page.login(wanted, email=email, refusal=str(refusal))
        return HTMLResponse(page, 403, headers=NO_CACHE)
    return _with_cookie(RedirectResponse(wanted, 303, headers=NO_CACHE), app, session)


async def _logout(app: App, request: Request) -> Response:
    _must_be_own(app, request)
    token = request.cookies.get(COOKIE, "")
    if token:
        await _apart(lambda: signing_in.sign_out(app, token))
    answer = RedirectResponse("/", 303, headers=NO_CACHE)
    answer.delete_cookie(COOKIE, path="/", secure=app.settings.secure_cookies, httponly=True, samesite="strict")
    return answer


def local_path(wanted: str) -> str:
    """Give a path to go on to, and the start page for anything that leads to another site."""
    leads_away = not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or not wanted.isprintable()
    return "/" if leads_away or "\\" in wanted else wanted


def address_of(app: App, request: Request) -> str:
    """Give the network address a request came from, as far as it can be known."""
    peer = request.client.host if request.client else ""
    return signing_in.address_of(app.settings, peer, request.headers.get("x-forwarded-for", ""))


def _with_cookie(answer: Response, app: App, granted: Granted) -> Response:
    answer.set_cookie(
        COOKIE, granted.token, max_age=int(granted.keep.total_seconds()), path="/",
        secure=app.settings.secure_cookies, httponly=True, samesite="strict",
    )  # fmt: skip
    return answer


def _must_be_own(app: App, request: Request) -> None:
    if not from_own_page(request, app.settings.base_url):
        raise HTTPException(403, "This was asked by a page of another site.")


async def _json(request: Request) -> object:
    try:
        said: object = await request.json()
    except (ValueError, UnicodeDecodeError):
        raise HTTPException(400) from None
    return said


def _ticket_in(said: object) -> str:
    ticket = said.get("ticket") if isinstance(said, dict) else None
    if not isinstance(ticket, str):
        raise HTTPException(400)
    return ticket


async def _apart(work: Callable[[], T]) -> T:
    """Run what waits for the database or hashes a password where it holds up nobody else."""
    return await run_in_threadpool(work)
