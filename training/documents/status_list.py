"""Which certificates are revoked or suspended: a Bitstring Status List, one bit each among many that mean nothing."""

import gzip
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from typing import Any, Literal
from zlib import decompressobj

from training.documents.canonical import CREDENTIALS, TERMS, Json
from training.documents.key_history import Entry
from training.documents.proofs import NotProven, did_of

Purpose = Literal["revocation", "suspension"]
PURPOSES: tuple[Purpose, ...] = ("revocation", "suspension")
LENGTH = 131_072
"""The least the standard allows, so that a request for the list does not tell whose certificate is looked at."""

GZIP, MOST = 16 + zlib.MAX_WBITS, 2**20
"""How zlib names gzip; the bytes that a list of anybody's may unpack to."""


def encoded(set_bits: Iterable[int]) -> str:
    """Write the list: bit 0 is the leftmost; compressed, and always the same for the same bits."""
    data = bytearray(LENGTH // 8)
    for place in set_bits:
        data[place // 8] |= 0x80 >> place % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(data), mtime=0)).decode().rstrip("=")


def bit(encoded_list: str, place: int) -> bool:
    """Read one bit. Raises NotProven where there is none."""
    try:
        packed = encoded_list.removeprefix("u")
        data = decompressobj(GZIP).decompress(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), MOST)
        return bool(data[place // 8] & 0x80 >> place % 8)
    except (ValueError, TypeError, AttributeError, zlib.error, IndexError) as error:
        raise NotProven("its status list cannot be read") from error


def status_list(
    purpose: Purpose, *, base_url: str, keys: Sequence[Entry], set_bits: Iterable[int], at: str
) -> dict[str, Any]:
    """Make the credential that carries a list, still to be signed."""
    address = f"{base_url}/status/{purpose}"
    return {
        "@context": [CREDENTIALS, {"@vocab": TERMS}],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(keys[-1].key),
        "validFrom": at,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(set_bits),
        },
        "keyHistory": [entry.as_json() for entry in keys],
    }


def entries(base_url: str, place: int) -> list[dict[str, str]]:
    """Say in a credential where its status is found."""
    return [
        {
            "id": f"{base_url}/status/{purpose}#{place}", "type": "BitstringStatusListEntry", "statusPurpose": purpose,
            "statusListIndex": str(place), "statusListCredential": f"{base_url}/status/{purpose}",
        }
        for purpose in PURPOSES
    ]  # fmt: skip


def told_by(lists: Iterable[Json], credential: Json) -> str:
    """Say what checked lists tell of a credential: `revoked`, `suspended`, or nothing. Raises NotProven."""
    by_purpose = {each["credentialSubject"]["statusPurpose"]: each["credentialSubject"] for each in lists}
    for purpose, word in (("revocation", "revoked"), ("suspension", "suspended")):
        place = _place(credential, purpose)
        if purpose in by_purpose and place is not None and bit(by_purpose[purpose]["encodedList"], place):
            return word
    return ""


def _place(credential: Json, purpose: str) -> int | None:
    """Give the bit that a credential names for a purpose, or None where it names none. Raises NotProven."""
    try:
        found = [each["statusListIndex"] for each in credential["credentialStatus"] if each["statusPurpose"] == purpose]
        places = [int(each) for each in found if str(each).isdecimal()]
    except (KeyError, TypeError, ValueError) as error:
        raise NotProven("where its status is found cannot be read") from error
    if len(places) != len(found):
        raise NotProven("where its status is found cannot be read")
    return places[0] if places else None
