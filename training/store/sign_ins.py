"""Attempts to sign in, so that guessing passwords becomes slow."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from training.store.tables import sign_in_attempts

_REGISTRATION = "(registration)"
"""Stands where an e-mail address would; it cannot be one."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How many attempts failed in a row, and when the last of them was."""

    count: int
    last_at: datetime | None


def add(tx: Connection, *, row_id: str, email: str, address: str, at: datetime) -> None:
    """Note an attempt, as failed until it is said to have succeeded."""
    row = {"id": row_id, "email": email, "address": address, "at": at, "succeeded": False}
    tx.execute(insert(sign_in_attempts), row)


def succeeded(tx: Connection, row_id: str) -> None:
    """Note that an attempt succeeded."""
    tx.execute(update(sign_in_attempts).where(sign_in_attempts.c.id == row_id).values(succeeded=True))


def add_registration(tx: Connection, *, row_id: str, address: str, at: datetime) -> None:
    """Note that someone makes an account; as a success, so that it slows nobody's signing in."""
    row = {"id": row_id, "email": _REGISTRATION, "address": address, "at": at, "succeeded": True}
    tx.execute(insert(sign_in_attempts), row)


def registrations(tx: Connection, since: datetime, address: str) -> int:
    """Count how many made an account, or tried to, from a network address."""
    table = sign_in_attempts
    of = (table.c.at > since) & (table.c.email == _REGISTRATION) & (table.c.address == address)
    return tx.scalar(select(func.count()).where(of)) or 0


def failures_of_email(tx: Connection, since: datetime, email: str, *, address: str | None = None) -> Failures:
    """Count the failures since the last success with an e-mail address, from one network address or from any."""
    table = sign_in_attempts
    of = (table.c.at > since) & (table.c.email == email)
    if address is not None:
        of &= table.c.address == address
    last_success: datetime | None = tx.scalar(select(func.max(table.c.at)).where(of, table.c.succeeded))
    return _count(tx, of & (table.c.at > last_success) if last_success else of)


def failures_of_address(tx: Connection, since: datetime, address: str) -> Failures:
    """Count the failures from a network address; a success there excuses nothing, or an own account would."""
    table = sign_in_attempts
    return _count(tx, (table.c.at > since) & (table.c.address == address))


def _count(tx: Connection, of: ColumnElement[bool]) -> Failures:
    table = sign_in_attempts
    count, last_at = tx.execute(select(func.count(), func.max(table.c.at)).where(of, ~table.c.succeeded)).one()
    return Failures(count, last_at)


def forget(tx: Connection, before: datetime) -> int:
    """Delete attempts made before a moment; gives how many."""
    return tx.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < before)).rowcount
