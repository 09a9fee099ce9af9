"""Images inside foreign text: taken where their bytes are at hand and are what they say; nothing is ever fetched."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import unquote

from training.formats.base import Picture
from training.formats.drawing import safe_drawing
from training.formats.unreadable import Unreadable

LARGEST_PICTURE = 8 * 1024 * 1024
_DATA = re.compile(r"data:image/[\w.+-]{1,40}(?:;[\w=-]{1,40}){0,3};base64,", re.IGNORECASE)
_MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))
_DRAWING = re.compile(rb"<(?:[\w.-]+:)?svg[\s>/]", re.IGNORECASE)


class NotAPicture(Exception):
    """An image that cannot be taken over, and why."""


def picture_of(address: str, media: Mapping[str, bytes]) -> Picture:
    """Give the picture at an address: inside a data URI, or among the files that came along. Raises NotAPicture."""
    if match := _DATA.match(address):
        return picture(_decoded(address[match.end() :]))
    name = unquote(address.split("?", 1)[0]).removeprefix("@@PLUGINFILE@@/").removeprefix("$IMS-CC-FILEBASE$/")
    found = media.get(name, media.get(name.rpartition("/")[2]))
    if found is not None:
        return picture(found)
    shown = address if len(address) <= 100 else f"{address[:100]}…"  # noqa: PLR2004 - fits a line
    raise NotAPicture(f"picture {shown or 'without an address'}: it is not in the file, and nothing is fetched")


def picture(data: bytes) -> Picture:
    """Name a picture by its content. Raises NotAPicture."""
    if len(data) > LARGEST_PICTURE:
        raise NotAPicture(f"a picture of {len(data):,} bytes: too large")
    suffix = _suffix(data)
    kept = _cleaned(data) if suffix == "svg" else data
    return Picture(f"{sha256(kept).hexdigest()[:16]}.{suffix}", kept)


def _cleaned(drawing: bytes) -> bytes:
    try:
        return safe_drawing(drawing)
    except Unreadable as error:
        raise NotAPicture(f"an SVG picture that cannot be read: {error}") from None


def _decoded(text: str) -> bytes:
    try:
        return b64decode(re.sub(r"\s+", "", unquote(text)), validate=True)
    except (Error, ValueError):
        raise NotAPicture("an embedded picture that is damaged") from None


def _suffix(data: bytes) -> str:
    for magic, suffix in _MAGIC:
        if data.startswith(magic):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if _DRAWING.search(data[:4000]):
        return "svg"
    raise NotAPicture("an embedded file that is no picture we know")
