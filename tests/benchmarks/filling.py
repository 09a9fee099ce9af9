"""A database with many simulated exams in it, written in bulk: answers, results, and the sums that markings keep.

The sums are reckoned here by NumPy, so that a million answers are written in seconds. `check` holds them against those
that the product's own marking makes of some of the same attempts.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from sqlalchemy import Table, create_engine, make_url, select, text

from training.core.blueprint import Mode
from training.core.interaction import ChooseOne, Option
from training.core.key import Worth
from training.core.question import Level, Question, Safety, digest
from training.core.tally import BANDS, EXACT_UNIT, NO_CHOICE, TIMES, Answer, Part, Tally
from training.store import sums
from training.store.codec import dump_question
from training.store.sum_tables import counted, item_counts, item_sums, score_counts, score_sums
from training.store.sums import Kind
from training.store.tables import attempts, outcomes, people, questions, results

ITEMS, PER_ATTEMPT, LEARNERS, MONTHS = 1_000, 50, 5_000, 12
SLUG, FIRST, MONTH = "foundation-exam", datetime(2026, 1, 5, 9, 0, tzinfo=UTC), 2026 * 12
OPTIONS = tuple(Option(name, f"Option {name}") for name in "abcd")
TABLES = (people, attempts, questions, results, outcomes, item_sums, item_counts, score_sums, score_counts, counted)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Attempts x slots: which item, which option (0 is right), which class of time; and the month of each attempt."""

    item: Any
    choice: Any
    time: Any
    month: Any

    @property
    def right(self) -> Any:
        return (self.choice == 0).astype(np.int64)

    @property
    def total(self) -> Any:
        return self.right.sum(axis=1)

    def every(self, step: int) -> "Drawn":
        """Give some of the attempts."""
        return Drawn(self.item[::step], self.choice[::step], self.time[::step], self.month[::step])


