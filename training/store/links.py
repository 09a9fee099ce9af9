"""One-time links: sign-in tickets, password resets, invitations, the first administrator; stored as SHA-256 only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from training.core.permission import Role
from training.store.tables import links


class Purpose(StrEnum):
    """What a link is good for; it opens nothing else."""

    TICKET = "ticket"
    RESET = "reset"
    INVITATION = "invitation"
    FIRST_ADMINISTRATOR = "first_administrator"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as stored: for whom it is, and what it brings with it."""

    token_hash: str
    purpose: Purpose
    created_at: datetime
    expires_at: datetime
    person_id: str | None = None
    email: str | None = None
    role: Role | None = None
    cohort_id: str | None = None
    created_by: str = ""
    used_at: datetime | None = None


def add(tx: Connection, link: Link) -> None:
    """Keep a new link."""
    tx.execute(
        insert(links),
        {
            "token_hash": link.token_hash, "purpose": link.purpose.value, "person_id": link.person_id,
            "email": link.email, "role": link.role.value if link.role else None, "cohort_id": link.cohort_id,
            "created_at": link.created_at, "created_by": link.created_by, "expires_at": link.expires_at,
        },
    )  # fmt: skip


def valid(tx: Connection, token_hash: str, purpose: Purpose, now: datetime) -> Link | None:
    """Give the link where it can still be used for this."""
    row = tx.execute(select(links).where(_usable(token_hash, purpose, now))).one_or_none()
    if row is None:
        return None
    return Link(
        row.token_hash, Purpose(row.purpose), row.created_at, row.expires_at, row.person_id, row.email,
        Role(row.role) if row.role else None, row.cohort_id, row.created_by, row.used_at,
    )  # fmt: skip


def use(tx: Connection, token_hash: str, purpose: Purpose, now: datetime) -> Link | None:
    """Use a link up and give it; None where it is unknown, used, over, or for something else."""
    link = valid(tx, token_hash, purpose, now)
    if link is None:
        return None
    # The condition stands in the UPDATE too, so that of two who hold the same link only one gets it.
    taken = tx.execute(update(links).where(_usable(token_hash, purpose, now)).values(used_at=now)).rowcount
    return link if taken == 1 else None


def void(tx: Connection, purpose: Purpose, at: datetime, *, person_id: str | None = None) -> int:
    """Use up every open link of a purpose, of one person or of all; gives how many."""
    open_ones = (links.c.purpose == purpose.value) & links.c.used_at.is_(None)
    if person_id is not None:
        open_ones &= links.c.person_id == person_id
    return tx.execute(update(links).where(open_ones).values(used_at=at)).rowcount


def forget(tx: Connection, before: datetime) -> int:
    """Delete links that were over before a moment; gives how many."""
    return tx.execute(delete(links).where(links.c.expires_at < before)).rowcount


def _usable(token_hash: str, purpose: Purpose, now: datetime) -> ColumnElement[bool]:
    return (
        (links.c.token_hash == token_hash)
        & (links.c.purpose == purpose.value)
        & links.c.used_at.is_(None)
        & (links.c.expires_at > now)
    )
