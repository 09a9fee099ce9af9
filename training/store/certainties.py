"""How sure learners said they were, of the answers of results chosen."""

from sqlalchemy import Connection, func, select

from training.core.certainty import DEGREES, Certainty
from training.store.results import Choice, narrowed
from training.store.tables import outcomes, results


def counted(tx: Connection, choice: Choice) -> dict[str, dict[Certainty | None, int]]:
    """Count the answers of each attempt chosen by how sure the learner said she was, where the quiz asked."""
    rows = select(outcomes.c.attempt_id, outcomes.c.sure, func.count()).join_from(
        outcomes, results, outcomes.c.attempt_id == results.c.attempt_id
    )
    asked = narrowed(rows, choice).where(outcomes.c.sure.is_not(None))
    found: dict[str, dict[Certainty | None, int]] = {}
    for attempt_id, sure, n in tx.execute(asked.group_by(outcomes.c.attempt_id, outcomes.c.sure)):
        found.setdefault(attempt_id, {})[DEGREES[sure]] = n
    return found
