"""SVG drawings from foreign files, cleaned of all that could act or fetch; what merely draws is kept."""

import re

from lxml import etree

from training.formats.foreign_xml import Element, name_of, parse_xml
from training.formats.unreadable import Unreadable

_DRAWN = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath"  # noqa: SIM905
    " marker linearGradient radialGradient stop clipPath mask pattern image switch style filter"
    " feGaussianBlur feOffset feBlend feColorMatrix feComposite feFlood feMerge feMergeNode feMorphology".split()
)
_INSIDE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*$", re.IGNORECASE)


def safe_drawing(data: bytes) -> bytes:
    """Give the drawing without scripts, handlers, foreign content and outside links; raises Unreadable."""
    root = parse_xml(data)
    if name_of(root) != "svg":
        raise Unreadable("This is no SVG drawing.")
    for element in list(root.iter()):
        if name_of(element) not in _DRAWN or (name_of(element) == "style" and _fetches(element.text or "")):
            _drop(element)
            continue
        for name, value in list(element.attrib.items()):
            if _acts(str(name), str(value)):
                del element.attrib[name]
    return bytes(etree.tostring(root, encoding="utf-8"))


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _acts(name: str, value: str) -> bool:
    plain = name.rpartition("}")[2].lower()
    if plain.startswith("on"):
        return True
    if plain in ("href", "src"):
        return not (value.startswith("#") or _INSIDE.match(value.strip()))
    return _fetches(value)


def _fetches(style: str) -> bool:
    squeezed = re.sub(r"/\*.*?\*/|[\s\\]", "", style, flags=re.DOTALL).lower()
    return "@import" in squeezed or bool(re.search(r"url\((?!['\"]?#)|javascript:|expression\(", squeezed))
