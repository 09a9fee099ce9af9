"""Foreign text as the plain words our items hold: HTML and Markdown read safely, and what does not arrive is listed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from html import unescape
from typing import Any

from markdown_it import MarkdownIt

from training.formats.angles import only_tags
from training.formats.base import Picture
from training.formats.formulas import lay_formulas_out
from training.formats.imagery import NotAPicture, picture_of


class Markup(StrEnum):
    """How a piece of text is written. AUTO is plain text in which HTML may stand, its line ends meant."""

    PLAIN = "plain"
    HTML = "html"
    MARKDOWN = "markdown"
    AUTO = "moodle"


@dataclass(slots=True)
class Plain:
    """The words, the pictures among them with their alternatives, and what is lost or was unsafe."""

    text: str
    pictures: list[tuple[Picture, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)


UNDESCRIBED = "Picture without a description."
_TAG = re.compile(r"<[a-zA-Z/!?]|&#?\w{1,31};")
_MARKS = re.compile(r"[*_`\[\]<>&\\#~|$]|^\s*(?:[-+>]|\d{1,9}[.)])\s|^\s*(?:=+|-+)\s*$|^ {4}|^\t", re.MULTILINE)
_MATH = re.compile(r"\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,500}\$|\\\([^\n]{1,500}?\\\)|\\\[[^\n]{1,500}?\\\]")
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav",
        "ol", "p", "pre", "prompt", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_UNSAFE = frozenset(
    ("applet", "base", "embed", "iframe", "link", "meta", "noscript", "object", "script", "style", "template")
)
_MEDIA = frozenset(("area", "audio", "canvas", "map", "source", "svg", "track", "video"))
_EMPHASIS = {"b": "bold", "strong": "bold", "i": "italics", "em": "italics", "u": "underlining", "s": "strike-through",
             "del": "strike-through", "strike": "strike-through", "mark": "highlighting"}  # fmt: skip
_LOWER = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_UPPER = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")


def plain_text(source: str, markup: Markup, media: Mapping[str, bytes] | None = None) -> Plain:
    """Read text as plain words. `media` are files that came with it, by the name the text calls them."""
    if markup is Markup.PLAIN:
        return Plain(clean(source))
    if markup is Markup.MARKDOWN:
        return _of_markdown(source, media or {}) if _MARKS.search(source) else Plain(tidy(source))
    if not _TAG.search(source):
        return Plain(tidy(source if markup is Markup.AUTO else " ".join(source.split())))
    return _of_html(source.replace("\n", "<br>") if _keeps_lines(source, markup) else source, media or {})


def _keeps_lines(source: str, markup: Markup) -> bool:
    return markup is Markup.AUTO and not re.search(r"<(?:p|br|div|ul|ol|table)\b", source, re.IGNORECASE)


def _of_markdown(source: str, media: Mapping[str, bytes]) -> Plain:
    """Read Markdown; formulas between dollars are kept as they are written."""
    formulas: list[str] = []

    def aside(match: re.Match[str]) -> str:
        formulas.append(match[0])
        return f"\ue000{len(formulas) - 1}\ue001"

    read = _of_html(_markdown().render(_MATH.sub(aside, clean(source).replace("\ue000", ""))), media)
    read.text = re.sub("\ue000(\\d+)\ue001", lambda match: formulas[int(match[1])], read.text)
    return read


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 30}).enable(["table", "strikethrough"])


def clean(text: str) -> str:
    """Strip what stands around a text, and take out characters that YAML cannot hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.isprintable():
        plain = "".join(char for char in plain if char in "\n\t" or (ord(char) >= 32 and not _forbidden(char)))  # noqa: PLR2004
    return plain.strip()


def tidy(text: str) -> str:
    """Clean a text, and have no spaces in a row, none at the ends of lines, and no two empty lines."""
    lines = (" ".join(line.split()) for line in clean(text.replace("\u2028", "\n")).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _forbidden(char: str) -> bool:
    """Say whether YAML cannot hold the character: surrogates, deletes, non-characters."""
    code = ord(char)
    return 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0xFEFF, 0xFFFE, 0xFFFF, 0x200B)  # noqa: PLR2004


def _of_html(source: str, media: Mapping[str, bytes]) -> Plain:
    from lxml import etree  # noqa: PLC0415 - slow to import, and plain text needs none of it

    safe = only_tags(source).encode("utf-8", "replace").replace(b"\0", b"")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(b"<div>" + safe + b"</div>", parser)
    except etree.LxmlError:
        root = None
    # What stands deeper than the parser goes is dropped by it without an error.
    if root is None or any(each.type_name == "ERR_RESOURCE_LIMIT" for each in parser.error_log):
        return Plain(_stripped(source), lost=["HTML that cannot be read"])
    return _Reading(media).read(root)


def _stripped(source: str) -> str:
    bare = re.sub(r"<(script|style)\b.*?(?:</\1\s*>|$)", " ", source, flags=re.DOTALL | re.IGNORECASE)
    return tidy(unescape(re.sub(r"<[^<>]*>", " ", bare)))


