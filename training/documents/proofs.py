"""Data Integrity proofs with Ed25519: `eddsa-rdfc-2022` over the meaning, `eddsa-jcs-2022` over every character."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from training.documents.canonical import Json, NotCanonical, jcs, rdfc
from training.documents.multibase import SECRET, NotMultibase, decode, decode_key, encode, encode_key

Suite = Literal["eddsa-rdfc-2022", "eddsa-jcs-2022"]
SUITES: tuple[Suite, ...] = ("eddsa-rdfc-2022", "eddsa-jcs-2022")
MEMBERS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
LINKS = {"eddsa-rdfc-2022": "id", "eddsa-jcs-2022": "previousProof"}


class NotProven(ValueError):
    """A proof that does not hold; the message says why."""


def public_of(key: Ed25519PrivateKey) -> str:
    """Name a key by its public half, as Multikey."""
    return encode_key(key.public_key().public_bytes_raw())


def read_secret(text: str) -> Ed25519PrivateKey:
    """Read a private key written as Multikey. Raises NotMultibase."""
    return Ed25519PrivateKey.from_private_bytes(decode_key(text.strip(), SECRET))


def write_secret(key: Ed25519PrivateKey) -> str:
    """Write a private key as Multikey."""
    return encode_key(key.private_bytes_raw(), SECRET)


def did_of(public: str) -> str:
    """Name whoever holds a key."""
    return f"did:key:{public}"


def method_of(public: str) -> str:
    """Name the key itself."""
    return f"did:key:{public}#{public}"


def key_in(method: str) -> str:
    """Give the key a verification method names. Raises NotProven unless it is a did:key."""
    public = method.rpartition("#")[2]
    if method != method_of(public):
        raise NotProven("its key is not named as did:key")
    return public


def with_proofs(document: Json, key: Ed25519PrivateKey, created: str) -> dict[str, Any]:
    """Sign a document with both suites, as a chain: the second proof also covers the first."""
    common = {
        "type": "DataIntegrityProof", "created": created, "verificationMethod": method_of(public_of(key)),
        "proofPurpose": "assertionMethod",
    }  # fmt: skip
    named = {"id": _name_of(document), **common, "cryptosuite": "eddsa-rdfc-2022"}
    first = prove(document, named, key)
    chained = {**common, "cryptosuite": "eddsa-jcs-2022", "previousProof": named["id"]}
    return {**document, "proof": [first, prove({**document, "proof": [first]}, chained, key)]}


def prove(document: Json, options: Json, key: Ed25519PrivateKey) -> dict[str, Any]:
    """Complete proof options with their value."""
    return {**options, "proofValue": encode(key.sign(hash_data(document, options)))}


def hash_data(document: Json, options: Json) -> bytes:
    """Give what is signed: the hash of the canonical options, then that of the canonical document."""
    with_context = {**options, "@context": document["@context"]}
    write = jcs if options["cryptosuite"] == "eddsa-jcs-2022" else rdfc
    # By JCS the options are taken as they stand; by RDF they mean nothing without a context.
    config = options if write is jcs else with_context
    return sha256(write(config)).digest() + sha256(write(document)).digest()


def check_proofs(signed: Json) -> str:
    """Check a document signed with both suites and give the key. Raises NotProven.

    Proofs have exactly their members, both suites must hold, and both by the same key: nothing in the document, its
    order and its proofs can change without one of the two failing.
    """
    proofs = signed.get("proof")
    document = {name: value for name, value in signed.items() if name != "proof"}
    if not isinstance(proofs, list) or [_suite(each) for each in proofs] != list(SUITES):
        raise NotProven("it does not carry the two proofs it should")
    first, second = proofs
    if first["id"] != _name_of(document) or second["previousProof"] != first["id"]:
        raise NotProven("its two proofs are no chain")
    # The last first: it is the quick one, and no change escapes it.
    key = check({**document, "proof": [first]}, second, key_in(second["verificationMethod"]))
    if check(document, first, key_in(first["verificationMethod"])) != key or first["created"] != second["created"]:
        raise NotProven("its two proofs are not of one making")
    return key


def check(document: Json, proof: Json, public: str) -> str:
    """Check one proof against a public key and give that key. Raises NotProven."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        raw, signature = decode_key(public), decode(proof["proofValue"])
        if encode(signature) != proof["proofValue"] or encode_key(raw) != public:
            raise NotProven("its signature is not written as it should be")
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, hash_data(document, options))
    except InvalidSignature:
        raise NotProven("its text is not the text that was signed") from None
    except (NotMultibase, NotCanonical) as error:
        raise NotProven(str(error)) from error
    return public


def _suite(proof: object) -> str:
    right = (
        isinstance(proof, Mapping)
        and set(proof) == MEMBERS | {LINKS.get(str(proof.get("cryptosuite")), "")}
        and all(isinstance(value, str) for value in proof.values())
        and proof["type"] == "DataIntegrityProof"
        and proof["proofPurpose"] == "assertionMethod"
    )
    return str(proof["cryptosuite"]) if right and isinstance(proof, Mapping) else ""


def _name_of(document: Json) -> str:
    return f"{document.get('id')}#proof"
