"""Who did what to whom: rows that are only ever added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from training.store.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: `actor` did `action` to `subject`; `detail` says more in words, never a secret."""

    id: str
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str = ""


def add(tx: Connection, entry: Entry) -> None:
    """Write down what was done, in the transaction that does it."""
    tx.execute(
        insert(audit),
        {
            "id": entry.id, "at": entry.at, "actor": entry.actor, "action": entry.action,
            "subject": entry.subject, "detail": entry.detail,
        },
    )  # fmt: skip


def has(tx: Connection, entry_id: str) -> bool:
    """Say whether an entry was written down."""
    return tx.scalar(select(audit.c.id).where(audit.c.id == entry_id)) is not None


def latest(tx: Connection, n: int) -> list[Entry]:
    """Give the last n entries, the latest first."""
    rows = tx.execute(select(audit).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(n))
    return [Entry(row.id, row.at, row.actor, row.action, row.subject, row.detail) for row in rows]
