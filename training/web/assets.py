"""Figures of modules and pictures of items, straight from the content folders."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from training.services.app import App

FOLDERS = ("modules", "question_banks")
MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; sandbox"
"""An SVG opened by itself is a page: it may draw, and nothing else."""

LARGEST = 8 * 2**20


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /assets/<path from the content root>."""

    def asset(request: Request) -> Response:
        file = _found(app_of().settings.content_dir, request.path_params["path"])
        body = file.read_bytes()
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Security-Policy": SANDBOX}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=MEDIA_TYPES[file.suffix.lower()], headers=headers)

    return [Route("/assets/{path:path}", asset)]


def _found(root: Path, path: str) -> Path:
    """Give the file a path names, only where it is a picture inside a content folder, links followed."""
    if "\0" in path or "\\" in path:
        raise HTTPException(404)
    root = root.resolve()
    file = (root / path).resolve()
    inside = any(file.is_relative_to(root / folder) for folder in FOLDERS)
    if not inside or file.suffix.lower() not in MEDIA_TYPES or not file.is_file() or file.stat().st_size > LARGEST:
        raise HTTPException(404)
    return file
