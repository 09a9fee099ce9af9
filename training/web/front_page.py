"""Streamlit's one HTML page with our name in it, and told where its server is instead of having to probe."""

import gzip
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_DESCRIPTION = re.compile(rb'<!--[^>]*?RFC 8631.*?-->\s*<link rel="service-desc"[^>]*>', re.DOTALL)

# Without this it asks for <page>/_stcore/health first, at each visit, and the browser's console shows the failure.
WHERE = b"<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin }</script>"
WITHOUT_SCRIPTS = (
    b"<noscript><h1>Needlewise</h1><p>Please allow JavaScript for this site: its pages need it.</p></noscript>"
)
NOT_STREAMLITS = ("/auth/", "/_stcore/", "/verify", "/certified")


class FrontPage:
    """Puts our page where Streamlit answers with its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NOT_STREAMLITS):
            await self.app(scope, receive, send)
            return
        ours = _body("gzip" in Headers(scope=scope).get("accept-encoding", ""))
        replacing = False

        async def send_ours(message: Message) -> None:
            nonlocal replacing
            if message["type"] == "http.response.start" and _is_page(message):
                replacing = True
                _describe(message, ours)
            elif replacing and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": ours}
            await send(message)

        await self.app(scope, receive, send_ours)


@cache
def page() -> bytes:
    """Give the page that every address of the app answers with."""
    theirs = (streamlit_static() / "index.html").read_bytes()
    named = theirs.replace(b"<title>Streamlit</title>", b"<title>Needlewise</title>")
    named = _NOSCRIPT.sub(WITHOUT_SCRIPTS, _DESCRIPTION.sub(b"", named))
    return named.replace(b'<script type="module"', WHERE + b'\n    <script type="module"', 1)


@cache
def inline_scripts() -> str:
    """Name the page's inline scripts by their hashes, as a policy does, so that no other one runs."""
    return "".join(f" 'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in _INLINE.findall(page()))


@cache
def streamlit_static() -> Path:
    """Give the folder of Streamlit's browser files, without importing Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise RuntimeError("streamlit is not installed")
    return Path(spec.origin).parent / "static"


@cache
def _body(compressed: bool) -> bytes:  # noqa: FBT001 - the two forms of one thing
    return gzip.compress(page(), mtime=0) if compressed else page()


def _is_page(message: Message) -> bool:
    said = Headers(raw=message["headers"]).get("content-type", "")
    return bool(message["status"] == 200 and said.startswith("text/html"))  # noqa: PLR2004 - HTTP's own number


def _describe(message: Message, body: bytes) -> None:
    headers = MutableHeaders(scope=message)
    for name in ("etag", "last-modified", "accept-ranges", "content-encoding"):
        del headers[name]
    if body is not page():
        headers["Content-Encoding"] = "gzip"
    headers["Vary"] = "Accept-Encoding"
    headers["Content-Length"] = str(len(body))
