"""Sums over answers and attempts: changed with every marking, read by every report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from training.core.tally import NO_CHOICE, Answer, Part, Tally
from training.store.sum_tables import SUM_TABLES, counted, item_counts, item_sums, score_counts, score_sums

ASKED_TOGETHER = 400
"""Ids in one statement: SQLite takes no more than 999 values in old versions."""

ITEM_SUMS = ("n", "points", "squares", "pairs", "first", "first_squares", "rest", "rest_squares", "cross")
SCORE_SUMS = ("n", "share", "square", "error", "answered", "product")
Key = tuple[Any, ...]
Rows = dict[Key, list[int]]


class Kind(IntEnum):
    """What rows of counts count by."""

    CELL = 0
    MONTH = 1
    TIME = 2
    SURE = 3
    PICKED = 4


class Changes:
    """Tallies added up in memory, some taken away again, to be written in one go."""

    def __init__(self) -> None:
        self.items: Rows = defaultdict(lambda: [0] * len(ITEM_SUMS))
        self.counts: Rows = defaultdict(lambda: [0, 0])
        self.scores: Rows = defaultdict(lambda: [0] * len(SCORE_SUMS))
        self.decisions: Rows = defaultdict(lambda: [0])
        self.names: dict[Key, str] = {}

    def add(self, tally: Tally, sign: int = 1) -> None:
        """Add what an attempt adds, or with -1 take it away."""
        for answer in tally.answers:
            self._answer(tally, answer, sign)
        self._paper(tally, sign)

    def exchange(self, before: Tally, after: Tally) -> None:
        """Put what an attempt adds now in the place of what it added before it was marked again.

        The same as taking one away and adding the other; what a mere regrade leaves alone is not touched twice.
        """
        for old, new in zip(before.answers, after.answers, strict=True):
            item = self._item(after, new)
            rows = zip(self.items[item], _of_item(old), _of_item(new), strict=True)
            self.items[item] = [value + now - was for value, was, now in rows]
            if old.points != new.points or before.band != after.band:
                self._count(item, before, old, -1)
                self._count(item, after, new, 1)
        self._paper(before, -1)
        self._paper(after, 1)

    def _paper(self, tally: Tally, sign: int) -> None:
        paper = (tally.programme, tally.mode.value, tally.version, tally.form, tally.year)
        for part in tally.parts:
            _into(self.scores[(*paper, part.section)], _part(part), sign)
        decision = -1 if tally.passed is None else int(tally.passed)
        _into(self.decisions[(*paper, tally.percent, decision)], (1,), sign)

    def _item(self, tally: Tally, answer: Answer) -> Key:
        item = (tally.programme, tally.mode.value, answer.digest)
        self.names[item] = answer.item_id
        return item

    def _answer(self, tally: Tally, answer: Answer, sign: int) -> None:
        item = self._item(tally, answer)
        _into(self.items[item], _of_item(answer), sign)
        self._count(item, tally, answer, sign)

    def _count(self, item: Key, tally: Tally, answer: Answer, sign: int) -> None:
        points = sign * answer.points
        for key in _counted_by(tally, answer):
            row = self.counts[(item, *key)]
            row[0] += sign
            row[1] += points

    def write(self, tx: Connection) -> None:
        """Change the tables, in the order of their keys, so that two who write at once wait instead of deadlocking."""
        items, counts = _changed(self.items), _changed(self.counts)
        ids = _ids(tx, {key: self.names[key] for key in [*items, *(key[0] for key in counts)]})
        rows = sorted((ids[key], values) for key, values in items.items())
        if rows:
            tx.execute(_ADD_TO_ITEM, [dict(zip(("of", *_BY), (item, *values), strict=True)) for item, values in rows])
        _upsert(tx, item_counts, [((ids[key[0]], *key[1:]), values) for key, values in counts.items()])
        _upsert(tx, score_sums, list(_changed(self.scores).items()))
        _upsert(tx, score_counts, list(_changed(self.decisions).items()))
        if any(values[0] < 0 for values in (*items.values(), *counts.values())):
            _forget_empty(tx, sorted(ids.values()))


def _into(row: list[int], values: Sequence[int], sign: int) -> None:
    for place, value in enumerate(values):
        row[place] += sign * value


def _counted_by(tally: Tally, answer: Answer) -> Iterator[tuple[Kind, int, int]]:
    yield Kind.CELL, tally.band, answer.choice
    yield Kind.MONTH, tally.month, NO_CHOICE
    for pick in answer.picked:
        yield Kind.PICKED, tally.band, pick
    if answer.time is not None:
        yield Kind.TIME, answer.time, NO_CHOICE
    if answer.sure is not None:
        yield Kind.SURE, answer.sure, NO_CHOICE


def _of_item(answer: Answer) -> tuple[int, ...]:
    points, rest = answer.points, answer.rest
    known = (0,) * 6 if rest is None else (1, points, points**2, rest, rest**2, points * rest)
    return 1, points, points**2, *known


def _part(part: Part) -> tuple[int, ...]:
    return 1, part.share, part.share**2, part.error, part.answered, part.product


def _changed(rows: Rows) -> Rows:
    return {key: values for key, values in rows.items() if any(values)}


def _ids(tx: Connection, names: dict[Key, str]) -> dict[Key, int]:
    """Find the rows of items, making those that are new."""
    found = _known(tx, names)
    new = [
        {"programme": key[0], "mode": key[1], "digest": key[2], "item_id": names[key], **dict.fromkeys(ITEM_SUMS, 0)}
        for key in sorted(names.keys() - found.keys())
    ]
    if new:
        tx.execute(_of_dialect(tx.dialect.name).insert(item_sums).on_conflict_do_nothing(), new)
        found = _known(tx, names)
    return found


def _known(tx: Connection, names: Iterable[Key]) -> dict[Key, int]:
    papers: dict[Key, list[str]] = defaultdict(list)
    for programme, mode, digest in names:
        papers[(programme, mode)].append(digest)
    found: dict[Key, int] = {}
    for (programme, mode), digests in papers.items():
        for some in _chunks(sorted(set(digests))):
            rows = tx.execute(_IDS, {"programme": programme, "mode": mode, "digests": some})
            found |= {(programme, mode, row.digest): row.id for row in rows}
    return found


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[first : first + ASKED_TOGETHER] for first in range(0, len(values), ASKED_TOGETHER))


def _upsert(tx: Connection, table: Table, rows: list[tuple[Key, list[int]]]) -> None:
    if rows:
        names = [column.name for column in table.columns]
        values = [dict(zip(names, (*key, *row), strict=True)) for key, row in sorted(rows)]
        tx.execute(_adding(table, tx.dialect.name), values)


@cache
def _adding(table: Table, dialect: str) -> Executable:
    """Insert rows, or add them to those that are there; the columns of the key stand first in the table."""
    made = _of_dialect(dialect).insert(table)
    keys = [column.name for column in table.primary_key]
    added = {column.name: column + made.excluded[column.name] for column in table.columns if column.name not in keys}
    statement: Executable = made.on_conflict_do_update(index_elements=keys, set_=added)
    return statement


def _of_dialect(name: str) -> Any:
    return sqlite if name == "sqlite" else postgresql


def _forget_empty(tx: Connection, ids: Sequence[int]) -> None:
    """Delete what came to nothing, so that sums that were corrected are those that would be made anew."""
    for some in _chunks(ids):
        tx.execute(delete(item_counts).where(item_counts.c.item.in_(some), item_counts.c.n == 0))
        tx.execute(delete(item_sums).where(item_sums.c.id.in_(some), item_sums.c.n == 0))
    for table in (score_sums, score_counts):
        tx.execute(delete(table).where(table.c.n == 0))


def counted_of(tx: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Say which of the attempts are in the sums."""
    return frozenset(
        found for some in _chunks(ids)
        for found in tx.scalars(select(counted.c.attempt_id).where(counted.c.attempt_id.in_(some)))
    )  # fmt: skip


def note_counted(tx: Connection, tallies: Mapping[str, Tally], at: datetime) -> None:
    """Note that attempts are in the sums now."""
    rows = [
        {"attempt_id": each, "at": at, "version": tally.version, "form": tally.form, "year": tally.year}
        for each, tally in tallies.items()
    ]
    if rows:
        tx.execute(insert(counted), rows)


def clear(tx: Connection) -> None:
    """Forget all sums, before they are made again from the attempts."""
    for table in SUM_TABLES:
        tx.execute(delete(table))


_BY = tuple(f"by_{name}" for name in ITEM_SUMS)
_ADD_TO_ITEM = (
    update(item_sums)
    .where(item_sums.c.id == bindparam("of"))
    .values({name: item_sums.c[name] + bindparam(f"by_{name}") for name in ITEM_SUMS})
)
_IDS = select(item_sums.c.id, item_sums.c.digest).where(
    item_sums.c.programme == bindparam("programme"),
    item_sums.c.mode == bindparam("mode"),
    item_sums.c.digest.in_(bindparam("digests", expanding=True)),
)
