"""Reading the sums that reports are made from, and the answers themselves where a model needs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Connection, Row, Select, Text, cast, func, select

from training.core.blueprint import Mode
from training.store.item_tables import item_questions
from training.store.results import Choice, narrowed
from training.store.sum_tables import counted, item_counts, item_sums, score_counts, score_sums
from training.store.sums import Kind
from training.store.tables import outcomes, results

PAGE = 20_000
"""Answers fetched at a time when all of them are read."""


ITEM_BY, KIND_BY, PLACE_BY = 2**32, 2**28, 2**12
"""One number names a count: by these its item, kind and place are multiplied; months have 16 bits, choices 12."""

Numbers = NDArray[np.int64]


class Cells(NamedTuple):
    """How many answers to an item fell in each place, and their points, as columns; `kind` is that of `sums.Kind`."""

    item: Numbers
    kind: Numbers
    place: Numbers
    choice: Numbers
    n: Numbers
    points: Numbers


@dataclass(frozen=True, slots=True)
class Of:
    """Which items: those of a quiz, or the versions of one item in every quiz."""

    mode: Mode
    programme: str = ""
    item_id: str = ""


@dataclass(frozen=True, slots=True)
class Fresh:
    """How many attempts are in the sums, of how many that were handed in, and when the last was added."""

    counted: int
    finished: int
    at: datetime | None


def item_rows(tx: Connection, of: Of) -> Sequence[Row[Any]]:
    """Give the sums of items in the order of their ids."""
    return tx.execute(_narrow(select(item_sums), of).order_by(item_sums.c.id)).all()


def known_digests(tx: Connection, choice: Choice) -> Sequence[str]:
    """List the questions of a quiz that have sums, in the order in which `item_rows` gives them."""
    of = (item_sums.c.programme == choice.programme) & (item_sums.c.mode == choice.mode)
    return tx.scalars(select(item_sums.c.digest).where(of).order_by(item_sums.c.id)).all()


def cells(tx: Connection, of: Of) -> Cells:
    """Give the counts of the same items.

    The database writes the rows of each item into one text of numbers: to fetch a hundred thousand rows one by one
    would take longer than to add up the million answers behind them.
    """
    each = item_counts.c
    key = cast(each.item, BigInteger) * ITEM_BY + each.kind * KIND_BY + each.place * PLACE_BY + each.choice + 1
    said = cast(key, Text) + "," + cast(each.n, Text) + "," + cast(each.points, Text)
    wanted = select(func.aggregate_strings(said, ",")).join_from(item_counts, item_sums).group_by(each.item)
    texts = tx.scalars(_narrow(wanted, of)).all()
    numbers = np.fromstring(",".join(texts), dtype=np.int64, sep=",") if texts else np.zeros(0, np.int64)
    keys, n, points = numbers.reshape(-1, 3).T
    parts = keys // ITEM_BY, keys % ITEM_BY // KIND_BY, keys % KIND_BY // PLACE_BY, keys % PLACE_BY - 1
    return Cells(*parts, n, points)


def months(tx: Connection, mode: Mode) -> Sequence[Row[Any]]:
    """Add up all items of the mode by month, which is `place`."""
    n, points = (cast(func.sum(item_counts.c[name]), BigInteger).label(name) for name in ("n", "points"))
    wanted = (
        select(item_counts.c.place, n, points)
        .join_from(item_counts, item_sums)
        .where(item_counts.c.kind == Kind.MONTH)
        .group_by(item_counts.c.place)
    )
    return tx.execute(_narrow(wanted, Of(mode))).all()


def versions_of(tx: Connection, of: Of) -> dict[str, str]:
    """Say from which item's version each question was made, the latest where there are several."""
    wanted = select(item_questions.c.question, item_questions.c.version).join(
        item_sums, item_sums.c.digest == item_questions.c.question
    )
    rows = tx.execute(_narrow(wanted, of).order_by(item_questions.c.first_at, item_questions.c.version))
    return {row.question: row.version for row in rows}


def score_rows(tx: Connection, programme: str, mode: Mode) -> Sequence[Row[Any]]:
    """Give the sums of scores of a quiz."""
    of = (score_sums.c.programme == programme) & (score_sums.c.mode == mode.value)
    return tx.execute(select(score_sums).where(of).order_by(*score_sums.primary_key)).all()


def decision_rows(tx: Connection, programme: str, mode: Mode) -> Sequence[Row[Any]]:
    """Give how many attempts at a quiz reached which percent, and were decided how."""
    of = (score_counts.c.programme == programme) & (score_counts.c.mode == mode.value)
    return tx.execute(select(score_counts).where(of).order_by(*score_counts.primary_key)).all()


def learners(tx: Connection, programme: str, mode: Mode) -> dict[tuple[str, str, int], int]:
    """Count the learners behind the scores, by version, paper and year."""
    key = (counted.c.version, counted.c.form, counted.c.year)
    rows = tx.execute(
        select(*key, func.count(results.c.learner.distinct()))
        .join_from(results, counted, counted.c.attempt_id == results.c.attempt_id)
        .where(results.c.programme == programme, results.c.mode == mode.value)
        .group_by(*key)
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def all_learners(tx: Connection, programme: str, mode: Mode) -> int:
    """Count the learners who ever handed the quiz in."""
    of = (results.c.programme == programme) & (results.c.mode == mode.value)
    return tx.scalars(select(func.count(results.c.learner.distinct())).where(of)).one()


def quizzes(tx: Connection) -> list[tuple[str, Mode, int]]:
    """List the quizzes that have sums, with their mode and how many attempts are in them."""
    rows = tx.execute(
        select(score_counts.c.programme, score_counts.c.mode, func.sum(score_counts.c.n))
        .group_by(score_counts.c.programme, score_counts.c.mode)
        .order_by(score_counts.c.programme, score_counts.c.mode)
    )
    return [(row[0], Mode(row[1]), int(row[2])) for row in rows]


def fresh(tx: Connection) -> Fresh:
    """Say how far the sums are."""
    n, at = tx.execute(select(func.count(), func.max(counted.c.at)).select_from(counted)).one()
    return Fresh(n, tx.scalars(select(func.count()).select_from(results)).one(), at)


def answers(tx: Connection, choice: Choice) -> Iterator[Sequence[Any]]:
    """Give all answers of the attempts chosen in pages: attempt, question, fraction. In practice those given."""
    wanted = select(outcomes.c.attempt_id, outcomes.c.digest, outcomes.c.fraction).join_from(
        outcomes, results, outcomes.c.attempt_id == results.c.attempt_id
    )
    if choice.mode is Mode.PRACTICE:
        wanted = wanted.where(outcomes.c.response.is_not(None))
    yield from tx.execute(narrowed(wanted, choice), execution_options={"yield_per": PAGE}).partitions()


def learner_of(tx: Connection, choice: Choice) -> dict[str, str]:
    """Say whose each of the attempts chosen was, the one handed in first before the others."""
    wanted = narrowed(select(results.c.attempt_id, results.c.learner), choice)
    return {row[0]: row[1] for row in tx.execute(wanted.order_by(results.c.submitted_at, results.c.attempt_id))}


def _narrow(wanted: Select[Any], of: Of) -> Select[Any]:
    wanted = wanted.where(item_sums.c.mode == of.mode.value)
    if of.programme:
        wanted = wanted.where(item_sums.c.programme == of.programme)
    if of.item_id:
        wanted = wanted.where(item_sums.c.item_id == of.item_id)
    return wanted
