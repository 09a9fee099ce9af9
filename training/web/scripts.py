"""The editor's script, which Streamlit's own static files would serve as plain text."""

from collections.abc import Callable
from functools import cache
from gzip import compress

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from training.services.app import App
from training.services.settings import ROOT

FILE = ROOT / "static" / "codemirror.js"
FOR_EVER = "public, max-age=31536000, immutable"


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:  # noqa: ARG001 - every part of the web side takes it
    """Make /scripts/codemirror.js. Its address names the version, so a browser may keep it."""

    def codemirror(request: Request) -> Response:
        headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(FILE.read_bytes(), media_type="text/javascript", headers=headers)
        return Response(_small(), media_type="text/javascript", headers={**headers, "Content-Encoding": "gzip"})

    return [Route("/scripts/codemirror.js", codemirror)]


@cache
def _small() -> bytes:
    return compress(FILE.read_bytes(), mtime=0)
