"""A piece of text in Moodle XML: its markup, and the files that came with it."""

import re
from base64 import b64decode
from binascii import Error
from dataclasses import dataclass, field
from typing import ClassVar

from lxml import etree

from training.formats.foreign_xml import Element, all_text, name_of
from training.formats.markup import Markup, plain_text, tidy
from training.formats.sketch import Sketch

LONGEST_SOURCE = 20_000
_FORMATS = {
    "html": Markup.HTML, "1": Markup.HTML, "plain_text": Markup.PLAIN, "plain": Markup.PLAIN, "2": Markup.PLAIN,
    "markdown": Markup.MARKDOWN, "4": Markup.MARKDOWN, "moodle_auto_format": Markup.AUTO, "0": Markup.AUTO,
    "auto_format": Markup.AUTO, "moodle": Markup.AUTO,
}  # fmt: skip
_LONG = re.compile(r"(<(?:file|image_base64)\b[^>]{0,400}>)[^<]{60,}")
_DATA = re.compile(r"(base64,)[A-Za-z0-9+/=\s]{60,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as the file has it."""

    HTML: ClassVar[Markup] = Markup.HTML

    raw: str
    markup: Markup = Markup.HTML
    media: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, parent: Element, name: str) -> "Piece":
        """Give the piece inside a child of that name; empty where there is none."""
        child = parent.find(name)
        return cls("") if child is None else cls.at(child)

    @classmethod
    def at(cls, element: Element) -> "Piece":
        """Give the piece an element holds, in its <text> or bare."""
        inner = element.find("text")
        raw = _inner(element if inner is None else inner)
        written = (element.get("format") or "html").strip().lower()
        return cls(raw, _FORMATS.get(written, Markup.HTML), dict(_files(element)))

    def told(self, sketch: Sketch, where: str) -> str:
        """Give the words, the sketch noting pictures and what is lost."""
        sketch.media = self.media
        return sketch.text(self.raw, self.markup, where)

    def plain(self, sketch: Sketch, where: str) -> str:
        """Give the words of a piece that is plain text by its nature, such as a name."""
        sketch.media = {}
        return sketch.text(self.raw, Markup.PLAIN, where) if "<" not in self.raw else self.words()

    def typed(self) -> str:
        """Give what a learner has to type: plain text, unless it is said to be HTML."""
        return self.words() if self.markup is Markup.HTML else tidy(self.raw)

    def words(self) -> str:
        """Give the words alone."""
        return plain_text(self.raw, self.markup, self.media).text


def text_of(sketch: Sketch, parent: Element, name: str, where: str) -> str:
    """Give the words inside a child, the sketch noting pictures and what is lost."""
    return Piece.of(parent, name).told(sketch, where)


def _inner(element: Element) -> str:
    """Give an element's text; markup that was not escaped counts as markup."""
    children = [child for child in element if name_of(child) != "file"]
    if not children:
        return element.text or ""
    written = "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in children)
    return (element.text or "") + written


def _files(element: Element) -> list[tuple[str, bytes]]:
    found = []
    for file in element.iterfind("file"):
        data = file_data(file)
        if data is not None:
            path = (file.get("path") or "/").strip("/")
            found.append((f"{path}/{file.get('name')}" if path else file.get("name") or "", data))
    return found


def file_data(file: Element) -> bytes | None:
    """Decode a file that came along; None where it is damaged or encoded in another way."""
    if (file.get("encoding") or "base64").lower() != "base64":
        return None
    try:
        return b64decode(re.sub(r"\s+", "", all_text(file)), validate=True)
    except (Error, ValueError):
        return None


def source_of(element: Element) -> str:
    """Give the piece of the file a question was read from, long data left out."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    return _DATA.sub(r"\1…", _LONG.sub(r"\1…", written))[:LONGEST_SOURCE]
