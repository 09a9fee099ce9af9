"""A new password by a one-time link: asked for by e-mail, or handed out by an administrator."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

from training.core.refusal import Refusal
from training.services import mailing, passwords
from training.services.app import App
from training.services.noting import note
from training.services.signing_in import ticket_for
from training.services.tokens import digest, new_token
from training.store import links, people, sessions, sign_ins
from training.store.database import Connection
from training.store.links import Link, Purpose
from training.store.people import Person, normal_email

RESET_LASTS = timedelta(hours=24)
ASKED_AT_MOST, ASKED_WITHIN = 3, timedelta(hours=1)
_OVER = "This link was used before or is over. Please ask for a new one."
_OUTBOX = ThreadPoolExecutor(max_workers=1, thread_name_prefix="needlewise-outbox")
_log = logging.getLogger("needlewise.resetting")


def ask_for_reset(app: App, *, email: str) -> None:
    """Send a link to whoever has this e-mail address; one is not told whether anyone has. Raises Refusal."""
    if not mailing.configured(app.settings):
        raise Refusal("This server sends no e-mail. An administrator can give you a link for a new password.")
    email = normal_email(email)[:254]
    person = app.database.write(lambda tx: _may_be_sent(tx, app, email))
    if person is None:
        return
    # Sent behind her back: waiting for it, or hearing that it failed, would say that the address has an account.
    _OUTBOX.submit(_send, app, person)


def _send(app: App, person: Person) -> None:
    link = app.database.write(lambda tx: reset_link(tx, app, person.id, by=person.id))
    try:
        mailing.send(app.settings, to=person.email, subject="A new password for Needlewise", text=_letter(person, link))
    except Refusal:
        _log.exception("a reset link could not be sent")


def reset_link(tx: Connection, app: App, person_id: str, *, by: str) -> str:
    """Make the address under which a person can choose a new password; those made before are void."""
    token, now = new_token(), app.now()
    links.void(tx, Purpose.RESET, now, person_id=person_id)
    reset = Link(digest(token), Purpose.RESET, now, now + RESET_LASTS, person_id=person_id, created_by=by)
    links.add(tx, reset)
    note(tx, app, by, "make reset link", person_id)
    return f"{app.settings.base_url}/reset-password?{urlencode({'token': token})}"


def can_reset(app: App, token: str) -> bool:
    """Say whether a link still holds, without using it."""
    return app.database.read(lambda tx: links.valid(tx, digest(token), Purpose.RESET, app.now())) is not None


def reset_password(app: App, token: str, password: str) -> str:
    """Set a new password, sign out everywhere, and give a ticket for `signing_in.redeem`. Raises Refusal."""
    person = app.database.read(lambda tx: _whose(tx, app, token))
    fresh = passwords.hashed(password, person.email)

    def change(tx: Connection) -> str:
        if links.use(tx, digest(token), Purpose.RESET, app.now()) is None:
            raise Refusal(_OVER)
        people.set_password(tx, person.id, fresh)
        sessions.end_all(tx, person.id, app.now())
        note(tx, app, person.id, "reset password", person.id)
        return ticket_for(tx, app, person.id)

    return app.database.write(change)


def _whose(tx: Connection, app: App, token: str) -> Person:
    link = links.valid(tx, digest(token), Purpose.RESET, app.now())
    if link is None or link.person_id is None:
        raise Refusal(_OVER)
    person = people.get(tx, link.person_id)
    if person.disabled_at:
        raise Refusal("This account is disabled. An administrator can open it again.")
    return person


def _may_be_sent(tx: Connection, app: App, email: str) -> Person | None:
    """Give whom to write to, unless she was written to often just now; asking counts, whoever it is about."""
    asked = f"reset:{email}"
    so_far = sign_ins.failures_of_email(tx, app.now() - ASKED_WITHIN, asked)
    if so_far.count >= ASKED_AT_MOST:
        return None
    sign_ins.add(tx, row_id=app.new_id(), email=asked, address="", at=app.now())
    person = people.by_email(tx, email)
    return person if person and not person.disabled_at else None


def _letter(person: Person, link: str) -> str:
    return (
        f"Hello {person.name},\n\n"
        "someone asked for a new password for your Needlewise account.\n"
        "If it was you, open this address within a day:\n\n"
        f"{link}\n\n"
        "If it was not you, there is nothing to do: your password stays as it is.\n"
    )
