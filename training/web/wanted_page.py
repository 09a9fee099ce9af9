"""Whoever signs in at an identity provider goes on to the page she wanted, where Streamlit would show the first one."""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from training.services.settings import settings_from
from training.web.entrance import local_path

LEAVING, RETURNING = "/auth/login", "/oauth2callback"
COOKIE = "needlewise_wanted"
KEPT_SECONDS = 900
LONGEST = 1000
DOORS = ("/sign-in", "/register", "/reset-password")
_AT = f"Path={RETURNING}; HttpOnly; SameSite=Lax"
"""Lax, since the provider, another site, sends the browser back; the value is only ever used as a path of ours."""


class WantedPage:
    """Keeps the page in a cookie while the browser is at the provider, and sends it there when it returns."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in {LEAVING, RETURNING}:
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {302, 303, 307}:
                (_keep if scope["path"] == LEAVING else _go_on)(asked, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_on)


def _keep(asked: Headers, answer: MutableHeaders) -> None:
    """Remember from which page of ours the browser leaves, and forget what an earlier leave remembered."""
    wanted = _left(asked)
    kept = f"{COOKIE}={quote(wanted, safe='')}; Max-Age={KEPT_SECONDS if wanted else 0}; {_AT}"
    answer.append("Set-Cookie", kept + ("; Secure" if settings_from().secure_cookies else ""))


def _go_on(asked: Headers, answer: MutableHeaders) -> None:
    """Lead to the page that was wanted instead of the first one, and only to a page of ours."""
    kept = cookie_parser(asked.get("cookie", "")).get(COOKIE)
    if kept is None:
        return
    wanted = local_path(unquote(kept))
    if answer.get("location") == "/":
        answer["Location"] = quote(wanted, safe="/?&=%+:@,;!*'()$~-._")
    answer.append("Set-Cookie", f"{COOKIE}=; Max-Age=0; {_AT}")


def _left(asked: Headers) -> str:
    """Give path and query of the page that a request comes from; empty where it is another site's, or a door."""
    came = urlsplit(asked.get("referer", ""))
    ours = {asked.get("host", ""), urlsplit(settings_from().base_url).netloc}
    wanted = came.path + (f"?{came.query}" if came.query else "")
    at_door = came.path.rstrip("/") in {"", *DOORS}
    return "" if not came.netloc or came.netloc not in ours or at_door or len(wanted) > LONGEST else wanted
