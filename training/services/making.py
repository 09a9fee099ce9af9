"""Making a certificate out of what it says: its papers are set, sealed, signed and kept in one transaction."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from training.core.credential import Credential, Issued
from training.core.refusal import Refusal
from training.documents.badge import badge, stamp
from training.documents.canonical import jcs
from training.documents.certificate import PAPERS, Emblem, Look, Paper, certificate_pdf
from training.documents.proofs import with_proofs
from training.documents.sealing import attach, open_sealed
from training.documents.status_list import LENGTH
from training.services.app import App
from training.services.noting import note
from training.services.signing import keys
from training.store import certificates
from training.store.certificates import Papers
from training.store.database import Connection

FONTS = "fonts"
"""The folder of the content where an issuer's own fonts lie, for scripts that ours does not have."""

_USUAL = re.compile("[\u0000-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff\u2010-\u2026\u2264\u2265]*")
PICTURES = {".svg", ".png", ".jpg", ".jpeg"}


def make(
    app: App, by: str, credential: Credential, occasion: str, after: Callable[[Connection], None] | None = None
) -> Issued:
    """Issue a certificate; where the occasion had one already, that one is given. `after` is written along with it."""
    place = _free_place(app)
    papers = _papers(app, credential, place)

    def write(tx: Connection) -> Issued:
        there = certificates.for_occasion(tx, occasion)
        if there:
            return certificates.get(tx, there)
        certificates.add(tx, credential, papers, occasion=occasion, place=place, by=by)
        note(tx, app, by, "issued a certificate", credential.number, f"{credential.programme} to {credential.learner}")
        if after:
            after(tx)
        return certificates.get(tx, credential.number)

    return app.database.write(write)


def verify_address(app: App, number: str) -> str:
    """Give the address at which anybody can verify a certificate."""
    return f"{app.settings.base_url}/verify/{number}"


def _papers(app: App, credential: Credential, place: int) -> Papers:
    """Set each paper with a place for the credential, seal them, sign the credential with the seals, and attach it."""
    held = keys(app)
    bare = {paper: _bare(app, credential, paper) for paper in PAPERS}
    document = badge(
        credential, base_url=app.settings.base_url, place=place, keys=held.history,
        documents={paper: open_sealed(pdf).seal for paper, pdf in bare.items()},
    )  # fmt: skip
    signed = jcs(with_proofs(document, held.private, stamp(credential.issued)))
    return Papers(signed.decode(), {paper: attach(pdf, signed) for paper, pdf in bare.items()})


def unshowable(app: App, credential: Credential) -> list[str]:
    """Say which letter no font here can show, if there is one; usual letters are not looked into."""
    said = json.dumps(asdict(credential), ensure_ascii=False, default=str)
    if _USUAL.fullmatch(said):
        return []
    try:
        _bare(app, credential, credential.paper)
    except Refusal as refusal:
        return [str(refusal)]
    return []


def _bare(app: App, credential: Credential, paper: Paper) -> bytes:
    look = Look(_emblem(app, credential), app.settings.content_dir / FONTS)
    return certificate_pdf(credential, paper=paper, verify_at=verify_address(app, credential.number), look=look)


def _free_place(app: App) -> int:
    """Choose a bit of the status lists at random, so that its place tells nothing of when a certificate was issued."""
    for _ in range(100):
        place = app.new_seed() % LENGTH
        if not app.database.read(lambda tx, place=place: certificates.taken(tx, place)):  # type: ignore[misc]
            return place
    raise Refusal("There is no room in the status lists. Please tell an administrator.")


def _emblem(app: App, credential: Credential) -> Emblem | None:
    programme = app.library.programmes.get(credential.programme)
    name = programme.certificate.look.emblem if programme and programme.certificate else None
    root = app.settings.content_dir.resolve()
    path = (root / name).resolve() if name else None
    if path is None or path.suffix.lower() not in PICTURES or not path.is_file() or not path.is_relative_to(root):
        return None
    return Emblem(path.read_bytes(), Path(path).suffix)
