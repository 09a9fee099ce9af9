"""A certificate proves itself with no network, and nothing of it can be changed."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.documents.certificates import ANN, KEYS, NEW, NEW_PUBLIC, NOW, OLD, OLD_PUBLIC, PLACE, Made, list_of, made
from tests.documents.tampered import cases, verdict
from training.core.credential import State
from training.documents import proofs
from training.documents.canonical import NotCanonical, jcs
from training.documents.certificate import PAPERS, certificate_pdf, visible
from training.documents.checking import check_file, shown_text, shows
from training.documents.key_history import first, successor
from training.documents.proofs import NotProven
from training.documents.sealing import open_sealed

FLIPS_OF_JSON, FLIPS_OF_PDF = 4_000, 4_000


@pytest.fixture(scope="module")
def anns() -> Made:
    return made()


def files(made_one: Made) -> list[bytes]:
    return [made_one.json, *made_one.pdfs.values()]


def test_json_and_both_papers_prove_themselves(anns: Made) -> None:
    for data in files(anns):
        checked = check_file(data, trusted={NEW_PUBLIC}, now=NOW)

        assert checked.good
        assert checked.credential.name == ANN.name
        assert checked.credential.number == ANN.number


@pytest.mark.parametrize(
    "name", ["Ольга Шевченко", "Ελένη Παπαδοπούλου", "רות כהן", "Dr. רות כהן", "فاطمة الزهراء بنت محمد", "فَاطِمَة", "Zoe\u0308 Ma\u030cra"]
)  # fmt: skip
def test_a_name_in_any_script_that_is_shown_proves_itself(name: str) -> None:
    """A PDF tells a line from right to left with its last word first."""
    for data in made(replace(ANN, name=name)).pdfs.values():
        assert check_file(data, trusted={NEW_PUBLIC}, now=NOW).credential.name == name


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        ("प्रिया शर्मा", "प्रिप्रियाया शर्मायार्मा"),
        ("สมชาย ใจดี", "สมชาย ใจดีดี"),
        ("பிரியா", "பிபிரிபியாயா"),
    ],
)
def test_clusters_that_a_pdf_tells_twice_are_found(signed: str, told: str) -> None:
    """As pypdf reads what typst sets in the Noto fonts."""
    assert shows(told.replace(" ", ""), signed)
    assert not shows(told.replace(" ", ""), signed + "क")


def test_a_certificate_leads_back_to_the_first_key(anns: Made) -> None:
    """
    Whoever knew the issuer before it changed keys can still check what the new key signed.
    """
    assert check_file(anns.json, trusted={OLD_PUBLIC}, now=NOW).trusted


def test_an_old_key_counts_where_a_list_by_a_trusted_later_one_names_it():
    """Whoever knows today's key alone learns from today's list that the key of long ago was the issuer's too."""
    long_ago = made(key=OLD, keys=KEYS[:1]).json
    today = list_of("revocation")
    of_then = list_of("revocation", key=OLD, keys=KEYS[:1])

    assert not check_file(long_ago, trusted={NEW_PUBLIC}, now=NOW).trusted
    assert check_file(long_ago, trusted={NEW_PUBLIC}, now=NOW, lists=[today]).trusted
    assert not check_file(long_ago, trusted={NEW_PUBLIC}, now=NOW, lists=[of_then]).trusted


def test_a_key_nobody_vouched_for_is_not_trusted() -> None:
    forger = Ed25519PrivateKey.generate()
    forged = made(key=forger, keys=(first(forger, "2026-01-01T00:00:00Z"),))

    assert not check_file(forged.json, trusted={OLD_PUBLIC, NEW_PUBLIC}, now=NOW).trusted


def test_a_forger_cannot_put_himself_behind_a_true_key() -> None:
    forger = Ed25519PrivateKey.generate()
    claimed = replace(successor(forger, forger, "2026-02-01T00:00:00Z"), endorsed_by=NEW_PUBLIC)
    forged = made(key=forger, keys=(*KEYS, claimed))

    with pytest.raises(NotProven, match="vouched"):
        check_file(forged.json, trusted={NEW_PUBLIC}, now=NOW)


