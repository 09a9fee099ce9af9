"""How large a picture is, read from its first bytes; regions on a picture are in its units."""

import re

_SVG = re.compile(rb"<(?:[\w.-]+:)?svg\b([^>]{0,4000})>", re.IGNORECASE)
_LENGTH = re.compile(rb"""\b(width|height)\s*=\s*["']\s*(\d{1,5}(?:\.\d{1,6})?)\s*(?:px)?\s*["']""", re.IGNORECASE)
_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*\S+\s+\S+\s+(\d{1,5}(?:\.\d{1,6})?)[\s,]+(\d{1,5}(?:\.\d{1,6})?)""")
_LARGEST_MARKER = 200
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG that begin a frame, in which its size stands."""


def size_of(data: bytes) -> tuple[float, float] | None:
    """Give width and height in pixels; None where they cannot be told."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    elif data[:6] in (b"GIF87a", b"GIF89a"):
        found = (int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    elif data.startswith(b"\xff\xd8"):
        found = _of_jpeg(data)
    else:
        return _of_drawing(data)
    return (float(found[0]), float(found[1])) if all(found) else None


def _of_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_LARGEST_MARKER):
        if data[at : at + 1] != b"\xff" or len(data) < at + 9:
            break
        if data[at + 1] in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0


def _of_drawing(data: bytes) -> tuple[float, float] | None:
    tag = _SVG.search(data[:20_000])
    if tag is None:
        return None
    sides = {name.lower(): float(length) for name, length in _LENGTH.findall(tag[1])}
    if box := _BOX.search(tag[1]):
        # Places in a drawing are in the units of its box, where it has one.
        return float(box[1]), float(box[2])
    return (sides[b"width"], sides[b"height"]) if len(sides) == len(("width", "height")) else None
