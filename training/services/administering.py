"""What an administrator does: people, roles, invitations, cohorts. The shell does the same as OPERATOR."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from training.core.permission import Action, Actor, Role, permit
from training.core.refusal import Refusal
from training.services import mailing, passwords
from training.services.app import App
from training.services.noting import note
from training.services.registering import checked_email, checked_name, invitation_url
from training.services.resetting import reset_link
from training.services.settings import Registration
from training.services.tokens import digest, new_token
from training.store import audit, cohorts, links, people, sessions
from training.store.cohorts import Cohort, Member
from training.store.database import Connection
from training.store.links import Link, Purpose
from training.store.people import Person

OPERATOR = Actor("operator", "Operator at the shell", frozenset({Role.ADMINISTRATOR}))
"""Whoever has the shell of the server has every right on it."""

INVITATION_LASTS = timedelta(days=14)
Entry = audit.Entry
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to invite: an e-mail address where the link is for one person only, a role, a cohort to join."""

    role: Role = Role.LEARNER
    email: str = ""
    cohort_id: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A person as an administrator sees her; nothing here says anything about what she learns."""

    id: str
    email: str
    name: str
    roles: tuple[Role, ...]
    signs_in: str
    created_at: datetime
    disabled_at: datetime | None
    simulated: bool


def accounts(app: App, actor: Actor) -> list[Account]:
    """List everyone by name."""
    permit(actor, Action.MANAGE_PEOPLE)
    return [_account(person) for person in app.database.read(people.every)]


def account(app: App, actor: Actor, person_id: str) -> Account:
    """Give one account. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)
    return _account(app.database.read(lambda tx: people.get(tx, person_id)))


def account_by_email(app: App, actor: Actor, email: str) -> Account:
    """Find an account by its e-mail address. Raises Refusal where there is none."""
    permit(actor, Action.MANAGE_PEOPLE)
    person = app.database.read(lambda tx: people.by_email(tx, email))
    if person is None:
        raise Refusal(f"There is no account with the e-mail address {email}.")
    return _account(person)


def running_sessions(app: App, actor: Actor, person_id: str) -> list[sessions.Session]:
    """List where a person is signed in, the latest seen first."""
    permit(actor, Action.MANAGE_PEOPLE)
    return app.database.read(lambda tx: sessions.of_person(tx, person_id, app.now()))


def add_person(
    app: App, actor: Actor, *, name: str, email: str, role: Role = Role.LEARNER, password: str | None = None
) -> str:
    """Make an account and give its id; without a password the person chooses one by a reset link. Raises Refusal."""
    permit(actor, Action.MANAGE_PEOPLE)
    person_id, name, email = app.new_id(), checked_name(name), checked_email(email)
    password_hash = None if password is None else passwords.hashed(password, email)

    def add(tx: Connection) -> str:
        if people.by_email(tx, email):
            raise Refusal(f"There is an account with the e-mail address {email} already.")
        people.add(tx, person_id=person_id, email=email, name=name, at=app.now(), password_hash=password_hash)
        note(tx, app, actor.id, "add person", person_id, email)
        _grant(tx, app, actor, person_id, role)
        return person_id

    return app.database.write(add)


def set_password(app: App, actor: Actor, person_id: str, password: str) -> None:
    """Set a person's password and end her sessions. Raises Refusal."""
    permit(actor, Action.MANAGE_PEOPLE)
    person = app.database.read(lambda tx: people.get(tx, person_id))
    fresh = passwords.hashed(password, person.email)

    def change(tx: Connection) -> None:
        people.set_password(tx, person_id, fresh)
        sessions.end_all(tx, person_id, app.now())
        note(tx, app, actor.id, "set password", person_id)

    app.database.write(change)


def grant(app: App, actor: Actor, person_id: str, role: Role) -> None:
    """Give a person a role; holding it already changes nothing. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)
    _on_person(app, person_id, lambda tx: _grant(tx, app, actor, person_id, role))


def withdraw(app: App, actor: Actor, person_id: str, role: Role) -> None:
    """Take a role away; never that of the last administrator. Raises NotFound or Refusal."""
    permit(actor, Action.MANAGE_PEOPLE)

    def take(tx: Connection) -> None:
        if role is Role.ADMINISTRATOR:
            _must_not_be_last(tx, person_id)
        if people.withdraw(tx, person=person_id, role=role):
            note(tx, app, actor.id, "withdraw role", person_id, role)

    _on_person(app, person_id, take)


def disable(app: App, actor: Actor, person_id: str) -> None:
    """Shut an account and end its sessions; what the person did stays. Raises NotFound or Refusal."""
    permit(actor, Action.MANAGE_PEOPLE)

    def shut(tx: Connection) -> None:
        _must_not_be_last(tx, person_id)
        people.set_disabled(tx, person_id, app.now())
        sessions.end_all(tx, person_id, app.now())
        links.void(tx, Purpose.TICKET, app.now(), person_id=person_id)
        links.void(tx, Purpose.RESET, app.now(), person_id=person_id)
        note(tx, app, actor.id, "disable", person_id)

    _on_person(app, person_id, shut)


def enable(app: App, actor: Actor, person_id: str) -> None:
    """Open a shut account again. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)

    def unshut(tx: Connection) -> None:
        people.set_disabled(tx, person_id, None)
        note(tx, app, actor.id, "enable", person_id)

    _on_person(app, person_id, unshut)