class _Reading:
    """One walk over an HTML tree, without recursion so that no nesting is too deep."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self.media = media
        self.out: list[str] = []
        self.found = Plain("")
        self.kept = 0
        """How many elements around a place keep their lines as they are written."""

    def read(self, root: Any) -> Plain:
        if lay_formulas_out(root):
            self.found.lost.append("the layout of a formula")
        for step in _steps(root):
            if isinstance(step, str):
                self.out.append(self._lines(step) if self.kept else re.sub(r"[ \t\r\n\f]+", " ", step))
            else:
                self._mark(*step)
        self.found.text = tidy("".join(self.out))
        self.found.lost = list(dict.fromkeys(self.found.lost))
        self.found.unsafe = list(dict.fromkeys(self.found.unsafe))
        return self.found

    def _lines(self, text: str) -> str:
        if re.search(r"\n[ \t]+\S", text):
            self.found.lost.append("how far lines of code are set in")
        return text

    def _mark(self, element: Any, opening: bool) -> None:  # noqa: FBT001 - a walk goes in and out
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if opening and any(name.lower().startswith("on") for name in element.attrib):
            self.found.unsafe.append(f"a script on <{tag}>")
        self.kept += (tag == "pre") * (1 if opening else -1)
        if tag in _UNSAFE:
            self._unsafe(tag, opening)
        elif tag in _BLOCKS:
            self.out.append("\n\n" if tag in ("p", "pre", "blockquote") else "\n")
        elif opening:
            self._open(tag, element)
        elif tag in ("td", "th"):
            self.out.append(" | " if element.getnext() is not None else "")
        elif tag == "a" and (link := _link(element)):
            self.out.append(f" ({link})")
        if opening and tag == "table":
            self.found.lost.append("the layout of a table")

    def _unsafe(self, tag: str, opening: bool) -> None:  # noqa: FBT001
        if opening and tag not in ("style", "noscript", "template", "meta", "link"):
            self.found.unsafe.append(f"<{tag}>")
        elif opening:
            self.found.lost.append(f"<{tag}>")

    def _open(self, tag: str, element: Any) -> None:
        if tag == "br":
            self.out.append("\n")
        elif tag == "li":
            self.out.append(f"\n{_mark_of(element)} ")
        elif tag == "img":
            self._picture(element)
        elif tag in _EMPHASIS:
            self.found.lost.append(_EMPHASIS[tag])
        elif tag in _MEDIA:
            self.found.lost.append(f"<{tag}>")
        elif tag in ("sub", "sup"):
            _raise_text(element, tag)

    def _picture(self, element: Any) -> None:
        if formula := _formula(element):
            self.out.append(formula)
            return
        source, alt = element.get("src") or "", tidy(element.get("alt") or "")
        try:
            self.found.pictures.append((picture_of(source, self.media), alt or UNDESCRIBED))
        except NotAPicture as why:
            self.found.lost.append(str(why))
            self.out.append(f" {alt} ")


def _formula(image: Any) -> str:
    """Give the formula that an image of Canvas stands for, as it was written."""
    written = image.get("data-equation-content")
    if written is None and "equation_image" in (image.get("class") or "").split():
        written = re.sub(r"^latex:\s*", "", image.get("title") or image.get("alt") or "", flags=re.IGNORECASE)
    return rf"\({' '.join(written.split())}\)" if written and written.strip() else ""


def _mark_of(item: Any) -> str:
    """Give the mark of a list's entry: options may speak of it by its number or letter."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "-"
    start = above.get("start") or ""
    place = (int(start) if re.fullmatch(r"\d{1,4}", start) else 1) + sum(
        1 for _ in item.itersiblings("li", preceding=True)
    )
    letter = {"a": "a", "A": "A"}.get(above.get("type") or "")
    return f"{chr(ord(letter) + place - 1)}." if letter and 1 <= place <= 26 else f"{place}."  # noqa: PLR2004


def _raise_text(element: Any, tag: str) -> None:
    """Write a sub- or superscript with the characters there are for it, else with `_` or `^`."""
    text = clean("".join(element.itertext()))
    raised = text.translate(_LOWER if tag == "sub" else _UPPER)
    known = all(new != old or old.isspace() for new, old in zip(raised, text, strict=True))
    for child in list(element):
        element.remove(child)
    element.text = raised if known else f"{'_' if tag == 'sub' else '^'}{text}"


def _link(element: Any) -> str:
    address = (element.get("href") or "").strip()
    shown = "".join(element.itertext()).strip()
    return address if address.startswith(("http://", "https://")) and address != shown else ""


def _steps(root: Any) -> Iterator[str | tuple[Any, bool]]:
    """Walk a tree in reading order: text, and each element when it opens and closes; nothing inside unsafe ones."""
    todo: list[Any] = [(root, True)]
    while todo:
        step = todo.pop()
        yield step
        if isinstance(step, str) or not step[1]:
            continue
        element = step[0]
        hidden = not isinstance(element.tag, str) or element.tag.lower() in _UNSAFE | {"svg", "head"}
        todo.append((element, False))
        for child in reversed([] if hidden else list(element)):
            if child.tail:
                todo.append(child.tail)
            todo.append((child, True))
        if element.text and not hidden:
            todo.append(element.text)
