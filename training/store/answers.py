"""How an item was answered, counted from the outcomes by the question as it was delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from training.core.interaction import Value
from training.store import codec
from training.store.tables import outcomes


@dataclass(frozen=True, slots=True)
class Tally:
    """One response to one delivered question: how many gave it, what it earned on average, and when last."""

    digest: str
    value: Value
    n: int
    fraction: float
    last: datetime


def tallies(tx: Connection, item_ids: Sequence[str]) -> list[Tally]:
    """Count the responses to items, those of the question delivered last at the end."""
    columns = outcomes.c.digest, outcomes.c.response
    rows = tx.execute(
        select(*columns, func.count().label("n"), func.avg(outcomes.c.fraction).label("fraction"),
               func.max(outcomes.c.at).label("last"))
        .where(outcomes.c.item_id.in_(item_ids))
        .group_by(*columns)
        .order_by("last")
    )  # fmt: skip
    return [Tally(row.digest, codec.load_value(row.response), row.n, row.fraction, row.last) for row in rows]
