"""Putting certificates on hold, and withdrawing them for good by two people; each with its reason."""

from collections.abc import Callable, Iterator
from datetime import datetime

from training.core import credential as core
from training.core.continuation import chain
from training.core.credential import Event, Issued, State, standing
from training.core.permission import Action, Actor, permit
from training.formats.tables import Cell, Column, Table, csv_chunks
from training.services.app import App
from training.services.noting import note
from training.store import certificates, people
from training.store.database import Connection

HEADINGS = (
    "Number", "Name", "Licence", "Certificate", "Programme", "Completed", "Issued", "Expires", "Hours", "Result",
    "State", "Followed by",
)  # fmt: skip


def held(app: App, actor: Actor, *, search: str = "", state: State | None = None) -> list[Issued]:
    """List certificates, the latest first: those whose number, name, programme or licence has the words searched."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    words, now = search.casefold().split(), app.now()
    return [
        each
        for each in reversed(app.database.read(certificates.every))
        if (state is None or standing(each, now) is state) and all(word in _searched(each) for word in words)
    ]


def as_csv(app: App, actor: Actor) -> tuple[str, Iterator[bytes]]:
    """Write all certificates as CSV: the file's name and its pieces."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    now, rows = app.now(), app.database.read(certificates.every)
    app.database.write(lambda tx: note(tx, app, actor.id, "exported certificates", "certificates", f"{len(rows)} rows"))
    table = Table("Certificates", [Column(each) for each in HEADINGS], [_row(each, now) for each in rows], {})
    return f"certificates-{now:%Y-%m-%d-%H%M}.csv", csv_chunks(table)


def names(app: App, actor: Actor, ids: list[str]) -> dict[str, str]:
    """Say who did what was done to certificates, by id."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    return app.database.read(lambda tx: people.names(tx, ids))


def suspend(app: App, actor: Actor, number: str, *, reason: str) -> Issued:
    """Put a certificate on hold. Raises Refusal or NotFound."""
    return _add(app, actor, number, lambda it: core.suspend(it, app.now(), by=actor.id, reason=reason))


def reinstate(app: App, actor: Actor, number: str, *, reason: str) -> Issued:
    """End a suspension. Raises Refusal or NotFound."""
    return _add(app, actor, number, lambda it: core.reinstate(it, app.now(), by=actor.id, reason=reason))


def propose_revocation(app: App, actor: Actor, number: str, *, reason: str) -> Issued:
    """Propose to withdraw a certificate for good. Raises Refusal or NotFound."""
    return _add(app, actor, number, lambda it: core.propose_revocation(it, app.now(), by=actor.id, reason=reason))


def drop_revocation(app: App, actor: Actor, number: str, *, reason: str) -> Issued:
    """Take a proposal back, or turn it down. Raises Refusal or NotFound."""
    return _add(app, actor, number, lambda it: core.drop_revocation(it, app.now(), by=actor.id, reason=reason))


def revoke(app: App, actor: Actor, number: str) -> Issued:
    """Withdraw for good what another person proposed to, with what it renews and what renewed it. Raises Refusal."""
    permit(actor, Action.MANAGE_CERTIFICATES)

    def write(tx: Connection) -> Issued:
        issued = certificates.get(tx, number)
        event = core.revoke(issued, app.now(), by=actor.id)
        for each in chain(certificates.of_learner(tx, issued.credential.learner), number):
            if standing(each, app.now()) not in {State.REVOKED, State.SUPERSEDED}:
                certificates.append(tx, each.credential.number, event)
                note(tx, app, actor.id, "certificate revoked", each.credential.number, event.reason)
        return certificates.get(tx, number)

    return app.database.write(write)


def _add(app: App, actor: Actor, number: str, event_of: Callable[[Issued], Event]) -> Issued:
    permit(actor, Action.MANAGE_CERTIFICATES)

    def write(tx: Connection) -> Issued:
        event = event_of(certificates.get(tx, number))
        certificates.append(tx, number, event)
        note(tx, app, actor.id, f"certificate {event.kind}", number, event.reason)
        return certificates.get(tx, number)

    return app.database.write(write)


def _row(issued: Issued, now: datetime) -> list[Cell]:
    it = issued.credential
    return [
        it.number, it.name, it.licence, it.title, it.programme, it.completed.isoformat(), it.issued.date().isoformat(),
        it.expires.isoformat() if it.expires else "", it.hours, it.score, standing(issued, now).value,
        issued.followed_by,
    ]  # fmt: skip


def _searched(issued: Issued) -> str:
    it = issued.credential
    return " ".join((it.number, it.number.replace("-", ""), it.name, it.title, it.programme, it.licence)).casefold()
