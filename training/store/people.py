"""People: who has an account, how they prove it, and the roles they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from training.core.permission import Role
from training.core.refusal import NotFound
from training.store.tables import people, person_roles


@dataclass(frozen=True, slots=True)
class Person:
    """An account; `password_hash` is empty where the person signs in elsewhere, `issuer` where she does so here."""

    id: str
    email: str
    name: str
    password_hash: str
    issuer: str
    subject: str
    created_at: datetime
    disabled_at: datetime | None
    simulated: bool
    roles: frozenset[Role]


def add(
    tx: Connection,
    *,
    person_id: str,
    email: str,
    name: str,
    at: datetime,
    password_hash: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
    simulated: bool = False,
) -> None:
    """Make an account without any role. The e-mail is kept in lower case; the database refuses a second one."""
    tx.execute(
        insert(people),
        {
            "id": person_id, "email": normal_email(email), "name": name, "password_hash": password_hash,
            "issuer": issuer, "subject": subject, "created_at": at, "simulated": simulated,
        },
    )  # fmt: skip


def normal_email(email: str) -> str:
    """Write an e-mail address the one way it is stored and compared."""
    return email.strip().lower()


def get(tx: Connection, person_id: str) -> Person:
    """Give one person. Raises NotFound."""
    row = tx.execute(_BY_ID, {"wanted": person_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such account.")
    return _person(row, roles_of(tx, person_id))


def by_email(tx: Connection, email: str) -> Person | None:
    """Find the person with this e-mail address, however it is written."""
    row = tx.execute(_BY_EMAIL, {"wanted": normal_email(email)}).one_or_none()
    return _person(row, roles_of(tx, row.id)) if row else None


def by_subject(tx: Connection, issuer: str, subject: str) -> Person | None:
    """Find the person for whom an identity provider vouches under this name."""
    row = tx.execute(_BY_SUBJECT, {"issuer": issuer, "subject": subject}).one_or_none()
    return _person(row, roles_of(tx, row.id)) if row else None


def every(tx: Connection) -> list[Person]:
    """List everyone by name."""
    roles: dict[str, set[Role]] = {}
    for person_id, role in tx.execute(select(person_roles.c.person_id, person_roles.c.role)):
        roles.setdefault(person_id, set()).add(Role(role))
    rows = tx.execute(select(people).order_by(func.lower(people.c.name), people.c.id))
    return [_person(row, roles.get(row.id, ())) for row in rows]


def names(tx: Connection, person_ids: Iterable[str]) -> dict[str, str]:
    """Say what people are called, by id; whoever is unknown is left out."""
    rows = tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(set(person_ids))))
    return {row.id: row.name for row in rows}


class Namesake(NamedTuple):
    """An account as far as it takes to tell it from others of its name."""

    id: str
    name: str
    email: str


def namesakes(tx: Connection, names: Iterable[str]) -> list[Namesake]:
    """List the accounts that bear one of these names, in capitals or not."""
    wanted = {each for name in names for each in (name, name.lower())}
    bears = people.c.name.in_(wanted) | func.lower(people.c.name).in_(wanted)
    return [Namesake(*row) for row in tx.execute(select(people.c.id, people.c.name, people.c.email).where(bears))]


def emails(tx: Connection, person_ids: Iterable[str]) -> dict[str, str]:
    """Give people's addresses, by id; whoever is unknown is left out."""
    rows = tx.execute(select(people.c.id, people.c.email).where(people.c.id.in_(set(person_ids))))
    return {row.id: row.email for row in rows}


def set_password(tx: Connection, person_id: str, password_hash: str | None) -> None:
    """Replace the hash of a password; with None no password opens the account."""
    tx.execute(update(people).where(people.c.id == person_id).values(password_hash=password_hash))


def set_disabled(tx: Connection, person_id: str, at: datetime | None) -> None:
    """Shut an account from a moment on, or open it again with None."""
    tx.execute(update(people).where(people.c.id == person_id).values(disabled_at=at))


def vouch_for(tx: Connection, person_id: str, *, issuer: str, subject: str) -> None:
    """Tie an account to an identity provider's name for the person."""
    tx.execute(update(people).where(people.c.id == person_id).values(issuer=issuer, subject=subject))


def grant(tx: Connection, *, person: str, role: Role, at: datetime, by: str) -> bool:
    """Give a role; False where the person holds it already."""
    if role in roles_of(tx, person):
        return False
    tx.execute(insert(person_roles), {"person_id": person, "role": role.value, "granted_at": at, "granted_by": by})
    return True


def withdraw(tx: Connection, *, person: str, role: Role) -> bool:
    """Take a role away; False where the person does not hold it."""
    gone = tx.execute(delete(person_roles).where(person_roles.c.person_id == person, person_roles.c.role == role.value))
    return bool(gone.rowcount)


def roles_of(tx: Connection, person_id: str) -> frozenset[Role]:
    """Give the roles a person holds."""
    return frozenset(Role(role) for role in tx.scalars(_ROLES, {"wanted": person_id}))


def granted_by(tx: Connection, person_id: str, by: str) -> frozenset[Role]:
    """Give the roles a person holds because `by` gave them."""
    wanted = select(person_roles.c.role).where(person_roles.c.person_id == person_id, person_roles.c.granted_by == by)
    return frozenset(Role(role) for role in tx.scalars(wanted))


def holders(tx: Connection, role: Role) -> frozenset[str]:
    """Give the ids of those who hold a role and whose account is not shut."""
    return frozenset(tx.scalars(_HOLDERS, {"role": role.value}))


_BY_ID = select(people).where(people.c.id == bindparam("wanted"))
_BY_EMAIL = select(people).where(people.c.email == bindparam("wanted"))
_BY_SUBJECT = select(people).where(people.c.issuer == bindparam("issuer"), people.c.subject == bindparam("subject"))
_ROLES = select(person_roles.c.role).where(person_roles.c.person_id == bindparam("wanted"))
_HOLDERS = (
    select(person_roles.c.person_id)
    .join_from(person_roles, people)
    .where(person_roles.c.role == bindparam("role"), people.c.disabled_at.is_(None))
)


def _person(row: Row[tuple[object, ...]], roles: Iterable[Role]) -> Person:
    return Person(
        row.id, row.email, row.name, row.password_hash or "", row.issuer or "", row.subject or "",
        row.created_at, row.disabled_at, row.simulated, frozenset(roles),
    )  # fmt: skip
