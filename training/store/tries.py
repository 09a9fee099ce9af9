"""Earlier tries at a quiz, for the rules on trying again."""

from sqlalchemy import Connection, bindparam, select

from training.core.retake import Try
from training.store import codec
from training.store.tables import attempts, results


def of_learner(tx: Connection, learner: str, programme: str) -> list[tuple[str, Try]]:
    """Give a learner's attempts at a programme with their ids, oldest first, running ones included."""
    return [
        (row.id, Try(row.started_at, row.submitted_at, row.percent, row.passed))
        for row in tx.execute(_OF, {"of": learner, "in": programme})
    ]


def papers(tx: Connection, learner: str, programme: str) -> list[frozenset[str]]:
    """Give the questions of every form a learner began in a programme, by digest."""
    rows = tx.execute(select(attempts.c.form).where(attempts.c.learner == learner, attempts.c.programme == programme))
    return [codec.load_form(row.form).digests for row in rows]


_OF = (
    select(attempts.c.id, attempts.c.started_at, results.c.submitted_at, results.c.percent, results.c.passed)
    .select_from(attempts.outerjoin(results, results.c.attempt_id == attempts.c.id))
    .where(attempts.c.learner == bindparam("of"), attempts.c.programme == bindparam("in"))
    .order_by(attempts.c.started_at, attempts.c.id)
)
