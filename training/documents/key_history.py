"""The keys an issuer has signed with, oldest first: each was vouched for by the one before, so old ones still count."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from training.documents.canonical import Json, jcs
from training.documents.multibase import decode, decode_key, encode
from training.documents.proofs import NotProven, public_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A key, the moment it was taken into use, and the word of the key before it; the first has none."""

    key: str
    since: str
    endorsed_by: str = ""
    endorsement: str = ""

    @property
    def claim(self) -> bytes:
        """What the key before signs."""
        return jcs({"key": self.key, "since": self.since, "previous": self.endorsed_by})

    def as_json(self) -> dict[str, str]:
        """Write the entry as it stands in a credential."""
        return {
            "key": self.key,
            "since": self.since,
            "previous": self.endorsed_by,
            "signedByPrevious": self.endorsement,
        }


def first(key: Ed25519PrivateKey, since: str) -> Entry:
    """Begin a history."""
    return Entry(public_of(key), since)


def successor(new: Ed25519PrivateKey, old: Ed25519PrivateKey, since: str) -> Entry:
    """Let the old key vouch for the new one."""
    claim = Entry(public_of(new), since, public_of(old))
    return Entry(claim.key, since, claim.endorsed_by, encode(old.sign(claim.claim)))


def read(entries: object) -> tuple[Entry, ...]:
    """Read a history as it stands in a credential. Raises NotProven."""
    try:
        return tuple(_entry(each) for each in entries)  # type: ignore[attr-defined]
    except (TypeError, KeyError) as error:
        raise NotProven("its history of keys cannot be read") from error


def _entry(each: Json) -> Entry:
    said = each["key"], each["since"], each["previous"], each["signedByPrevious"]
    if not all(isinstance(word, str) for word in said):
        raise TypeError("every part of it is a text")
    return Entry(*said)


def check(entries: Sequence[Entry]) -> frozenset[str]:
    """Check that each key vouches for the next, and give them all. Raises NotProven."""
    if not entries or entries[0].endorsed_by:
        raise NotProven("its history of keys does not begin with a first key")
    for before, entry in pairwise(entries):
        if entry.endorsed_by != before.key or entry.since < before.since:
            raise NotProven("its history of keys is broken")
        try:
            Ed25519PublicKey.from_public_bytes(decode_key(before.key)).verify(decode(entry.endorsement), entry.claim)
        except Exception as error:
            raise NotProven("a key in its history was not vouched for by the one before") from error
    return frozenset(entry.key for entry in entries)


def replaced(entries: Sequence[Entry], key: str, *, by: str) -> bool:
    """Say whether a key had a successor by a moment (as `badge.stamp` writes it), as far as a history tells."""
    return any(before.key == key and entry.since < by for before, entry in pairwise(entries))
