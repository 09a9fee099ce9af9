"""The answers themselves, for an analysis of any part of them: read page by page, equal answers together.

A bare scan groups answers in the database; to fetch them one by one would take several times as long. So the database
puts equal answers of a page together, and writes whose they are, and how they came, into one text with a sign for each.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, cast, extract, func, literal, select, text

from training.core.blueprint import Mode
from training.core.certainty import DEGREES
from training.core.tally import TIMES
from training.store.item_tables import item_questions
from training.store.results import Choice, narrowed
from training.store.tables import outcomes, results

TOGETHER = 3_250
"""Attempts in one page: what is in memory at once does not grow with the answers, and there are signs for so many."""

ASKED_TOGETHER = 400

FIRST_SIGN, SURE = 0xE000, 1 + len(DEGREES)
"""The sign of the first attempt of a page where time and certainty are not known: from here on no number is barred from
being a character. Certainty counts on fastest, from none to high, then the class of the time, then the attempt."""

GIVEN = SURE * (1 + TIMES)
"""Signs that an attempt takes."""

SEPARATOR = "\x1f"
"""Stands between ids that are handed over as one text, and in no id."""

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
    """Equal answers of a page, column by column: questions, responses as JSON, fractions, the most points there were.

    `signs` has one for each attempt that says its number in the page, and its time and certainty.
    """

    digests: tuple[str, ...]
    responses: tuple[str | None, ...]
    fractions: tuple[float, ...]
    max_points: tuple[float, ...]
    signs: tuple[str, ...]


def chosen(tx: Connection, choice: Choice) -> Some:
    """Say which attempts are chosen."""
    wanted = select(results.c.attempt_id, _month(tx.dialect.name), results.c.learner)
    rows = tx.execute(narrowed(wanted, choice).order_by(results.c.attempt_id)).all()
    return Some(tuple(row[0] for row in rows), tuple(row[1] for row in rows), len({row[2] for row in rows}))


def pages(tx: Connection, choice: Choice, some: Some) -> Iterator[tuple[int, Same]]:
    """Give the answers of the attempts chosen, page by page, with the number of the page's first attempt.

    In practice only those that were given.
    """
    for first in range(0, len(some.ids), TOGETHER):
        wanted = _wanted(tx.dialect.name, some.ids[first : first + TOGETHER])
        if choice.mode is Mode.PRACTICE:
            wanted = wanted.where(outcomes.c.response.is_not(None))
        for setting in () if tx.dialect.name == "sqlite" else TUNED:
            tx.execute(setting)
        rows = tx.execute(wanted).all()
        if rows:
            yield first, Same(*zip(*rows, strict=True))


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
    first = cast(some.c.number, Integer) * GIVEN + (
        FIRST_SIGN if lite else FIRST_SIGN - GIVEN
    )  # ordinality begins at 1
    given = func.coalesce((each.time + 1) * SURE, 0) + func.coalesce(each.sure + 1, 0)
    sign = (func.char if lite else func.chr)(first + given)
    key = each.digest, each.response, each.fraction, each.max_points
    signs = func.aggregate_strings(sign, "")
    return select(*key, signs).join_from(some, outcomes, each.attempt_id == some.c.attempt_id).group_by(*key)


def _lite(ids: Sequence[str]) -> Any:
    listed = func.json_each(json.dumps(ids)).table_valued("key", "value")
    return select(listed.c.key.label("number"), listed.c.value.label("attempt_id")).subquery()


def _heavy(ids: Sequence[str]) -> Any:
    # One text: the driver would quote each of the ids, which takes it longer than the database takes to part them.
    listed = func.unnest(func.string_to_array(literal(SEPARATOR.join(ids)), SEPARATOR))
    return listed.table_valued("attempt_id", with_ordinality="number", name="some").render_derived()


def _month(dialect: str) -> ColumnElement[int]:
    """Number the month of a hand-in as `core.tally` does; PostgreSQL would take that of the session's time zone."""
    at = results.c.submitted_at if dialect == "sqlite" else func.timezone("UTC", results.c.submitted_at)
    return cast(extract("year", at) * 12 + extract("month", at) - 1, Integer)