def test_it_is_expired_after_its_last_day(anns: Made) -> None:
    assert check_file(anns.json, trusted={NEW_PUBLIC}, now=NOW + timedelta(days=3 * 365)).state is State.EXPIRED


@pytest.mark.parametrize(("purpose", "state"), [("revocation", State.REVOKED), ("suspension", State.SUSPENDED)])
def test_a_status_list_says_that_it_was_withdrawn(anns: Made, purpose: str, state: State) -> None:
    withdrawn, others = list_of(purpose, PLACE, 3), list_of(purpose, PLACE - 1, PLACE + 1)

    assert check_file(anns.json, trusted={NEW_PUBLIC}, now=NOW, lists=[withdrawn]).state is state
    assert check_file(anns.json, trusted={NEW_PUBLIC}, now=NOW, lists=[others]).state is State.VALID


def test_a_status_list_that_was_changed_is_refused(anns: Made) -> None:
    changed = list_of("revocation", PLACE).replace(b'"revocation"', b'"suspension"')

    with pytest.raises(NotProven):
        check_file(anns.json, trusted={NEW_PUBLIC}, now=NOW, lists=[changed])


def test_any_byte_of_the_credential_flipped_is_refused(anns: Made) -> None:
    """
    Every byte once, and as many more at random.
    """
    dice = Random(1)
    places = [*range(len(anns.json)), *(dice.randrange(len(anns.json)) for _ in range(FLIPS_OF_JSON))]
    passed = [place for place in places if _holds(_flipped(anns.json, place, 1 << dice.randrange(8)))]

    assert len(places) > FLIPS_OF_JSON + 3_000
    assert passed == []


def test_any_byte_of_the_pdf_flipped_is_refused(anns: Made) -> None:
    dice, data = Random(2), anns.pdfs["a4"]
    places = [dice.randrange(len(data)) for _ in range(FLIPS_OF_PDF)]
    passed = [place for place in places if _holds(_flipped(data, place, 1 << dice.randrange(8)))]

    assert passed == []


def test_a_certificate_set_with_another_name_is_refused(anns: Made) -> None:
    """
    The credential stays Ann's, and true; only what the eye sees is another's.
    """
    verify_at = anns.signed["certificate"]["verifyAt"]
    other = certificate_pdf(replace(ANN, name="Bo Forger"), paper="a4", verify_at=verify_at, attached=anns.json)

    with pytest.raises(NotProven, match="shows was changed"):
        check_file(other, trusted={NEW_PUBLIC}, now=NOW)


def test_the_text_is_compared_too_should_the_seal_ever_fail(anns: Made) -> None:
    other = replace(ANN, name="Bo Forger", expires=date(2035, 1, 1))
    verify_at = anns.signed["certificate"]["verifyAt"]
    plain = certificate_pdf(other, paper="a4", verify_at=verify_at, attached=b"{}")
    lying = {**{k: v for k, v in anns.signed.items() if k != "proof"}}
    lying["certificate"] = {**lying["certificate"], "documents": {"a4": open_sealed(plain).seal}}
    attached = jcs(proofs.with_proofs(lying, NEW, "2026-03-02T09:00:00Z"))

    with pytest.raises(NotProven, match="does not show what was signed"):
        check_file(
            certificate_pdf(other, paper="a4", verify_at=verify_at, attached=attached), trusted={NEW_PUBLIC}, now=NOW
        )


def test_everything_signed_can_be_read_on_the_paper(anns: Made) -> None:
    verify_at = anns.signed["certificate"]["verifyAt"]
    for paper in PAPERS:
        text = shown_text(anns.pdfs[paper])

        assert [each for each in visible(ANN, verify_at) if "".join(each.split()).casefold() not in text] == []


@pytest.mark.parametrize(
    "extra", [b"\n%%EOF", b"\nxref\n0 1\n0000000000 65535 f\r\ntrailer\n<<>>\nstartxref\n9\n%%EOF"]
)
def test_nothing_can_be_added_to_the_pdf(anns: Made, extra: bytes) -> None:
    with pytest.raises(NotProven):
        check_file(anns.pdfs["a4"] + extra, trusted={NEW_PUBLIC}, now=NOW)


