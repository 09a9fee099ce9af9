"""XML from anywhere: no document type reaches the parser, so no entity is expanded and nothing is fetched."""

import codecs
import re
from html.entities import html5

from lxml import etree

from training.formats.unreadable import Unreadable

Element = etree._Element  # noqa: SLF001 - lxml's name for what it gives
MOST_BYTES = 100_000_000
MOST_DEPTH = 120
MOST_ELEMENTS = 2_000_000
MOST_ATTRIBUTES = 200

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_KNOWN = re.compile(
    r"(utf-?(8|16)|u[tc]s-?[24]|unicode|iso-?8859|windows-?\d|cp\d|(us-)?ascii|latin|shift|sjis|gb|big5|euc|koi8|mac)",
    re.IGNORECASE,
)
_PROLOG = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[<>"']|"[^"]*"|'[^']*')*+
        (?:\[(?:<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[^\]"'<]|<)*+\])?+\s*>""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!#\d|#x[0-9A-Fa-f]|[A-Za-z][A-Za-z0-9._-]*;)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_xml(data: bytes, file: str = "") -> etree._Element:
    """Parse a foreign document; raises Unreadable where it is malformed, too large or in the wrong encoding."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Please split it.", file=file)
    return _measured(_parsed(_prepared(decoded(data, file)), file), file)


def decoded(data: bytes, file: str = "") -> str:
    """Decode by the byte order mark, or by what the document declares, or as UTF-8."""
    encoding = _encoding(data)
    if not _KNOWN.match(encoding):
        raise Unreadable(f"The encoding '{encoding}' is not known. Please save the file as UTF-8.", file=file)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"The file is said to be {encoding}, but has bytes that are not. Please save it as UTF-8.",
            file=file, line=line,
        ) from None  # fmt: skip
    except LookupError:
        raise Unreadable(f"The encoding '{encoding}' is not known. Please save it as UTF-8.", file=file) from None
    return text.removeprefix("\ufeff")


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data[:4] in (b"<\0?\0", b"\0<\0?"):
        return "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    declared = _DECLARED.search(data[:300])
    name = declared[1].decode("ascii") if declared else "utf-8"
    # A document that could be searched for its declaration is not in UTF-16, whatever it declares.
    return "utf-8" if re.match(r"(utf-?16|ucs|unicode)", name, re.IGNORECASE) else name


def _prepared(text: str) -> str:
    """Take the declaration and document type off, keeping line numbers, and put characters for HTML's named ones."""
    declaration = _DECLARATION.match(text)
    if declaration:
        text = _only_lines(declaration[0]) + text[declaration.end() :]
    text = _without_doctype(text)
    if _UNPRINTED.search(text):
        text = _UNPRINTED.sub("", text)
    parts = _CDATA.split(text)
    parts[::2] = [_BARE.sub("&amp;", _NAMED.sub(_character, part)) for part in parts[::2]]
    return "".join(parts)


def _without_doctype(text: str) -> str:
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    doctype = _DOCTYPE.match(text, start)
    return text[:start] + _only_lines(doctype[0]) + text[doctype.end() :] if doctype else text


def _only_lines(text: str) -> str:
    return "\n" * text.count("\n")


def _character(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in _OWN or f"{name};" not in html5 else html5[f"{name};"].replace("<", "&lt;")


def _parsed(text: str, file: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position or (1, 1)
        raise Unreadable(_worded(error), file=file, line=max(1, line), column=max(1, column)) from None
    except ValueError:
        raise Unreadable("This is not XML.", file=file) from None


def _worded(error: etree.XMLSyntaxError) -> str:
    said = (error.msg or "it is malformed").split(", line ")[0]
    entity = re.search(r"Entity '([^']{1,60})' not defined", said)
    if entity:
        return f"The file uses the entity '{entity[1]}', which is its own or unknown. Entities are not expanded."
    return f"The XML cannot be read: {said}."


def _measured(root: etree._Element, file: str) -> etree._Element:
    """Refuse what is nested too deeply or has too many parts; later walks may then recurse."""
    depth = elements = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MOST_DEPTH:
            message = f"Elements are nested more than {MOST_DEPTH} deep."
            raise Unreadable(message, file=file, line=element.sourceline or 1)
        if elements > MOST_ELEMENTS or len(element.attrib) > MOST_ATTRIBUTES:
            raise Unreadable("The file has too many elements or attributes.", file=file, line=element.sourceline or 1)
    return root


def name_of(element: etree._Element) -> str:
    """Give an element's name without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int:
    """Give the line an element starts on."""
    return int(element.sourceline or 1)


def all_text(element: etree._Element | None) -> str:
    """Give the text of an element and all within it."""
    return "" if element is None else "".join(element.itertext())
