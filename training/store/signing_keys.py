"""The public keys that certificates were signed with, in the order they were taken into use."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from training.store.certificate_tables import signing_keys


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A public key, since when, and the word of the key before it."""

    key: str
    since: str
    endorsed_by: str
    endorsement: str


def add(tx: Connection, row: KeyRow) -> None:
    """Take a key into use."""
    seq = tx.scalar(select(func.max(signing_keys.c.seq))) or 0
    tx.execute(
        insert(signing_keys),
        {"seq": seq + 1, "key": row.key, "since": row.since, "endorsed_by": row.endorsed_by,
         "endorsement": row.endorsement},
    )  # fmt: skip


def every(tx: Connection) -> tuple[KeyRow, ...]:
    """Give all keys, oldest first."""
    rows = tx.execute(select(signing_keys).order_by(signing_keys.c.seq))
    return tuple(KeyRow(row.key, row.since, row.endorsed_by, row.endorsement) for row in rows)
