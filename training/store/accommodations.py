"""Extra time, granted to a person and kept apart from her results; the last grant holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from training.store.tables import accommodations


@dataclass(frozen=True, slots=True)
class Accommodation:
    """One grant: time is multiplied by `factor`, 1 takes an earlier grant back."""

    factor: float
    reason: str
    granted_by: str
    at: datetime


def add(tx: Connection, *, row_id: str, person: str, grant: Accommodation) -> None:
    """Keep a grant."""
    row = {"id": row_id, "person_id": person, "factor": grant.factor, "reason": grant.reason,
           "granted_by": grant.granted_by, "at": grant.at}  # fmt: skip
    tx.execute(insert(accommodations), row)


def of_person(tx: Connection, person: str) -> list[Accommodation]:
    """Give a person's grants, oldest first."""
    rows = tx.execute(_OF, {"of": person})
    return [Accommodation(row.factor, row.reason, row.granted_by, row.at) for row in rows]


_OF = (
    select(accommodations)
    .where(accommodations.c.person_id == bindparam("of"))
    .order_by(accommodations.c.at, accommodations.c.id)
)
