"""What somebody might do to a certificate or to a status list, and what must be said of it: by us and by the page."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from unicodedata import normalize

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject

from tests.documents.certificates import (
    ANN,
    BASE,
    KEYS,
    NEW,
    NEW_PUBLIC,
    NOW,
    OLD,
    OLD_PUBLIC,
    PLACE,
    Made,
    list_of,
    made,
)
from training.documents import proofs, status_list
from training.documents.canonical import jcs
from training.documents.certificate import certificate_pdf
from training.documents.checking import NotAList, check_file
from training.documents.key_history import Entry, first, successor
from training.documents.multibase import encode
from training.documents.proofs import NotProven, public_of
from training.documents.sealing import attach, open_sealed

FALSE, NO_LIST, STRANGE = "not genuine", "a list cannot be used", "of another issuer"
FORGER = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))


@dataclass(frozen=True)
class Case:
    """A file, the key trusted and the lists given, and what must be said: a state, or one of the words above."""

    name: str
    data: bytes
    said: str
    lists: Sequence[bytes] = ()
    trusted: str = NEW_PUBLIC


def verdict(case: Case) -> str:
    """Say what our own check makes of a case; anything else than the three kinds of failure is a crash."""
    try:
        found = check_file(case.data, trusted={case.trusted}, now=NOW, lists=case.lists)
    except NotAList:
        return NO_LIST
    except NotProven:
        return FALSE
    return found.state.value if found.trusted else STRANGE


def cases(anns: Made) -> list[Case]:
    """List all of them."""
    return [*_of_json(anns), *_of_proofs(anns), *_of_pdf(anns), *_of_lists(anns)]


def _of_json(anns: Made) -> Iterator[Case]:
    signed, data = anns.signed, anns.json
    yield Case("members in another order", json.dumps(_turned(signed), ensure_ascii=False).encode(), "valid")
    yield Case("other spaces", b"\n " + json.dumps(signed, indent=3).encode() + b"\n", "valid")
    yield Case("letters written as escapes", json.dumps(signed, ensure_ascii=True).encode(), "valid")
    yield Case("a name twice, alike", data[:-1] + b',"name":' + json.dumps(signed["name"]).encode() + b"}", FALSE)
    yield Case("a name twice, the first a lie", b'{"validUntil":"2099-01-01T00:00:00Z",' + data[1:], FALSE)
    yield Case("a name twice, once as an escape", b'{"n\\u0061me":"Bo",' + data[1:], FALSE)
    yield Case(
        "a name twice, deep inside", data.replace(b'"certificate":{', b'"certificate":{"learner":"Bo",', 1), FALSE
    )
    yield Case("letters and accents apart", normalize("NFD", data.decode()).encode(), FALSE)
    yield Case("a space in a name", data.replace(b"contact hour", b"contact  hour"), FALSE)
    yield Case("a sign nobody sees", data.replace(b"1 contact hour", b"1 contact\xe2\x80\x8b hour"), FALSE)
    yield Case("a mark of the order of bytes", b"\xef\xbb\xbf" + data, FALSE)
    yield Case("more behind its end", data + b"{}", FALSE)
    yield Case("a nought behind its end", data + b"\0", FALSE)
    yield Case("another coding", data.decode().encode("utf-16"), FALSE)
    yield Case("a member more", data[:-1] + b',"remark":""}', FALSE)
    yield Case("a prototype", b'{"__proto__":{"a":1},' + data[1:], FALSE)
    moved = {**signed, "credentialStatus": [
        {**each, "statusListCredential": "https://forger.example/status"} for each in signed["credentialStatus"]
    ]}  # fmt: skip
    yield Case("another address of the lists", jcs(moved), FALSE)
    yield Case("no status", jcs({name: value for name, value in signed.items() if name != "credentialStatus"}), FALSE)


def _of_proofs(anns: Made) -> Iterator[Case]:
    plain = {name: value for name, value in anns.signed.items() if name != "proof"}
    of_old, of_forger = (proofs.with_proofs(plain, key, "2026-03-02T09:00:00Z")["proof"] for key in (OLD, FORGER))
    yield Case("proofs by the key before", jcs({**plain, "proof": of_old}), FALSE)
    yield Case("proofs by a forger", jcs({**plain, "proof": of_forger}), FALSE)
    yield Case("one proof of each", jcs({**plain, "proof": [anns.signed["proof"][0], of_old[1]]}), FALSE)
    yield Case("proofs the other way round", jcs({**plain, "proof": anns.signed["proof"][::-1]}), FALSE)
    yield Case("one proof", jcs({**plain, "proof": anns.signed["proof"][1:]}), FALSE)
    yield Case("a forger's own", made(key=FORGER, keys=(first(FORGER, "2026-01-01T00:00:00Z"),)).json, STRANGE)
    yield Case("a forger before a true key", made(key=FORGER, keys=_behind()).json, FALSE)
    beyond = successor(FORGER, FORGER, "2026-02-01T00:00:00Z")
    yield Case(
        "a forger behind one", made(key=FORGER, keys=(*KEYS, replace(beyond, endorsed_by=NEW_PUBLIC))).json, FALSE
    )


def _of_pdf(anns: Made) -> Iterator[Case]:
    data, verify_at = anns.pdfs["a4"], anns.signed["certificate"]["verifyAt"]
    yield Case("as issued", data, "valid")
    for name, extra in (("a line", b"\n"), ("a nought", b"\0"), ("words", b"\n% seen"), ("an end", b"\n%%EOF")):
        yield Case(f"{name} behind the PDF's end", data + extra, FALSE)
    yield Case("something before the PDF", b"\n" + data, FALSE)
    yield Case("an update that draws over it", _updated(data), FALSE)
    yield Case("a note upon it", _noted(data), FALSE)
    yield Case("a layer that can be hidden", _layered(data), FALSE)
    yield Case(
        "a layer, its table written anew", _in_place(data, b"/Type/Catalog", b"/OCProperties<<>>/Type/Catalog"), FALSE
    )
    yield Case("another title", _in_place(data, b"/Title", b"/Titel"), FALSE)
    yield Case("another producer, written anew", _in_place(data, b"/Creator(", b"/Creator(Not "), FALSE)
    elsewhere = certificate_pdf(ANN, paper="a4", verify_at=f"{BASE}/verify/ELSEWHERE", attached=anns.json)
    yield Case("a QR code that leads elsewhere", elsewhere, FALSE)
    bos = made(replace(ANN, name="Bo Forger"))
    yield Case("another's credential", certificate_pdf(ANN, paper="a4", verify_at=verify_at, attached=bos.json), FALSE)
    spaced = certificate_pdf(ANN, paper="a4", verify_at=verify_at, attached=json.dumps(anns.signed).encode())
    yield Case("its credential with other spaces", spaced, FALSE)
    yield Case("no credential", certificate_pdf(ANN, paper="a4", verify_at=verify_at), FALSE)
    yield Case("the other paper's drawing", data.replace(b"/MediaBox[0 0 595", b"/MediaBox[0 0 612", 1), FALSE)


def _of_lists(anns: Made) -> Iterator[Case]:
    data, revoked, clean = anns.json, list_of("revocation", PLACE), list_of("revocation")
    long_ago = made(key=OLD, keys=KEYS[:1]).json
    yield Case("revoked", data, "revoked", [revoked])
    yield Case("suspended", data, "suspended", [list_of("suspension", PLACE), clean])
    yield Case("a later list lifts it", data, "valid", [_list(at="2026-03-03T09:00:00Z"), revoked])
    yield Case("an earlier list lifts nothing", data, "revoked", [revoked, _list(at="2026-03-01T09:00:00Z")])
    yield Case("a list whose bits were changed", data, NO_LIST, [_changed(revoked)])
    yield Case("a list of the other purpose", data, NO_LIST, [revoked.replace(b'"revocation"', b'"suspension"')])
    yield Case("a forger's list", data, "revoked", [revoked, _list(FORGER, [first(FORGER, "2026-01-01T00:00:00Z")])])
    yield Case("a forger's list with true keys behind", data, NO_LIST, [revoked, _list(FORGER, _behind())])
    yield Case("a list by a key replaced by then", data, NO_LIST, [_list(OLD, KEYS[:1], at="2026-03-03T09:00:00Z")])
    yield Case("a list with a moment of no kind", data, NO_LIST, [_list(at="9999")])
    yield Case("a list with nothing in it", data, NO_LIST, [_list(encoded="")])
    yield Case("no list", data, NO_LIST, [b"{}"])
    yield Case("an old certificate without a list", long_ago, STRANGE)
    yield Case("an old certificate with today's list", long_ago, "valid", [clean])
    yield Case("an old one, revoked by today's list", long_ago, "revoked", [revoked])
    yield Case("an old one, with a list of then", long_ago, STRANGE, [_list(OLD, KEYS[:1], at="2025-06-01T09:00:00Z")])
    yield Case("a new one for whoever knew the old key", data, "valid", trusted=OLD_PUBLIC)


def _behind() -> tuple[Entry, ...]:
    """A history that begins with the forger: he vouches for the true first key, which he can."""
    claim = Entry(OLD_PUBLIC, KEYS[0].since, public_of(FORGER))
    claim = replace(claim, endorsement=encode(FORGER.sign(claim.claim)))
    return (first(FORGER, "2024-01-01T00:00:00Z"), claim, KEYS[1])


def _list(
    key: Ed25519PrivateKey = NEW, keys: Sequence[Entry] = KEYS, *, at: str = "2026-03-03T09:00:00Z",
    encoded: str | None = None,
) -> bytes:  # fmt: skip
    plain = status_list.status_list("revocation", base_url=BASE, keys=keys, set_bits=(), at=at)
    plain["issuer"] = proofs.did_of(public_of(key))
    if encoded is not None:
        plain["credentialSubject"]["encodedList"] = encoded
    return jcs(proofs.with_proofs(plain, key, "2026-03-03T09:00:00Z"))


def _changed(data: bytes) -> bytes:
    found = json.loads(data)
    found["credentialSubject"]["encodedList"] = status_list.encoded(())
    return jcs(found)


def _turned(value: Any) -> Any:
    """The same JSON with its members the other way round."""
    if isinstance(value, dict):
        return {name: _turned(value[name]) for name in reversed(value)}
    return [_turned(each) for each in value] if isinstance(value, list) else value


def _updated(data: bytes) -> bytes:
    """An incremental update, as editors save one: what was there stays, and another drawing lies above it."""
    writer = PdfWriter(BytesIO(data), incremental=True)
    writer.pages[0].merge_page(_drawn())
    return _written(writer)


def _noted(data: bytes) -> bytes:
    writer = PdfWriter(BytesIO(data), incremental=True)
    writer.add_annotation(0, FreeText(text="Bo Forger", rect=(100, 500, 400, 600)))
    return _written(writer)


def _layered(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.root_object[NameObject("/OCProperties")] = writer.root_object.get_object()["/Pages"]
    return _written(writer)


def _drawn() -> Any:
    return PdfReader(BytesIO(certificate_pdf(replace(ANN, name="Bo"), paper="a4", verify_at=BASE))).pages[0]


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _in_place(data: bytes, before: bytes, after: bytes) -> bytes:
    """Change an object and write the table of places anew, as the product would: only the seal can tell."""
    assert before in data
    credential = open_sealed(data).attached
    return attach(data.replace(before, after, 1), credential)
