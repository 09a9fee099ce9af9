"""Putting certificates on hold, and withdrawing them for good by two people; each with its reason."""

from collections.abc import Callable

from training.core import credential as core
from training.core.credential import Event, Issued, State, standing
from training.core.permission import Action, Actor, permit
from training.services.app import App
from training.services.noting import note
from training.store import certificates, people
from training.store.database import Connection


def held(app: App, actor: Actor, *, search: str = "", state: State | None = None) -> list[Issued]:
    """List certificates, the latest first: those whose number, name, programme or licence has the words searched."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    words, now = search.casefold().split(), app.now()
    return [
        each
        for each in reversed(app.database.read(certificates.every))
        if (state is None or standing(each, now) is state) and all(word in _searched(each) for word in words)
    ]


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
    """Withdraw for good what another person proposed to. Raises Refusal or NotFound."""
    return _add(app, actor, number, lambda it: core.revoke(it, app.now(), by=actor.id))


def _add(app: App, actor: Actor, number: str, event_of: Callable[[Issued], Event]) -> Issued:
    permit(actor, Action.MANAGE_CERTIFICATES)

    def write(tx: Connection) -> Issued:
        event = event_of(certificates.get(tx, number))
        certificates.append(tx, number, event)
        note(tx, app, actor.id, f"certificate {event.kind}", number, event.reason)
        return certificates.get(tx, number)

    return app.database.write(write)


def _searched(issued: Issued) -> str:
    it = issued.credential
    return " ".join((it.number, it.number.replace("-", ""), it.name, it.title, it.programme, it.licence)).casefold()
