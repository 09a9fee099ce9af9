"""QTI 2 and 3 as one tree: the names of version 2, without namespaces, whatever a file is written in."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from training.formats.angles import TAGS
from training.formats.foreign_xml import Element, all_text, name_of, parse_xml

GAP = "\ue000{}\ue001"
"""Stands in a text where an interaction does; private characters, so that no author's text can hold it."""

GAPS = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")
_HTML_NAMES = re.compile(r"(data|aria)-|class$|id$|style$")


def read_tree(data: bytes, file: str) -> Element:
    """Parse a document and give it the names of QTI 2; raises Unreadable."""
    root = parse_xml(data, file)
    for element in root.iter():
        name = name_of(element)
        if name.startswith("qti-"):
            element.tag = camel(name[4:])
            _rename_attributes(element)
        elif name:
            element.tag = name
    return root


def _rename_attributes(element: Element) -> None:
    for name, value in list(element.attrib.items()):
        plain = str(name)
        if "-" in plain and not plain.startswith("{") and not _HTML_NAMES.match(plain):
            del element.attrib[name]
            element.set(camel(plain), value)


def camel(name: str) -> str:
    """Write a name of QTI 3 as QTI 2 does: `choice-interaction` is `choiceInteraction`."""
    first, *others = name.split("-")
    return first + "".join(other[:1].upper() + other[1:] for other in others)


def kebab(name: str) -> str:
    """Write a name of QTI 2 as QTI 3 does."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f"-{match[1].lower()}", name)


def inner_html(element: Element, gaps: Iterable[Element] = (), skip: Iterable[str] = ()) -> str:
    """Write what is inside an element as HTML; the elements in `gaps` by their place, those named in `skip` not."""
    numbers = {gap: number for number, gap in enumerate(gaps)}
    return "".join(_html(element, numbers, frozenset(skip)))


def _html(element: Element, gaps: dict[Element, int], skip: frozenset[str]) -> Iterator[str]:
    yield _plain(element.text)
    for child in element:
        name = name_of(child)
        if child in gaps:
            yield GAP.format(gaps[child])
        elif name and name not in skip:
            shown = "".join(f' {key}="{escape(value)}"' for key, value in _shown(child))
            tag = name if name.lower() in TAGS else "span"
            yield f"<{tag}{shown}>"
            if tag not in _VOID:
                yield from _html(child, gaps, skip)
                yield f"</{tag}>"
        yield _plain(child.tail)


def _plain(text: str | None) -> str:
    return escape(_PRIVATE.sub("", text), quote=False) if text else ""


def _shown(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        plain = str(name).rpartition("}")[2]
        if re.fullmatch(r"[A-Za-z][\w-]*", plain):
            yield ("src" if plain == "data" and name_of(element) == "object" else plain), str(value)


_VOID = frozenset(
    "br hr img input col area source track wbr".split()  # noqa: SIM905
)


def find_all(element: Element, *names: str) -> Iterator[Element]:
    """Give the elements of these names inside, in the order of the document."""
    return (each for each in element.iter(*names) if each is not element)


def first(element: Element | None, *names: str) -> Element | None:
    """Give the first element of one of these names inside, or None."""
    return None if element is None else next(find_all(element, *names), None)


def flag(element: Element, name: str, *, otherwise: bool = False) -> bool:
    """Read a truth value from an attribute."""
    said = element.get(name)
    return otherwise if said is None else said.strip().lower() in ("true", "1")


def whole(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number; another where it is none."""
    try:
        return int(str(text).strip()[:12])
    except ValueError:
        return otherwise


def label_of(element: Element, name: str) -> str:
    """Give the words an author put to a place or a picture: its label, its text, the text instead of its picture."""
    shown = first(element, "object", "img")
    alt = "" if shown is None else shown.get("alt") or all_text(shown)
    own = all_text(element) if name_of(element) == "gapText" else ""
    return " ".join((element.get(name) or element.get("label") or own or alt).split())
