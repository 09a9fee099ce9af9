"""The seal of a certificate's PDF: a digest of all of it but the credential attached, which carries the seal.

A PDF is taken only as the product writes it: numbered objects one after the other, a table of their places, a trailer.
Nothing can be hidden behind another table, in an update or in a gap, since there is no room for any. The credential
stands in it as plain text, so that there is one way only to write it.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from training.documents.proofs import NotProven

PLACEHOLDER = b"{}"
LARGEST = 8 * 2**20
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_END = b"\nendobj\n"
_ATTACHED = re.compile(
    rb"<</Length (\d+)/Type/EmbeddedFile/Subtype/application#2Fld\+json"
    rb"/Params<</Size (\d+)/ModDate\(D:\d{14}Z\)>>>>\nstream\n"
)
_TABLE = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [fn]\r\n)+)")
_TRAILER = re.compile(
    rb"trailer\n(<</Size \d+/Root \d+ 0 R/Info \d+ 0 R/ID\[\([\w+/=]{24}\)\([\w+/=]{24}\)\]>>)\n"
    rb"startxref\n(\d+)\n%%EOF"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF taken apart: the credential attached, as bytes, and the seal of all the rest."""

    attached: bytes
    seal: str


def open_sealed(data: bytes) -> Opened:
    """Take a certificate's PDF apart. Raises NotProven where it is not written as the product writes it."""
    start = data.rfind(b"xref\n0 ", 0, max(0, data.rfind(b"startxref")))
    if len(data) > LARGEST or start < 0:
        raise NotProven("it is no certificate's PDF")
    trailer = _checked_table(data, start)
    head, end = _attachment(data, start)
    before = data[: head.start()] + _head(head, 0)
    return Opened(data[head.end() : end], sha256(b"|".join((before, data[end:start], trailer))).hexdigest())


def attach(data: bytes, attached: bytes) -> bytes:
    """Put the credential into the place that was kept for it, and write the table of places anew."""
    start = data.rfind(b"xref\n0 ")
    head, end = _attachment(data, start)
    body = data[: head.start()] + _head(head, len(attached)) + attached + data[end:start]
    trailer = _TRAILER.search(data, start)
    if trailer is None:
        raise NotProven("it is no PDF as typst writes it")
    table = _table(_places(body, len(body)))
    return b"%s%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (body, table, trailer[1], len(body))


def _attachment(data: bytes, stop: int) -> tuple[re.Match[bytes], int]:
    """Find the one attachment: the head of its object, and where its content ends."""
    found = list(_ATTACHED.finditer(data, 0, stop))
    if len(found) != 1:
        raise NotProven("it carries no signed credential, or more than one")
    length = int(found[0][1])
    end = found[0].end() + length
    if int(found[0][2]) != length or _head(found[0], length) != found[0][0]:
        raise NotProven("its attachment is not as long as it says")
    return found[0], end


def _head(head: re.Match[bytes], length: int) -> bytes:
    """Write the head of the attachment's object as if its content had some other length."""
    start = head.start()
    text = head[0]
    for group in (2, 1):
        text = text[: head.start(group) - start] + b"%d" % length + text[head.end(group) - start :]
    return text


def _checked_table(data: bytes, start: int) -> bytes:
    table = _TABLE.match(data, start)
    trailer = _TRAILER.fullmatch(data, table.end()) if table else None
    if table is None or trailer is None or trailer[2] != b"%d" % start:
        raise NotProven("its table of objects is not where it says")
    if table[0] != _table(_places(data, start)):
        raise NotProven("its table of objects is not that of its objects")
    return trailer[1]


def _table(places: list[int]) -> bytes:
    rows = b"".join(b"%010d 00000 n\r\n" % place for place in places)
    return b"xref\n0 %d\n0000000000 65535 f\r\n%s" % (len(places) + 1, rows)


def _places(data: bytes, stop: int) -> list[int]:
    """Give where each object begins; they must follow one another, numbered from 1, with nothing between them."""
    places: list[int] = []
    at = data.find(b"1 0 obj\n")
    while at < stop:
        head = _OBJECT.match(data, at)
        if head is None or head[1] != b"%d" % (len(places) + 1):
            raise NotProven("it holds something between its objects")
        places.append(at)
        at = _end_of_object(data, head.end(), stop)
    return places


def _end_of_object(data: bytes, at: int, stop: int) -> int:
    """Find the end by the length a stream says it has, since its bytes may look like anything."""
    end = data.find(_END, at, stop)
    stream = data.find(b">>\nstream\n", at, stop)
    if 0 <= stream < end:
        said = re.search(rb"/Length (\d+)", data[at:stream])
        over = stream + len(b">>\nstream\n") + (int(said[1]) if said else 0)
        if data[over : over + len(b"\nendstream")] != b"\nendstream":
            raise NotProven("a part of it is not as long as it says")
        end = over + len(b"\nendstream")
    if end < 0 or data[end : end + len(_END)] != _END:
        raise NotProven("an object of it has no end")
    return end + len(_END)