def end_sessions(app: App, actor: Actor, person_id: str) -> int:
    """Sign a person out everywhere at once; gives of how many sessions. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)

    def end(tx: Connection) -> int:
        ended = sessions.end_all(tx, person_id, app.now())
        note(tx, app, actor.id, "end sessions", person_id, str(ended))
        return ended

    return _on_person(app, person_id, end)


def make_reset_link(app: App, actor: Actor, person_id: str) -> str:
    """Make the one-time address under which a person chooses a new password, to be handed to her. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)
    return _on_person(app, person_id, lambda tx: reset_link(tx, app, person_id, by=actor.id))


def invite(app: App, actor: Actor, invitation: Invitation) -> str:
    """Make a one-time address with which someone makes her account in a role; sent where both is possible.

    Raises NotFound for an unknown cohort, Refusal for an e-mail address that cannot be one or where it is closed.
    """
    permit(actor, Action.MANAGE_PEOPLE)
    if app.settings.registration is Registration.CLOSED:
        raise Refusal("Registration is closed. Make the account yourself, and hand out a link for its password.")
    email = checked_email(invitation.email) if invitation.email else ""
    token, now = new_token(), app.now()

    def make(tx: Connection) -> None:
        cohort = cohorts.get(tx, invitation.cohort_id).id if invitation.cohort_id else None
        links.add(
            tx,
            Link(
                digest(token), Purpose.INVITATION, now, now + INVITATION_LASTS,
                email=email or None, role=invitation.role, cohort_id=cohort, created_by=actor.id,
            ),
        )  # fmt: skip
        note(tx, app, actor.id, "invite", email or "anyone with the link", invitation.role)

    app.database.write(make)
    url = invitation_url(app.settings.base_url, token)
    if email and mailing.configured(app.settings):
        text = f"Hello,\n\n{actor.name} invites you to Needlewise. Make your account within two weeks here:\n\n{url}\n"
        mailing.send(app.settings, to=email, subject="Your invitation to Needlewise", text=text)
    return url


def all_cohorts(app: App, actor: Actor) -> list[Cohort]:
    """List the cohorts by title."""
    permit(actor, Action.MANAGE_PEOPLE)
    return app.database.read(cohorts.every)


def cohort_members(app: App, actor: Actor, cohort_id: str) -> list[Member]:
    """List the people of a cohort by name."""
    permit(actor, Action.MANAGE_PEOPLE)
    return app.database.read(lambda tx: cohorts.members(tx, cohort_id))


def make_cohort(app: App, actor: Actor, title: str) -> str:
    """Make a cohort and give its id. Raises Refusal where the title is empty or taken."""
    permit(actor, Action.MANAGE_PEOPLE)
    cohort_id, title = app.new_id(), checked_name(title)

    def make(tx: Connection) -> str:
        cohorts.add(tx, cohort_id=cohort_id, title=title, at=app.now())
        note(tx, app, actor.id, "make cohort", cohort_id, title)
        return cohort_id

    return app.database.write(make)


def join_cohort(app: App, actor: Actor, cohort_id: str, person_id: str) -> None:
    """Put a person into a cohort; doing it again changes nothing. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)

    def join(tx: Connection) -> None:
        cohorts.join(tx, cohort_id=cohort_id, person=person_id, at=app.now())
        note(tx, app, actor.id, "join cohort", person_id, cohort_id)

    _on_person(app, person_id, join)


def leave_cohort(app: App, actor: Actor, cohort_id: str, person_id: str) -> None:
    """Take a person out of a cohort; what she did stays. Raises NotFound."""
    permit(actor, Action.MANAGE_PEOPLE)

    def leave(tx: Connection) -> None:
        cohorts.leave(tx, cohort_id=cohort_id, person=person_id)
        note(tx, app, actor.id, "leave cohort", person_id, cohort_id)

    _on_person(app, person_id, leave)


def latest_entries(app: App, actor: Actor, n: int = 50) -> list[Entry]:
    """Give the last things done to people, the latest first."""
    permit(actor, Action.MANAGE_PEOPLE)
    return app.database.read(lambda tx: audit.latest(tx, n))


def _account(person: Person) -> Account:
    ways = [person.issuer, "password" if person.password_hash else ""]
    return Account(
        person.id, person.email, person.name, tuple(role for role in Role if role in person.roles),
        " and ".join(filter(None, ways)) or "not yet", person.created_at, person.disabled_at, person.simulated,
    )  # fmt: skip


def _on_person(app: App, person_id: str, work: Callable[[Connection], T]) -> T:
    def checked(tx: Connection) -> T:
        people.get(tx, person_id)  # raises NotFound
        return work(tx)

    return app.database.write(checked)


def _grant(tx: Connection, app: App, actor: Actor, person_id: str, role: Role) -> None:
    if people.grant(tx, person=person_id, role=role, at=app.now(), by=actor.id):
        note(tx, app, actor.id, "grant role", person_id, role)


def _must_not_be_last(tx: Connection, person_id: str) -> None:
    if people.holders(tx, Role.ADMINISTRATOR) == {person_id}:
        raise Refusal("This is the last administrator. Make someone else administrator first.")
