"""What anybody may ask about a certificate whose number she holds, without an account; and what is published."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from training.core.certificate_number import read_number
from training.core.credential import Event, Issued, Kind, State, standing
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.documents.badge import stamp
from training.documents.canonical import jcs
from training.documents.certificate import PAPERS
from training.documents.checking import Checked, check_file
from training.documents.proofs import did_of, with_proofs
from training.documents.status_list import PURPOSES, Purpose, status_list
from training.services.app import App, build_app
from training.services.settings import Settings, settings_from
from training.services.signing import keys, known
from training.store import certificates
from training.store.database import Connection

UNKNOWN = "There is no certificate of this number."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the public register: no number, since whoever has the number can fetch the certificate."""

    name: str
    title: str
    completed: date
    expires: date | None
    state: State


def look_up(app: App, typed: str) -> tuple[Issued, State]:
    """Find a certificate by its number as people type it. Raises NotFound, alike for wrong and unknown numbers."""
    number = read_number(typed)
    if number is None:
        raise NotFound(UNKNOWN)
    issued = app.database.read(lambda tx: certificates.get(tx, number))
    return issued, standing(issued, app.now())


def signed_json(app: App, typed: str) -> str:
    """Give the signed credential exactly as issued. The number, which cannot be guessed, is the right to it."""
    number = look_up(app, typed)[0].credential.number
    return app.database.read(lambda tx: certificates.signed(tx, number))


def pdf(app: App, typed: str, paper: str = "") -> bytes:
    """Give the PDF exactly as issued, on the programme's paper or another. Raises NotFound."""
    credential = look_up(app, typed)[0].credential
    wanted = paper or credential.paper
    if wanted not in PAPERS:
        raise NotFound("There is no such paper: it is a4 or letter.")
    return app.database.read(lambda tx: certificates.pdf(tx, credential.number, wanted))


def status(app: App, purpose: Purpose) -> bytes:
    """Give the signed list of what is suspended now, or revoked: what was superseded counts as revoked."""
    held = keys(app)
    ended = {State.REVOKED, State.SUPERSEDED} if purpose == "revocation" else {State.SUSPENDED}

    def read(tx: Connection) -> list[int]:
        places = certificates.places(tx)
        touched = certificates.with_events(tx, Kind.REVOKED, Kind.SUSPENDED, Kind.SUPERSEDED)
        return [places[each.credential.number] for each in touched if standing(each, app.now()) in ended]

    at = stamp(app.now())
    plain = status_list(
        purpose, base_url=app.settings.base_url, keys=held.history, set_bits=app.database.read(read), at=at
    )
    return jcs(with_proofs(plain, held.private, at))


def statuses(app: App) -> list[bytes]:
    """Give both lists."""
    return [status(app, purpose) for purpose in PURPOSES]


def issuer(app: App) -> dict[str, Any]:
    """Say who signs: the key in use, and the history of keys."""
    history = keys(app).history
    return {
        "id": did_of(history[-1].key),
        "verificationMethod": f"{did_of(history[-1].key)}#{history[-1].key}",
        "keyHistory": [entry.as_json() for entry in history],
    }


def trusted(app: App) -> frozenset[str]:
    """Give the keys this product has signed with, for checking files."""
    return frozenset(entry.key for entry in app.database.read(known))


def check_here(data: bytes, trust: frozenset[str], lists: list[bytes]) -> Checked:
    """Check a file on the shell: with the keys and lists of the database where there is one, else with those given.

    Raises NotProven.
    """
    settings = settings_from()
    if not _has_database(settings):
        return check_file(data, trusted=trust, now=datetime.now(UTC), lists=lists)  # noqa: TID251 - no app, no clock
    app = build_app(settings)
    try:
        ours = trusted(app)
        own = statuses(app) if ours else []
        return check_file(data, trusted=trust | ours, now=app.now(), lists=lists or own)
    finally:
        app.database.close()


def _has_database(settings: Settings) -> bool:
    return not settings.database_url.startswith("sqlite") or any(settings.data_dir.glob("*.db"))


def register(app: App) -> list[Entry]:
    """List, by name, the certificates whose holders asked to be listed and whose programmes allow it."""
    now = app.now()
    open_ones = {
        slug for slug, each in app.library.programmes.items() if each.certificate and each.certificate.public_register
    }
    listed = app.database.read(lambda tx: certificates.with_events(tx, Kind.LISTED))
    found = [
        Entry(each.credential.name, each.credential.title, each.credential.completed, each.credential.expires,
              standing(each, now))
        for each in listed
        if each.listed and each.credential.programme in open_ones and not each.followed_by
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.name.casefold(), each.title))


def mine(app: App, actor: Actor) -> list[Issued]:
    """Give the certificates of the person asking, oldest first."""
    permit(actor, Action.SEE_OWN_WORK)
    return app.database.read(lambda tx: certificates.of_learner(tx, actor.id))


def consent(app: App, actor: Actor, number: str, *, listed: bool) -> Issued:
    """Put the person's own certificate on the public register, or take it off. Raises Refusal or NotFound."""
    permit(actor, Action.SEE_OWN_WORK)

    def write(tx: Connection) -> Issued:
        issued = certificates.get(tx, number)
        permit(actor, Action.SEE_OWN_WORK, owner=issued.credential.learner)
        programme = app.library.programmes.get(issued.credential.programme)
        if not (programme and programme.certificate and programme.certificate.public_register):
            raise Refusal("There is no public register for this certificate.")
        if issued.followed_by:
            raise Refusal("Another certificate continues this one. Please say it there.")
        if issued.listed is not listed:
            certificates.append(tx, number, Event(Kind.LISTED if listed else Kind.UNLISTED, app.now(), actor.id))
        return certificates.get(tx, number)

    return app.database.write(write)
