"""Many finished attempts at once, for proving and counting: a page of them costs four statements."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from training.core.attempt import Attempt
from training.store import codec
from training.store.attempts import read_questions
from training.store.tables import attempt_events, attempt_records, attempts, results

Shown = tuple[float, float, float, bool | None]
"""What pages and certificates go by: points, the most there are, percent, and whether it is a pass."""


def finished_ids(tx: Connection) -> list[str]:
    """List the attempts that were handed in, in order of their ids: what has a result, and what was ever marked."""
    return sorted({*tx.scalars(select(results.c.attempt_id)), *tx.scalars(select(attempt_records.c.attempt_id))})


def shown(tx: Connection, ids: Sequence[str]) -> dict[str, Shown]:
    """Give the results of some attempts as they are shown."""
    columns = (results.c.points, results.c.max_points, results.c.percent, results.c.passed)
    rows = tx.execute(select(results.c.attempt_id, *columns).where(results.c.attempt_id.in_(ids)))
    return {of: (points, most, percent, passed) for of, points, most, percent, passed in rows}


def page(tx: Connection, ids: Sequence[str]) -> Iterator[Attempt]:
    """Give some attempts with all their events, in the order of their ids."""
    rows = tx.execute(select(attempts).where(attempts.c.id.in_(ids)).order_by(attempts.c.id)).all()
    stored = {row.id: codec.load_form(row.form) for row in rows}
    digests = frozenset[str]().union(*(form.digests for form in stored.values()))
    known = codec.remembered_questions(digests)
    missing = digests - known.keys()
    known |= read_questions(tx, missing) if missing else {}
    bodies = _bodies(tx, ids)
    for row in rows:
        form = stored[row.id].form(known)
        yield Attempt(row.id, row.learner, form, row.started_at, codec.load_events(bodies[row.id]))


def _bodies(tx: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    wanted = (
        select(attempt_events.c.attempt_id, attempt_events.c.body)
        .where(attempt_events.c.attempt_id.in_(ids))
        .order_by(attempt_events.c.attempt_id, attempt_events.c.seq)
    )
    for attempt_id, body in tx.execute(wanted).all():
        found[attempt_id].append(body)
    return found
