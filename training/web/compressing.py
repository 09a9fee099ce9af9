"""Streamlit's scripts and styles, sent compressed: it sends them plain, and they are most of the first visit."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from training.web.front_page import streamlit_static

MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}
WORTH_IT = 1024
FOR_EVER = "public, immutable, max-age=31536000"
PREFIX = "/static/"


class CompressedStatic:
    """Answers for Streamlit's own hashed files where the browser takes gzip; each is compressed once and kept."""

    def __init__(self, app: ASGIApp, root: Callable[[], Path] = streamlit_static) -> None:
        self.app = app
        self.root = root() / "static"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._file(scope)
        if file is None:
            await self.app(scope, receive, send)
            return
        body = await run_in_threadpool(_compressed, file)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": FOR_EVER}
        answer = Response(body, media_type=MEDIA_TYPES[file.suffix], headers=headers)
        await answer(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(PREFIX):
            return None
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return None
        return _known(self.root).get(scope["path"][len(PREFIX) :])


@lru_cache(maxsize=4)
def _known(root: Path) -> dict[str, Path]:
    """List what may be asked for, so that no path is ever made from a request."""
    files = (file for suffix in MEDIA_TYPES for file in root.rglob(f"*{suffix}"))
    return {file.relative_to(root).as_posix(): file for file in files if file.stat().st_size >= WORTH_IT}


@lru_cache(maxsize=1024)
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
