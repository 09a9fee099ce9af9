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
    """One response to one delivered question: how often it was given, what it earned on average, and when last.

    `learners` is how many people gave it: one may answer many times in practice.
    """

    digest: str
    value: Value
    n: int
    fraction: float
    last: datetime
    item_id: str
    learners: int


def tallies(tx: Connection, item_ids: Sequence[str]) -> list[Tally]:
    """Count the responses to items, those of the question delivered last at the end."""
    columns = outcomes.c.digest, outcomes.c.item_id, outcomes.c.response
    rows = tx.execute(
        select(*columns, func.count().label("n"), func.avg(outcomes.c.fraction).label("fraction"),
               func.max(outcomes.c.at).label("last"), func.count(outcomes.c.learner.distinct()).label("learners"))
        .where(outcomes.c.item_id.in_(item_ids))
        .group_by(*columns)
        .order_by("last")
    )  # fmt: skip
    return [
        Tally(row.digest, codec.load_value(row.response), row.n, row.fraction, row.last, row.item_id, row.learners)
        for row in rows
    ]


def learners(tx: Connection, item_ids: Sequence[str]) -> dict[str, int]:
    """Count the people who were asked each delivered question of these items; "" gives those who were asked any."""
    wanted = select(outcomes.c.digest, func.count(outcomes.c.learner.distinct())).where(
        outcomes.c.item_id.in_(item_ids)
    )
    found = {row[0]: row[1] for row in tx.execute(wanted.group_by(outcomes.c.digest))}
    anyone = select(func.count(outcomes.c.learner.distinct())).where(outcomes.c.item_id.in_(item_ids))
    return {**found, "": tx.scalar(anyone) or 0}
