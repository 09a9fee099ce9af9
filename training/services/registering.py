"""Getting an account: by oneself where that is open, by invitation, or as the first administrator."""

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from training.core.permission import Actor, Role
from training.core.refusal import Refusal
from training.services import passwords
from training.services.app import App
from training.services.noting import note
from training.services.settings import Registration
from training.services.signing_in import COUNTED_FOR, ticket_for
from training.services.tokens import digest, new_token
from training.store import cohorts, links, people, sign_ins
from training.store.database import Connection
from training.store.links import Link, Purpose
from training.store.people import normal_email

FIRST_LINK_LASTS = timedelta(hours=24)
MOST_AN_HOUR = 100
"""Accounts from one network address within an hour: more than a class behind one router, fewer than a script makes."""

LONGEST_NAME, LONGEST_EMAIL = 100, 254
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_OVER = "This link was used before or is over. Please ask for a new one."
HOW_TO_GET_IN = {
    Registration.OPEN: "Anyone may make an account here.",
    Registration.INVITATION: "New accounts are made by invitation here. Please ask an administrator.",
    Registration.CLOSED: "New accounts are made by an administrator here. Please ask for one.",
}
_TAKEN = "There is an account with this e-mail address already. Sign in, or ask for a new password."


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What someone says about herself when she makes an account."""

    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a link of invitation brings: for whom it is, where that is said, and as what."""

    email: str
    role: Role
    first_administrator: bool


def may_register(app: App) -> bool:
    """Say whether anyone may make an account."""
    return app.settings.registration is Registration.OPEN


def welcome(app: App, token: str) -> Welcome | None:
    """Say what a link brings, without using it; None where it is unknown, used or over."""
    link = app.database.read(lambda tx: _invitation(tx, app, token))
    if link is None:
        return None
    return Welcome(link.email or "", link.role or Role.LEARNER, link.purpose is Purpose.FIRST_ADMINISTRATOR)


def register(app: App, newcomer: Newcomer, *, token: str = "", address: str = "") -> str:
    """Make an account and give a ticket for `signing_in.redeem`; an invitation is used up. Raises Refusal.

    Without an invitation only so many may try within an hour from one network address.
    """
    if not token and not may_register(app):
        raise Refusal(HOW_TO_GET_IN[app.settings.registration])
    name, email = _checked(newcomer)
    if token and welcome(app, token) is None:
        raise Refusal(_OVER)
    if not token:
        _admit(app, address)
    password_hash = passwords.hashed(newcomer.password, email)
    person_id = app.new_id()

    def make(tx: Connection) -> str:
        link = _use_invitation(tx, app, token, email) if token else None
        if people.by_email(tx, email):
            raise Refusal(_TAKEN)
        people.add(tx, person_id=person_id, email=email, name=name, at=app.now(), password_hash=password_hash)
        note(tx, app, person_id, "register", person_id, link.purpose if link else "open registration")
        _let_in(tx, app, person_id, link)
        return ticket_for(tx, app, person_id)

    return app.database.write(make)


def _admit(app: App, address: str) -> None:
    """Count this try before its password is hashed. Raises Refusal where there were too many."""
    now = app.now()

    def count(tx: Connection) -> None:
        if sign_ins.registrations(tx, now - COUNTED_FOR, address) >= MOST_AN_HOUR:
            raise Refusal("Too many accounts were made from here within an hour. Please try again later.")
        sign_ins.add_registration(tx, row_id=app.new_id(), address=address, at=now)

    app.database.write(count)


def accept(app: App, actor: Actor, token: str) -> None:
    """Take what an invitation brings with the account one has. Raises Refusal."""
    if not actor.signed_in:
        raise Refusal("Please sign in first.")

    def take(tx: Connection) -> None:
        _let_in(tx, app, actor.id, _use_invitation(tx, app, token, people.get(tx, actor.id).email))

    app.database.write(take)


def first_administrator_link(app: App, *, base_url: str = "") -> str | None:
    """Make the link with which the first administrator gets in, and void those made before; None where there is one."""
    token, now = new_token(), app.now()

    def make(tx: Connection) -> bool:
        if people.holders(tx, Role.ADMINISTRATOR):
            return False
        links.void(tx, Purpose.FIRST_ADMINISTRATOR, now)
        link = Link(digest(token), Purpose.FIRST_ADMINISTRATOR, now, now + FIRST_LINK_LASTS, role=Role.ADMINISTRATOR)
        links.add(tx, link)
        return True

    if not app.database.write(make):
        return None
    return invitation_url(base_url or app.settings.base_url, token)


def invitation_url(base_url: str, token: str) -> str:
    """Write the address that an invited person opens."""
    return f"{base_url}/register?{urlencode({'invitation': token})}"


def checked_email(text: str) -> str:
    """Give an e-mail address as it is stored. Raises Refusal where it cannot be one."""
    email = normal_email(text)
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise Refusal("Please give an e-mail address such as ann@example.org.")
    return email


def checked_name(text: str) -> str:
    """Give a name in one line. Raises Refusal where it is empty or too long."""
    name = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(f"Please give a name of 1 to {LONGEST_NAME} characters.")
    return name


def _checked(newcomer: Newcomer) -> tuple[str, str]:
    return checked_name(newcomer.name), checked_email(newcomer.email)


def _invitation(tx: Connection, app: App, token: str) -> Link | None:
    closed = app.settings.registration is Registration.CLOSED
    purposes = (Purpose.FIRST_ADMINISTRATOR,) if closed else (Purpose.FIRST_ADMINISTRATOR, Purpose.INVITATION)
    for purpose in purposes:
        link = links.valid(tx, digest(token), purpose, app.now())
        if link:
            return link
    return None


def _use_invitation(tx: Connection, app: App, token: str, email: str) -> Link:
    link = _invitation(tx, app, token)
    if link is None or links.use(tx, link.token_hash, link.purpose, app.now()) is None:
        raise Refusal(_OVER)
    if link.email and link.email != email:
        raise Refusal(f"This invitation is for {link.email}. Please use that address.")
    if link.purpose is Purpose.FIRST_ADMINISTRATOR and people.holders(tx, Role.ADMINISTRATOR):
        raise Refusal("There is an administrator already. Please ask her for an invitation.")
    return link


def _let_in(tx: Connection, app: App, person_id: str, link: Link | None) -> None:
    role = link.role if link and link.role else Role.LEARNER
    by = (link.created_by if link else "") or person_id
    if people.grant(tx, person=person_id, role=role, at=app.now(), by=by):
        note(tx, app, by, "grant role", person_id, role)
    if link and link.cohort_id:
        cohorts.join(tx, cohort_id=link.cohort_id, person=person_id, at=app.now())
        note(tx, app, by, "join cohort", person_id, link.cohort_id)
