"""The test vectors of the W3C's Data Integrity EdDSA Cryptosuites v1.0, appendix B: made by others, met exactly.

Figures from https://www.w3.org/TR/vc-di-eddsa/ (representations eddsa-rdfc-2022 and eddsa-jcs-2022).
"""

from hashlib import sha256
from typing import Any

import pytest

from training.documents import proofs
from training.documents.canonical import jcs, rdfc
from training.documents.multibase import decode, encode

PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
METHOD = f"did:key:{PUBLIC}#{PUBLIC}"
CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
ALUMNI: dict[str, Any] = {
    "@context": CONTEXT,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
OPTIONS = {
    "type": "DataIntegrityProof",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": METHOD,
    "proofPurpose": "assertionMethod",
}
RDFC: dict[str, Any] = {**OPTIONS, "cryptosuite": "eddsa-rdfc-2022"}
JCS: dict[str, Any] = {**OPTIONS, "cryptosuite": "eddsa-jcs-2022", "@context": CONTEXT}
PUBLISHED = [
    (
        RDFC,
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0",
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
        "4d8e53c2d5b3f2a7891753eb16ca993325bdb0d3cfc5be1093d0a18426f5ef8578cadc0fd4b5f4dd0d1ce0aefd15ab120b7a894d0eb094ffda4e6553cd1ed50d",
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme",
    ),
    (
        JCS,
        "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db",
        "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
        "407cd12654b33d718ecbb99179a1506daaa849450bf3fc523cce3e1c96f8b80351da3f253d725c6f00b07c9e5448d50b3ef78012b9ab54255116d069c6dd2808",
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
    ),
]
each_suite = pytest.mark.parametrize(
    ("options", "of_options", "of_document", "signature", "value"), PUBLISHED, ids=["rdfc", "jcs"]
)

EMPLOYMENT = (
    "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b003f59e5b04ab575b1172cb684f22eede72f0e9033e0b5c67d0e2506768d6ce11",
    "zeuuS9pi2ZR8Q41bFFJKS9weSWkwa7pRcxHTHzxjDEHtVSZp3D9Rm3JdzT82EQpmXMb9wvfFJLuDPeSXZaRX1q1c",
)

CANONICAL_OPTIONS = f"""\
_:c14n0 <http://purl.org/dc/terms/created> "2023-02-24T23:36:38Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .
_:c14n0 <https://w3id.org/security#cryptosuite> "eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> .
_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
_:c14n0 <https://w3id.org/security#verificationMethod> <{METHOD}> .
"""


def test_the_key_pair_is_one() -> None:
    assert proofs.public_of(proofs.read_secret(SECRET)) == PUBLIC
    assert proofs.write_secret(proofs.read_secret(SECRET)) == SECRET


def test_the_canonical_options_are_those_published() -> None:
    assert rdfc({**RDFC, "@context": CONTEXT}).decode() == CANONICAL_OPTIONS


@each_suite
def test_the_hashes_are_those_published(
    options: dict[str, Any], of_options: str, of_document: str, signature: str, value: str
) -> None:
    write = jcs if options is JCS else rdfc

    assert sha256(write(ALUMNI)).hexdigest() == of_document
    assert proofs.hash_data(ALUMNI, options).hex() == of_options + of_document


@each_suite
def test_the_signature_is_the_one_published(
    options: dict[str, Any], of_options: str, of_document: str, signature: str, value: str
) -> None:
    proof = proofs.prove(ALUMNI, options, proofs.read_secret(SECRET))

    assert proof["proofValue"] == value
    assert decode(value).hex() == signature
    assert encode(bytes.fromhex(signature)) == value


@each_suite
def test_the_signed_credential_verifies_and_a_changed_one_does_not(
    options: dict[str, Any], of_options: str, of_document: str, signature: str, value: str
) -> None:
    proof = {**options, "proofValue": value}

    assert proofs.check(ALUMNI, proof, PUBLIC) == PUBLIC
    with pytest.raises(proofs.NotProven):
        proofs.check({**ALUMNI, "name": "Alumni credential"}, proof, PUBLIC)


def test_the_signature_over_the_published_hashes_of_the_second_credential_is_the_one_published() -> None:
    hashes, value = EMPLOYMENT

    assert encode(proofs.read_secret(SECRET).sign(bytes.fromhex(hashes))) == value
