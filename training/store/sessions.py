"""Sessions: who is signed in where, under the SHA-256 of a token that only the browser knows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from training.core.permission import Role
from training.store.tables import people, person_roles, sessions


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that lasts; `ended_at` where it was ended before its time."""

    token_hash: str
    person_id: str
    created_at: datetime
    expires_at: datetime
    last_seen: datetime
    user_agent: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds, with the person and the roles she has at this moment."""

    person_id: str
    name: str
    created_at: datetime
    last_seen: datetime
    roles: frozenset[Role]


def add(tx: Connection, session: Session) -> None:
    """Begin a session."""
    tx.execute(
        insert(sessions),
        {
            "token_hash": session.token_hash, "person_id": session.person_id, "created_at": session.created_at,
            "expires_at": session.expires_at, "last_seen": session.last_seen, "user_agent": session.user_agent,
        },
    )  # fmt: skip


def signed_in(tx: Connection, token_hash: str, now: datetime) -> SignedIn | None:
    """Give who is signed in by this token; None where it is unknown, over, ended, or the account is shut."""
    rows = tx.execute(_SIGNED_IN, {"token_hash": token_hash, "now": now}).all()
    if not rows:
        return None
    first = rows[0]
    roles = frozenset(Role(row.role) for row in rows if row.role)
    return SignedIn(first.person_id, first.name, first.created_at, first.last_seen, roles)


def known(tx: Connection, token_hash: str) -> bool:
    """Say whether there ever was such a session, ended or not."""
    return tx.scalar(select(sessions.c.token_hash).where(sessions.c.token_hash == token_hash)) is not None


def seen(tx: Connection, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
    """Note that a session was used, and until when it holds from now on."""
    tx.execute(update(sessions).where(_is(token_hash)).values(last_seen=now, expires_at=expires_at))


def end(tx: Connection, token_hash: str, at: datetime) -> str | None:
    """End one session; gives whose it was, None where none was running."""
    running = sessions.c.ended_at.is_(None) & _is(token_hash)
    person: str | None = tx.scalar(select(sessions.c.person_id).where(running))
    if person:
        tx.execute(update(sessions).where(running).values(ended_at=at))
    return person


def end_all(tx: Connection, person_id: str, at: datetime, *, but: str = "") -> int:
    """End a person's sessions everywhere, but for the one with the hash `but`; gives how many."""
    running = (sessions.c.person_id == person_id) & sessions.c.ended_at.is_(None) & (sessions.c.token_hash != but)
    return tx.execute(update(sessions).where(running, sessions.c.expires_at > at).values(ended_at=at)).rowcount


def of_person(tx: Connection, person_id: str, now: datetime) -> list[Session]:
    """List a person's running sessions, the latest seen first."""
    running = (sessions.c.person_id == person_id) & sessions.c.ended_at.is_(None) & (sessions.c.expires_at > now)
    rows = tx.execute(select(sessions).where(running).order_by(sessions.c.last_seen.desc()))
    return [Session(*row) for row in rows]


def forget(tx: Connection, before: datetime) -> int:
    """Delete sessions that were over before a moment; gives how many."""
    return tx.execute(delete(sessions).where(sessions.c.expires_at < before)).rowcount


def _is(token_hash: str) -> ColumnElement[bool]:
    return sessions.c.token_hash == token_hash


_SIGNED_IN = (
    select(sessions.c.person_id, people.c.name, sessions.c.created_at, sessions.c.last_seen, person_roles.c.role)
    .join_from(sessions, people, sessions.c.person_id == people.c.id)
    .join(person_roles, person_roles.c.person_id == people.c.id, isouter=True)
    .where(
        sessions.c.token_hash == bindparam("token_hash"),
        sessions.c.ended_at.is_(None),
        sessions.c.expires_at > bindparam("now"),
        people.c.disabled_at.is_(None),
    )
)