def test_members_cannot_be_added_moved_or_said_twice(anns: Made) -> None:
    signed = json.loads(anns.json)
    proof = signed["proof"][0]
    for changed in (
        {**signed, "remark": "x"},
        {**signed, "proof": proof},
        {**signed, "proof": [proof, proof]},
        {**signed, "proof": [{**proof, "nonce": "x"}, signed["proof"][1]]},
        {**signed, "certificate": {**signed["certificate"], "objectives": ANN.objectives[::-1]}},
    ):
        with pytest.raises(NotProven):
            check_file(json.dumps(changed).encode(), trusted={NEW_PUBLIC}, now=NOW)
    with pytest.raises(NotProven):
        check_file(anns.json[:-1] + b',"name":"Other"}', trusted={NEW_PUBLIC}, now=NOW)


def test_json_may_be_written_with_other_spaces(anns: Made) -> None:
    assert check_file(json.dumps(anns.signed, indent=2).encode(), trusted={NEW_PUBLIC}, now=NOW).good


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"%PDF-1.7\n", b"\xff\xfe", b'{"proof":[]}', b"[" * 100_000])
def test_other_files_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotProven):
        check_file(data, trusted=set(), now=NOW)


def test_the_same_certificate_is_set_to_the_same_bytes() -> None:
    assert made().pdfs == made().pdfs


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


def _holds(data: bytes) -> bool:
    try:
        # The seal and the proofs alone: comparing text as well could only refuse more.
        return check_file(data, trusted={NEW_PUBLIC}, now=NOW, with_text=False).good
    except NotProven:
        return False


def test_whatever_is_done_to_a_file_or_a_list_is_told(anns: Made) -> None:
    """
    The offline page is given the same files in tests/browser/test_certificates.py, and says the same.
    """
    found = {case.name: verdict(case) for case in cases(anns)}

    assert found == {case.name: case.said for case in cases(anns)}


def test_whatever_an_issuer_signs_is_refused_in_words_and_never_crashes(anns: Made) -> None:
    """
    Somebody else's product may sign anything: each member of credential and list in turn is something it cannot be.
    """
    plain = {name: value for name, value in anns.signed.items() if name != "proof"}
    listed = {name: value for name, value in json.loads(list_of("revocation", PLACE)).items() if name != "proof"}
    tried = 0
    for document, odd in product((plain, listed), (None, 7, "", [], {})):
        for place in [each for each in places_in(document) if each and each[0] in ODD]:
            try:
                data = jcs(proofs.with_proofs(put(document, place, odd), NEW, "2026-03-02T09:00:00Z"))
            except NotCanonical:
                continue  # that cannot be signed at all
            asked = (data, [list_of("revocation")]) if document is plain else (anns.json, [data])
            with suppress(NotProven):
                check_file(asked[0], trusted={NEW_PUBLIC}, now=NOW, lists=asked[1], with_text=False).as_text()
            tried += 1

    assert tried > 100


ODD = {"issuer", "credentialStatus", "keyHistory", "credentialSubject", "validFrom"}


def places_in(value: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    if isinstance(value, dict | list):
        for name in value if isinstance(value, dict) else range(len(value)):
            yield from places_in(value[name], (*place, name))


def put(document: dict[str, Any], place: tuple[Any, ...], value: object) -> dict[str, Any]:
    found = json.loads(json.dumps(document))
    at = found
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value
    return found


def test_how_old_a_list_is_stands_beside_what_it_tells(anns: Made) -> None:
    """
    A list that was made before the certificate knows nothing of it, and one of long ago little.
    """
    known = {"trusted": {NEW_PUBLIC}, "lists": [list_of("revocation"), list_of("suspension")]}
    later = check_file(anns.json, now=NOW + timedelta(days=40), **known)
    younger = made(replace(ANN, issued=NOW + timedelta(days=3)))

    assert "40 days ago: ask for the list of today" in later.as_text()
    assert "ago" not in check_file(anns.json, now=NOW + timedelta(hours=5), **known).as_text()
    assert "before it was issued" in check_file(younger.json, now=NOW + timedelta(days=4), **known).as_text()
