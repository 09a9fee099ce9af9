"""The answers themselves, for an analysis of any part of them: read page by page, equal answers together.

A bare scan groups answers in the database; to fetch them one by one would take several times as long. So the database
puts equal answers of a page together, and writes whose they are into one text with a sign for each.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Select, Text, cast, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from training.core.blueprint import Mode
from training.core.tally import month_of
from training.store.item_tables import item_questions
from training.store.results import Choice, narrowed
from training.store.tables import outcomes, results

TOGETHER = 5_000
"""Attempts in one page: what is in memory at once does not grow with the answers."""

ASKED_TOGETHER = 400

FIRST_SIGN, SURE = 33, 5
"""The sign of the first attempt of a page; and of an answer whose time and certainty are not known. Certainty counts on
fastest, from none to high, so SURE signs stand for a class of times."""

TUNED = tuple(
    text(f"SET LOCAL {each}") for each in ("work_mem = '64MB'", "jit = off", "max_parallel_workers_per_gather = 0")
)
"""PostgreSQL's way with a page: together in memory, by the index. Compiling costs more than it saves for what runs for
moments, and several processes would each walk through all answers."""


@dataclass(frozen=True, slots=True)
class Some:
    """Attempts chosen, in the order of their ids: the month of each, and how many learners they are of."""

    ids: tuple[str, ...]
    months: tuple[int, ...]
    learners: int


class Same(NamedTuple):
    """Equal answers of a page: the question, the response as JSON, its fraction, and the most points there were.

    `who` has a sign for each attempt, counted from FIRST_SIGN on; `given` one for its time and certainty.
    """

    digest: str
    response: str | None
    fraction: float
    max_points: float
    who: str
    given: str


def chosen(tx: Connection, choice: Choice) -> Some:
    """Say which attempts are chosen."""
    wanted = select(results.c.attempt_id, results.c.submitted_at, results.c.learner)
    rows = tx.execute(narrowed(wanted, choice).order_by(results.c.attempt_id)).all()
    return Some(tuple(row[0] for row in rows), _months([row[1] for row in rows]), len({row[2] for row in rows}))


def pages(tx: Connection, choice: Choice, some: Some) -> Iterator[tuple[int, Sequence[Same]]]:
    """Give the answers of the attempts chosen, page by page, with the number of the page's first attempt.

    In practice only those that were given.
    """
    for first in range(0, len(some.ids), TOGETHER):
        wanted = _wanted(tx.dialect.name, some.ids[first : first + TOGETHER])
        if choice.mode is Mode.PRACTICE:
            wanted = wanted.where(outcomes.c.response.is_not(None))
        for setting in () if tx.dialect.name == "sqlite" else TUNED:
            tx.execute(setting)
        yield first, [Same(*row) for row in tx.execute(wanted)]


def versions_of(tx: Connection, digests: Sequence[str]) -> dict[str, str]:
    """Say from which item's version each question was made, the latest where there are several."""
    found: dict[str, str] = {}
    for first in range(0, len(digests), ASKED_TOGETHER):
        some = item_questions.c.question.in_(digests[first : first + ASKED_TOGETHER])
        wanted = select(item_questions.c.question, item_questions.c.version).where(some)
        rows = tx.execute(wanted.order_by(item_questions.c.first_at, item_questions.c.version))
        found |= {row.question: row.version for row in rows}
    return found


def _wanted(dialect: str, ids: Sequence[str]) -> Select[Any]:
    each, lite = outcomes.c, dialect == "sqlite"
    some = _lite(ids) if lite else _heavy(ids)
    sign = func.char if lite else func.chr
    number = cast(some.c.number, Integer) + (FIRST_SIGN if lite else FIRST_SIGN - 1)  # ordinality counts from one
    given = FIRST_SIGN + (func.coalesce(each.time, -1) + 1) * SURE + func.coalesce(each.sure, -1) + 1
    key = each.digest, each.response, each.fraction, each.max_points
    told = (func.aggregate_strings(sign(what), "") for what in (number, given))
    return select(*key, *told).join_from(some, outcomes, each.attempt_id == some.c.attempt_id).group_by(*key)


def _lite(ids: Sequence[str]) -> Any:
    listed = func.json_each(json.dumps(ids)).table_valued("key", "value")
    return select(listed.c.key.label("number"), listed.c.value.label("attempt_id")).subquery()


def _heavy(ids: Sequence[str]) -> Any:
    listed = func.unnest(literal(list(ids), ARRAY(Text)))
    return listed.table_valued("attempt_id", with_ordinality="number", name="some").render_derived()


def _months(moments: Sequence[datetime]) -> tuple[int, ...]:
    known: dict[datetime, int] = {}
    return tuple(known[each] if each in known else known.setdefault(each, month_of(each)) for each in moments)
