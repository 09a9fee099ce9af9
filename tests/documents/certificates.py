"""A certificate signed by a key that was rotated once, for the tests of documents."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from training.core.certificate_number import number_of
from training.core.credential import Credential, Signed
from training.documents import key_history, proofs, status_list
from training.documents.badge import badge, stamp
from training.documents.canonical import jcs
from training.documents.certificate import PAPERS, Paper, certificate_pdf
from training.documents.sealing import attach, open_sealed

BASE = "https://needlewise.example.org"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OLD = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEW = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYS = (
    key_history.first(OLD, "2025-01-01T00:00:00Z"),
    key_history.successor(NEW, OLD, "2026-01-01T00:00:00Z"),
)
OLD_PUBLIC, NEW_PUBLIC = KEYS[0].key, KEYS[1].key
PLACE = 4711

ANN = Credential(
    number_of(2**94 + 2**50 + 99), "ann", "Nguyễn Thị Phương-Thảo Brzęczyszczykiewicz", "foundation-exam",
    "Dry needling: foundation knowledge", "3f0a9c12bb77", "Needlewise School of Physiotherapy",
    (Signed("Ida Kowalska", "Director of studies", "PT, PhD"), Signed("Cy Ferreira", "Coordinator")),
    date(2026, 3, 1), NOW, date(2028, 3, 2), "attempt-1", "5be1",
    objectives=("Name the contraindications", "Choose a needle by depth"), score="standard met", hours="1 contact hour",
    derivation=("61.9 minutes at 60 minutes an hour: 1.03 hours, rounded to the nearest quarter: 1.",),
    licence="PT 12345 (Ohio)", delivery="online, self-paced",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    signed: dict[str, Any]
    json: bytes
    pdfs: dict[Paper, bytes]


def made(
    credential: Credential = ANN, key: Ed25519PrivateKey = NEW, keys: tuple[key_history.Entry, ...] = KEYS
) -> Made:
    """Set, seal, sign and attach, as the service does."""
    verify_at = f"{BASE}/verify/{credential.number}"

    bare = {paper: certificate_pdf(credential, paper=paper, verify_at=verify_at) for paper in PAPERS}
    seals = {paper: open_sealed(data).seal for paper, data in bare.items()}
    signed = proofs.with_proofs(
        badge(credential, base_url=BASE, place=PLACE, keys=keys, documents=seals), key, stamp(NOW)
    )
    written = jcs(signed)
    return Made(signed, written, {paper: attach(data, written) for paper, data in bare.items()})


def list_of(
    purpose: status_list.Purpose,
    *places: int,
    key: Ed25519PrivateKey = NEW,
    keys: tuple[key_history.Entry, ...] = KEYS,
) -> bytes:
    """A signed status list with these bits set."""
    plain = status_list.status_list(purpose, base_url=BASE, keys=keys, set_bits=places, at=stamp(NOW))
    return jcs(proofs.with_proofs(plain, key, stamp(NOW)))
