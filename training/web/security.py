"""Headers that keep a browser from doing what the product never asks of it, and a limit on what may be sent."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from training.services.settings import settings_from
from training.web.front_page import inline_scripts

LARGEST_BODY = 12 * 2**20
LARGEST_FORM = 16 * 2**10
_HOST = re.compile(rb"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")

PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}


class SecureHeaders:
    """Adds the headers to every answer; a route that set one of them itself keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _headers(scope):
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class LimitedBody:
    """Refuses bodies that are too large, whether they say so or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = LARGEST_FORM if scope["path"].startswith("/auth/") else LARGEST_BODY
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await PlainTextResponse("Too large.", 413)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, most), send)


def from_own_page(request: Request, base_url: str) -> bool:
    """Say whether a request was made by a page of ours, as far as the browser tells; other sites' forms are not.

    A browser names the Origin on every POST, and new ones also say how far the request came. A cookie with
    SameSite=Strict would not come along from elsewhere either: this is the second lock, and the one for signing in.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(base_url).netloc}  # a proxy may have changed the first
    return origin is None or urlsplit(origin).netloc in ours


def _headers(scope: Scope) -> Iterator[tuple[str, str]]:
    yield from PLAIN.items()
    host = Headers(scope=scope).get("host", "").encode("latin-1")
    yield "Content-Security-Policy", _policy(host if _HOST.fullmatch(host) else b"")
    if _https():
        yield "Strict-Transport-Security", "max-age=31536000"


@cache
def _https() -> bool:
    return settings_from().secure_cookies


def _policy(host: bytes) -> str:
    # Older browsers do not count a websocket to the same host as 'self'.
    sockets = f" ws://{host.decode()} wss://{host.decode()}" if host else ""
    return _policies(inline_scripts()).replace("SOCKETS", sockets)


@cache
def _policies(inline: str) -> str:
    rules: Mapping[str, str] = {
        "default-src": "'self'",
        "script-src": f"'self' blob:{inline}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'SOCKETS",
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "media-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _counted(receive: Receive, most: int) -> Receive:
    so_far = 0

    async def counted() -> Message:
        nonlocal so_far
        message = await receive()
        if message["type"] == "http.request":
            so_far += len(message.get("body", b""))
            if so_far > most:
                return {"type": "http.disconnect"}
        return message

    return counted