def drawn(attempts: int) -> Drawn:
    """Draw attempts: the able choose the right option more often."""
    rng = np.random.default_rng(1)
    hard, able = rng.normal(size=ITEMS), rng.normal(size=attempts)
    item = np.concatenate([
        np.argpartition(rng.random((min(2_000, attempts - low), ITEMS)), PER_ATTEMPT, axis=1)[:, :PER_ATTEMPT]
        for low in range(0, attempts, 2_000)
    ])  # fmt: skip
    knows = rng.random(item.shape) < 1 / (1 + np.exp(hard[item] - able[:, None]))
    choice = np.where(knows, 0, rng.integers(0, len(OPTIONS), item.shape))
    time = np.clip(rng.normal(26, 4, item.shape), 0, TIMES - 1).astype(int)
    return Drawn(item, choice, time, np.arange(attempts) * MONTHS // attempts)


def asked() -> list[Question]:
    """Make the questions."""
    key = Worth((("a", 1.0),))
    return [
        Question(f"i-{n}", "1.1", Level.APPLY, Safety.NONE, f"Question {n}?", ChooseOne(OPTIONS), key)
        for n in range(ITEMS)
    ]


def tallies(of: Drawn, digests: Sequence[str]) -> Iterator[Tally]:
    """Count attempts as the product does, one by one."""
    for item, choice, time, month in zip(*(each.tolist() for each in (of.item, of.choice, of.time, of.month)),
                                         strict=True):  # fmt: skip
        right = sum(each == 0 for each in choice)
        share, band = round(right / PER_ATTEMPT * EXACT_UNIT), round(right / PER_ATTEMPT * 100)
        answers = tuple(
            Answer(f"i-{number}", digests[number], EXACT_UNIT * (picked == 0),
                   round((right - (picked == 0)) / (PER_ATTEMPT - 1) * EXACT_UNIT), picked, spent)
            for number, picked, spent in zip(item, choice, time, strict=True)
        )  # fmt: skip
        spread = right * (1 - right / PER_ATTEMPT) / (PER_ATTEMPT - 1) / PER_ATTEMPT
        part = Part("", share, round(spread * EXACT_UNIT**2), PER_ATTEMPT, share * share)
        yield Tally(SLUG, Mode.EXAM, "", "", MONTH + month, band, answers, (part,), band, band >= 75)


def check(of: Drawn, digests: Sequence[str]) -> None:
    """Hold the sums against those that the product adds up."""
    changes = sums.Changes()
    for each in tallies(of, digests):
        changes.add(each)
    number = {each: place for place, each in enumerate(digests, 1)}
    theirs = {(number[key[0][2]], *map(int, key[1:]), *row) for key, row in changes.counts.items()}
    assert theirs == set(_count_rows(of)), "the counts are not those of the product"
    items = {(number[key[2]], *row) for key, row in changes.items.items()}
    assert items == {(row[0], *row[5:]) for row in _sum_rows(of, digests)}, "the sums are not those of the product"
    assert {(*key, *row) for key, row in changes.scores.items()} == set(_score_rows(of)), "scores differ"
    assert {(*key, *row) for key, row in changes.decisions.items()} == set(_decision_rows(of)), "decisions differ"


def fill(file: Path, of: Drawn) -> None:
    """Write everything into a migrated SQLite file, but for the forms and events of the attempts: no report reads them."""
    made = asked()
    digests = [digest(each) for each in made]
    rows: dict[Table, Iterable[tuple[Any, ...]]] = {
        people: ((f"p-{n}", f"p-{n}@example.org", f"Learner {n}", *(None,) * 3, _moment(FIRST), None, True)
                 for n in range(LEARNERS)),
        attempts: _attempt_rows(of),
        questions: ((name, each.item_id, dump_question(each)) for name, each in zip(digests, made, strict=True)),
        results: _result_rows(of), outcomes: _outcome_rows(of, digests), item_sums: _sum_rows(of, digests),
        item_counts: _count_rows(of), score_sums: _score_rows(of), score_counts: _decision_rows(of),
        counted: ((f"a-{n:06}", _moment(FIRST), "", "", 2026) for n in range(len(of.item))),
    }  # fmt: skip
    with sqlite3.connect(file) as tx:
        tx.execute("PRAGMA synchronous=OFF")
        indexes = list(tx.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'outcomes' "
                                  "AND sql IS NOT NULL"))  # fmt: skip
        for name, _ in indexes:
            tx.execute(f"DROP INDEX {name}")
        for table, values in rows.items():
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            marks = ", ".join("?" * len(table.columns))
            tx.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", values)
        for _, statement in indexes:
            tx.execute(statement)
        tx.execute("ANALYZE")


def copy(file: Path, url: str) -> None:
    """Copy what was filled into a migrated PostgreSQL database."""
    source = create_engine(f"sqlite:///{file}")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with source.connect() as rows, psycopg.connect(plain) as tx, tx.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as into:  # type: ignore[arg-type]
                for row in rows.execute(select(table), execution_options={"yield_per": 20_000}):
                    into.write_row(tuple(row))
    source.dispose()
    target = create_engine(url, isolation_level="AUTOCOMMIT")
    with target.connect() as tx_after:
        tx_after.execute(text("VACUUM ANALYZE"))
    target.dispose()


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def _handed_in(of: Drawn) -> list[str]:
    return [_moment(FIRST + timedelta(days=30.4 * month)) for month in of.month.tolist()]


def _attempt_rows(of: Drawn) -> Iterator[tuple[Any, ...]]:
    for number, at in enumerate(_handed_in(of)):
        yield f"a-{number:06}", f"p-{number % LEARNERS}", SLUG, "exam", f"r-{number}", at, None, "{}"


