"""Results and outcomes: what grading found, kept in rows for tables and charts, and rebuilt from the attempts."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from training.core.attempt import Attempt
from training.core.blueprint import Mode
from training.core.refusal import NotFound
from training.core.score import Outcome, Score
from training.core.tally import Tally, by_outcome
from training.store import codec
from training.store.tables import cohort_members, cohorts, outcomes, people, results


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One attempt handed in, in sum; `passed` is None where the quiz has no rules to decide it by."""

    attempt_id: str
    learner: str
    programme: str
    mode: Mode
    started_at: datetime
    submitted_at: datetime
    submitted_by: str
    questions: int
    answered: int
    points: float
    max_points: float
    percent: float
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which results are wanted: what is left out may be anything; `since` is included, `until` is not."""

    cohort: str | None = None
    programme: str | None = None
    mode: Mode | None = None
    since: datetime | None = None
    until: datetime | None = None


class Order(StrEnum):
    """Which results come first."""

    OLDEST = "oldest"
    NEWEST = "newest"
    NAME = "name"
    LOWEST = "lowest"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a statistic needs of one result."""

    learner: str
    programme: str
    submitted_at: datetime
    percent: float
    passed: bool | None


@dataclass(frozen=True, slots=True)
class CohortResult:
    """A result with the person it belongs to and the titles of the cohorts she is in."""

    result: ResultRow
    name: str
    email: str
    cohorts: tuple[str, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class DomainTotal:
    """How one learner did in one domain over the results chosen: n questions and their mean fraction."""

    learner: str
    domain: str
    n: int
    fraction: float


def put(tx: Connection, attempt: Attempt, score: Score, tally: Tally) -> None:
    """Keep the result of an attempt that was handed in; putting it again changes nothing."""
    end = attempt.submitted
    if end is None:
        raise ValueError(f"attempt {attempt.id} is not handed in")
    for table in (outcomes, results):
        tx.execute(delete(table).where(table.c.attempt_id == attempt.id))
    row = ResultRow(
        attempt.id, attempt.learner, attempt.form.programme, attempt.form.policy.mode, attempt.started, end.at, end.by,
        len(score.outcomes), len(attempt.responses), score.points, score.max_points, score.percent,
        tally.passed,
    )  # fmt: skip
    tx.execute(insert(results), {field.name: getattr(row, field.name) for field in fields(row)})
    tx.execute(insert(outcomes), outcome_rows(attempt, score, tally))


def correct(tx: Connection, again: Sequence[tuple[Attempt, Score, Score, bool | None]]) -> None:
    """Put right what is kept of attempts that were marked again: each with its score before and now, and if passed."""
    rows, changed = [], []
    for attempt, before, now, passed in again:
        rows.append({"of": attempt.id, "points": now.points, "max_points": now.max_points, "percent": now.percent,
                     "passed": passed})  # fmt: skip
        changed += [
            {"of": attempt.id, "at_slot": each.slot, "fraction": each.fraction, "points": each.points,
             "max_points": each.max_points}
            for old, each in zip(before.outcomes, now.outcomes, strict=True) if old is not each and old != each
        ]  # fmt: skip
    if rows:
        tx.execute(_CORRECT_RESULT, rows)
    if changed:
        tx.execute(_CORRECT_OUTCOME, changed)


def marked(tx: Connection, attempt_id: str) -> tuple[list[Outcome], bool | None]:
    """Give the outcomes of an attempt as they were marked last, and its decision."""
    rows = tx.execute(_OUTCOMES_OF_ATTEMPT, {"of": attempt_id})
    passed = tx.scalar(select(results.c.passed).where(results.c.attempt_id == attempt_id))
    return [_outcome(row) for row in rows], passed


def of_attempt(tx: Connection, attempt_id: str) -> ResultRow:
    """Give the result of one attempt. Raises NotFound while there is none."""
    row = tx.execute(_OF_ATTEMPT, {"of": attempt_id}).one_or_none()
    if row is None:
        raise NotFound("There is no result of this attempt yet.")
    return _result(row)


def of_learner(tx: Connection, learner: str) -> list[ResultRow]:
    """Give a learner's results, oldest first."""
    return [_result(row) for row in tx.execute(_OF_LEARNER, {"of": learner})]


def outcomes_of_learner(tx: Connection, learner: str) -> list[Outcome]:
    """Give the outcome of every question in every attempt a learner handed in, oldest first."""
    return [_outcome(row) for row in tx.execute(_OUTCOMES_OF_LEARNER, {"of": learner})]


def chosen(
    tx: Connection, choice: Choice, *, order: Order = Order.OLDEST, limit: int | None = None, offset: int = 0
) -> list[CohortResult]:
    """Give the results chosen with the people they belong to; `limit` and `offset` cut a page out of them."""
    wanted = select(results, people.c.name, people.c.email, people.c.simulated).join_from(
        results, people, results.c.learner == people.c.id
    )
    ordered = narrowed(wanted, choice).order_by(*_ORDERS[order], results.c.attempt_id)
    rows = tx.execute(ordered.limit(limit).offset(offset)).all()
    titles = _cohort_titles(tx)
    return [CohortResult(_result(row), row.name, row.email, titles.get(row.learner, ()), row.simulated) for row in rows]


def marks(tx: Connection, choice: Choice) -> list[Mark]:
    """Give what statistics need of the results chosen, oldest first."""
    wanted = select(results.c.learner, results.c.programme, results.c.submitted_at, results.c.percent, results.c.passed)
    ordered = narrowed(wanted, choice).order_by(results.c.submitted_at, results.c.attempt_id)
    return [Mark(*row) for row in tx.execute(ordered)]


def facilities(tx: Connection, items: Sequence[str], fewest: int) -> list[tuple[str, float]]:
    """Give the mean fraction of each item over exams, where at least `fewest` answers were given."""
    wanted = (
        select(outcomes.c.item_id, func.avg(outcomes.c.fraction))
        .join_from(outcomes, results, results.c.attempt_id == outcomes.c.attempt_id)
        .where(outcomes.c.item_id.in_(items), results.c.mode == Mode.EXAM.value)
        .group_by(outcomes.c.item_id)
        .having(func.count() >= fewest)
    )
    return [(row[0], float(row[1])) for row in tx.execute(wanted)]


def quizzes(tx: Connection) -> list[tuple[str, Mode]]:
    """List the quizzes that anyone ever handed in, with their mode."""
    rows = tx.execute(select(results.c.programme, results.c.mode).distinct().order_by(results.c.programme))
    return [(row.programme, Mode(row.mode)) for row in rows]


def domains_of_chosen(tx: Connection, choice: Choice) -> list[DomainTotal]:
    """Sum up the results chosen by learner and domain."""
    wanted = select(
        outcomes.c.learner, outcomes.c.domain, func.count().label("n"), func.avg(outcomes.c.fraction).label("fraction")
    ).join_from(outcomes, results, outcomes.c.attempt_id == results.c.attempt_id)
    grouped = narrowed(wanted, choice).group_by(outcomes.c.learner, outcomes.c.domain)
    rows = tx.execute(grouped.order_by(outcomes.c.learner, outcomes.c.domain))
    return [DomainTotal(row.learner, row.domain, row.n, row.fraction) for row in rows]


def forms_with(tx: Connection, item_ids: Sequence[str]) -> dict[str, int]:
    """Count the attempts handed in whose form asked one of the items, by programme."""
    asked = select(outcomes.c.attempt_id).where(outcomes.c.item_id.in_(item_ids))
    rows = tx.execute(
        select(results.c.programme, func.count().label("n"))
        .where(results.c.attempt_id.in_(asked))
        .group_by(results.c.programme)
        .order_by(results.c.programme)
    )
    return {row.programme: row.n for row in rows}


def attempts_with(tx: Connection, item_ids: Sequence[str]) -> frozenset[str]:
    """Give the attempts handed in that asked one of some items."""
    wanted = select(outcomes.c.attempt_id).where(outcomes.c.item_id.in_(item_ids)).distinct()
    return frozenset(tx.scalars(wanted))


def clear(tx: Connection) -> None:
    """Forget all results, before they are rebuilt from the attempts."""
    tx.execute(delete(outcomes))
    tx.execute(delete(results))


def narrowed(wanted: Select[Any], choice: Choice) -> Select[Any]:
    """Ask of the results chosen only."""
    if choice.programme is not None:
        wanted = wanted.where(results.c.programme == choice.programme)
    if choice.mode is not None:
        wanted = wanted.where(results.c.mode == choice.mode)
    if choice.since is not None:
        wanted = wanted.where(results.c.submitted_at >= choice.since)
    if choice.until is not None:
        wanted = wanted.where(results.c.submitted_at < choice.until)
    if choice.cohort is not None:
        inside = select(cohort_members.c.person_id).where(cohort_members.c.cohort_id == choice.cohort)
        wanted = wanted.where(results.c.learner.in_(inside))
    return wanted


def _cohort_titles(tx: Connection) -> dict[str, tuple[str, ...]]:
    rows = tx.execute(
        select(cohort_members.c.person_id, cohorts.c.title)
        .join_from(cohort_members, cohorts)
        .order_by(cohort_members.c.person_id, cohorts.c.title)
    )
    titles: dict[str, tuple[str, ...]] = {}
    for row in rows:
        titles[row.person_id] = (*titles.get(row.person_id, ()), row.title)
    return titles


def outcome_rows(attempt: Attempt, score: Score, tally: Tally) -> list[dict[str, object]]:
    """Give the rows that are kept of the outcomes of an attempt that was handed in."""
    at = attempt.submitted.at if attempt.submitted else None
    return [
        {"attempt_id": attempt.id, "slot": each.slot, "learner": attempt.learner, "item_id": each.item_id,
         "digest": attempt.form.slots[each.slot].digest, "objective": each.objective, "domain": each.domain,
         "response": codec.dump_value(each.value), "fraction": each.fraction, "points": each.points,
         "max_points": each.max_points, "at": at, "time": answer.time if answer else None,
         "sure": answer.sure if answer else None}
        for each, answer in zip(score.outcomes, by_outcome(tally, score.outcomes), strict=True)
    ]  # fmt: skip


def _result(row: Row[Any]) -> ResultRow:
    return ResultRow(
        row.attempt_id, row.learner, row.programme, Mode(row.mode), row.started_at, row.submitted_at, row.submitted_by,
        row.questions, row.answered, row.points, row.max_points, row.percent, row.passed,
    )  # fmt: skip


def _outcome(row: Row[Any]) -> Outcome:
    return Outcome(
        row.slot, row.item_id, row.objective, codec.load_value(row.response), row.fraction, row.points, row.max_points,
        scored=row.max_points > 0,
    )  # fmt: skip


_CORRECT_RESULT = update(results).where(results.c.attempt_id == bindparam("of"))
_CORRECT_OUTCOME = update(outcomes).where(
    outcomes.c.attempt_id == bindparam("of"), outcomes.c.slot == bindparam("at_slot")
)
_OF_ATTEMPT = select(results).where(results.c.attempt_id == bindparam("of"))
_OF_LEARNER = (
    select(results)
    .where(results.c.learner == bindparam("of"))
    .order_by(results.c.submitted_at, results.c.attempt_id)
)  # fmt: skip
_OUTCOMES_OF_ATTEMPT = select(outcomes).where(outcomes.c.attempt_id == bindparam("of")).order_by(outcomes.c.slot)
_OUTCOMES_OF_LEARNER = (
    select(outcomes)
    .where(outcomes.c.learner == bindparam("of"))
    .order_by(outcomes.c.at, outcomes.c.attempt_id, outcomes.c.slot)
)  # fmt: skip
_ORDERS = {
    Order.OLDEST: (results.c.submitted_at,),
    Order.NEWEST: (results.c.submitted_at.desc(),),
    Order.NAME: (func.lower(people.c.name), results.c.learner, results.c.submitted_at),
    Order.LOWEST: (results.c.percent, results.c.submitted_at),
    Order.HIGHEST: (results.c.percent.desc(), results.c.submitted_at),
}