def _result_rows(of: Drawn) -> Iterator[tuple[Any, ...]]:
    for number, (right, at) in enumerate(zip(of.total.tolist(), _handed_in(of), strict=True)):
        percent = 100.0 * right / PER_ATTEMPT
        yield (f"a-{number:06}", f"p-{number % LEARNERS}", SLUG, "exam", at, at, "learner", PER_ATTEMPT, PER_ATTEMPT,
               float(right), float(PER_ATTEMPT), percent, percent >= 75)  # fmt: skip


def _outcome_rows(of: Drawn, digests: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    said = [f'"{option.id}"' for option in OPTIONS]
    given = zip(*(each.tolist() for each in (of.item, of.choice, of.time)), _handed_in(of), strict=True)
    for number, (items, picks, times, at) in enumerate(given):
        attempt, learner = f"a-{number:06}", f"p-{number % LEARNERS}"
        for slot, (item, picked, time) in enumerate(zip(items, picks, times, strict=True)):
            earned = 1.0 if picked == 0 else 0.0
            named = (attempt, slot, learner, f"i-{item}", digests[item], "1.1", "1")
            yield *named, said[picked], earned, earned, 1.0, at, time, None


def _sum_rows(of: Drawn, digests: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    item, points = of.item.ravel(), (of.right * EXACT_UNIT).ravel()
    rest = np.rint((of.total[:, None] - of.right) / (PER_ATTEMPT - 1) * EXACT_UNIT).astype(np.int64).ravel()
    columns = [_added(item, weights) for weights in
               (np.ones_like(item), points, points**2, rest, rest**2, points * rest)]  # fmt: skip
    n, p, pp, r, rr, pr = columns
    values = zip(n, p, pp, n, p, pp, r, rr, pr, strict=True)
    for number, row in enumerate(values):
        if row[0]:
            yield number + 1, SLUG, "exam", digests[number], f"i-{number}", *row


def _added(item: Any, weights: Any) -> list[int]:
    found = np.zeros(ITEMS, np.int64)
    np.add.at(found, item, weights)
    return list(found.tolist())


def _count_rows(of: Drawn) -> Iterator[tuple[Any, ...]]:
    band = np.rint(of.total / PER_ATTEMPT * (BANDS - 1)).astype(int)[:, None] + np.zeros_like(of.item)
    month = of.month[:, None] + MONTH + np.zeros_like(of.item)
    none = np.full_like(of.item, NO_CHOICE)
    for kind, place, choice in ((Kind.CELL, band, of.choice), (Kind.MONTH, month, none), (Kind.TIME, of.time, none)):
        keys = (of.item.ravel() * 100_000 + place.ravel()) * 10 + choice.ravel() + 1
        found, inverse, n = np.unique(keys, return_inverse=True, return_counts=True)
        points = np.bincount(inverse, weights=of.right.ravel()).astype(np.int64) * EXACT_UNIT
        for key, many, earned in zip(found.tolist(), n.tolist(), points.tolist(), strict=True):
            yield key // 1_000_000 + 1, int(kind), key // 10 % 100_000, key % 10 - 1, many, earned


def _score_rows(of: Drawn) -> list[tuple[Any, ...]]:
    share = np.rint(of.total / PER_ATTEMPT * EXACT_UNIT).astype(np.int64)
    spread = of.total * (1 - of.total / PER_ATTEMPT) / (PER_ATTEMPT - 1) / PER_ATTEMPT
    error, square = np.rint(spread * EXACT_UNIT**2).astype(np.int64), int((share**2).sum())
    many = len(share)
    sums_of = (many, int(share.sum()), square, int(error.sum()), many * PER_ATTEMPT, square)
    return [(SLUG, "exam", "", "", 2026, "", *sums_of)]


def _decision_rows(of: Drawn) -> Iterator[tuple[Any, ...]]:
    percent = np.rint(of.total / PER_ATTEMPT * 100).astype(int)
    for place, many in enumerate(np.bincount(percent, minlength=BANDS).tolist()):
        if many:
            yield SLUG, "exam", "", "", 2026, place, int(place >= 75), many
