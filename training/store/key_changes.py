"""Key changes with the steps taken, the attempts they concern and what each did to them; rows are only ever added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, exists, func, insert, or_, select
from sqlalchemy.exc import IntegrityError

from training.core.blueprint import Mode
from training.core.challenge import Challenge
from training.core.key_change import Done, KeyChange, Proposal, Step
from training.core.refusal import NotFound, Refusal
from training.store import codec
from training.store.key_tables import key_change_questions, key_change_steps, key_changes, regrades
from training.store.tables import attempts, open_attempts, outcomes, questions

CHANGED = "Someone else has just done something here. Please reload the page."


@dataclass(frozen=True, slots=True)
class Regrade:
    """What a change did to one attempt; `slot` is the first one with the question."""

    change_id: str
    attempt_id: str
    learner: str
    slot: int
    percent_before: float
    percent_after: float
    passed_before: bool | None
    passed_after: bool | None
    at: datetime

    @property
    def matters(self) -> bool:
        """Whether the score or the decision is another one."""
        return self.percent_before != self.percent_after or self.passed_before != self.passed_after


@dataclass(frozen=True, slots=True)
class Told:
    """A regrade as its learner is told of it."""

    regrade: Regrade
    programme: str
    reason: str


def add(tx: Connection, proposal: Proposal) -> None:
    """Store a proposal."""
    change = proposal.change
    row = {
        "id": change.id, "item_id": change.item_id, "remarking": codec.dump_remarking(change.remarking),
        "reason": change.reason, "proposed_by": proposal.by, "proposed_at": proposal.at, "version": proposal.version,
        "challenge_id": proposal.challenge or None, "takes_back": change.takes_back or None,
    }  # fmt: skip
    tx.execute(insert(key_changes), row)
    tx.execute(insert(key_change_questions), [{"digest": each, "change_id": change.id} for each in change.questions])


def take_step(tx: Connection, proposal: Proposal, done: Done) -> None:
    """Add a step to those that were known. Raises Refusal where another window added one meanwhile."""
    row = {
        "change_id": proposal.change.id, "seq": len(proposal.steps) + 1, "step": done.step.value, "actor": done.by,
        "at": done.at, "note": done.note,
    }  # fmt: skip
    try:
        tx.execute(insert(key_change_steps), row)
    except IntegrityError as error:
        raise Refusal(CHANGED) from error


def get(tx: Connection, change_id: str) -> Proposal:
    """Give one key change. Raises NotFound."""
    found = _those(tx, key_changes.c.id == change_id)
    if not found:
        raise NotFound("There is no such key change.")
    return found[0]


def every(tx: Connection) -> list[Proposal]:
    """Give all key changes, the latest first."""
    return _those(tx)[::-1]


def for_challenges(tx: Connection, found: Sequence[Challenge]) -> list[Proposal]:
    """Give the key changes that name one of these challenges or concern its question, in the order proposed."""
    ids, digests = {each.id for each in found}, {each.question for each in found}
    if not ids:
        return []
    same = select(key_change_questions.c.change_id).where(key_change_questions.c.digest.in_(digests))
    return _those(tx, or_(key_changes.c.challenge_id.in_(ids), key_changes.c.id.in_(same)))


def begun_for(tx: Connection, digests: Iterable[str]) -> list[KeyChange]:
    """Give the changes that are applied to attempts with any of these questions, in the order in which they began."""
    wanted = _IDS_BEGUN.where(key_change_questions.c.digest.in_(list(digests)))
    ids = list(dict.fromkeys(tx.scalars(wanted.order_by(key_change_steps.c.at, key_change_steps.c.change_id))))
    if not ids:
        return []
    found = {each.change.id: each.change for each in _those(tx, key_changes.c.id.in_(ids))}
    return [found[each] for each in ids]


def versions_asked(tx: Connection, item_id: str) -> dict[str, int]:
    """Say in how many attempts handed in each version of a question was asked, by its digest; the most first."""
    rows = tx.execute(
        select(questions.c.digest, func.count(outcomes.c.attempt_id).label("n"))
        .outerjoin(outcomes, and_(outcomes.c.item_id == questions.c.item_id, outcomes.c.digest == questions.c.digest))
        .where(questions.c.item_id == item_id)
        .group_by(questions.c.digest)
        .order_by(func.count(outcomes.c.attempt_id).desc(), questions.c.digest)
    )
    return {row.digest: row.n for row in rows}


def concerned(tx: Connection, change: KeyChange) -> list[str]:
    """List the attempts handed in that asked the question and were not marked again by this change yet."""
    done = exists().where(regrades.c.change_id == change.id, regrades.c.attempt_id == outcomes.c.attempt_id)
    wanted = select(outcomes.c.attempt_id).where(
        outcomes.c.item_id == change.item_id, outcomes.c.digest.in_(change.questions), ~done
    )
    if change.takes_back:
        first = exists().where(
            regrades.c.change_id == change.takes_back, regrades.c.attempt_id == outcomes.c.attempt_id
        )
        wanted = wanted.where(first)
    return list(tx.scalars(wanted.distinct().order_by(outcomes.c.attempt_id)))


def still_open(tx: Connection, change: KeyChange) -> int:
    """Count the open attempts that ask the question: they are marked so when they are handed in."""
    wanted = select(attempts.c.form).join(open_attempts, open_attempts.c.attempt_id == attempts.c.id)
    return sum(any(digest in form for digest in change.questions) for form in tx.scalars(wanted))


def add_regrades(tx: Connection, rows: Sequence[Regrade]) -> None:
    """Note what a change did to attempts."""
    names = [field.name for field in fields(Regrade)]
    if rows:
        tx.execute(insert(regrades), [{name: getattr(row, name) for name in names} for row in rows])


def of_change(tx: Connection, change_id: str) -> list[Regrade]:
    """Give what a change did, attempt by attempt."""
    return [Regrade(*row) for row in tx.execute(_OF_CHANGE, {"of": change_id})]


def rests_on(tx: Connection, change: KeyChange) -> tuple[int, int]:
    """Number what a dry run rests on: the attempts that ask the question, and all regrades. Both only ever grow."""
    asking = select(func.count(func.distinct(outcomes.c.attempt_id))).where(
        outcomes.c.item_id == change.item_id, outcomes.c.digest.in_(change.questions)
    )
    return tx.scalar(asking) or 0, tx.scalar(select(func.count()).select_from(regrades)) or 0


def last_regrade(tx: Connection, change_id: str) -> datetime | None:
    """Say when a change was last applied to an attempt; None before the first one."""
    found: datetime | None = tx.scalar(select(func.max(regrades.c.at)).where(regrades.c.change_id == change_id))
    return found


def quizzes_of(tx: Connection, change_id: str) -> dict[str, tuple[str, Mode]]:
    """Say of which quiz each attempt is that a change was applied to."""
    rows = tx.execute(
        select(attempts.c.id, attempts.c.programme, attempts.c.mode)
        .join(regrades, regrades.c.attempt_id == attempts.c.id)
        .where(regrades.c.change_id == change_id)
    )
    return {row.id: (row.programme, Mode(row.mode)) for row in rows}


def told_to(tx: Connection, learner: str, since: datetime) -> list[Told]:
    """Give what happened to a learner's attempts since a moment, the latest first."""
    rows = tx.execute(_TOLD, {"of": learner, "since": since})
    return [Told(Regrade(*row[:-2]), row.programme, row.reason) for row in rows]


def decisions_changed(tx: Connection) -> list[Regrade]:
    """Give the regrades that turned a decision, the latest first: a certificate may rest on one of them."""
    turned = or_(
        and_(regrades.c.passed_before.is_(True), regrades.c.passed_after.is_(False)),
        and_(regrades.c.passed_before.is_(False), regrades.c.passed_after.is_(True)),
    )
    rows = tx.execute(select(regrades).where(turned).order_by(regrades.c.at.desc(), regrades.c.attempt_id))
    return [Regrade(*row) for row in rows]


def _those(tx: Connection, *wanted: ColumnElement[bool]) -> list[Proposal]:
    rows = tx.execute(select(key_changes).where(*wanted).order_by(key_changes.c.proposed_at, key_changes.c.id)).all()
    ids = [row.id for row in rows]
    asked: dict[str, list[str]] = {}
    for each in tx.execute(
        select(key_change_questions).where(key_change_questions.c.change_id.in_(ids))
        .order_by(key_change_questions.c.digest)
    ):  # fmt: skip
        asked.setdefault(each.change_id, []).append(each.digest)
    steps: dict[str, list[Done]] = {}
    for row in tx.execute(
        select(key_change_steps).where(key_change_steps.c.change_id.in_(ids)).order_by(key_change_steps.c.seq)
    ):
        steps.setdefault(row.change_id, []).append(Done(Step(row.step), row.actor, row.at, row.note))
    over = {row.takes_back: row.id for row in tx.execute(_TAKEN_BACK.where(key_changes.c.takes_back.in_(ids)))}
    return [_proposal(row, asked[row.id], steps.get(row.id, []), over.get(row.id, "")) for row in rows]


def _proposal(row: Row[Any], asked: list[str], steps: list[Done], taken_back_by: str) -> Proposal:
    change = KeyChange(row.id, row.item_id, tuple(asked), codec.load_remarking(row.remarking), row.reason)
    return Proposal(
        change, row.proposed_by, row.proposed_at, row.version, row.challenge_id or "", tuple(steps), taken_back_by
    )


_BEGUN = key_change_steps.c.step == Step.BEGUN.value
_IDS_BEGUN = select(key_change_steps.c.change_id).where(_BEGUN).join(
    key_change_questions, key_change_questions.c.change_id == key_change_steps.c.change_id
)  # fmt: skip
_TAKEN_BACK = select(key_changes.c.takes_back, key_changes.c.id).join(
    key_change_steps, and_(key_change_steps.c.change_id == key_changes.c.id, _BEGUN)
)
_OF_CHANGE = select(regrades).where(regrades.c.change_id == bindparam("of")).order_by(regrades.c.attempt_id)
_TOLD = (
    select(regrades, attempts.c.programme, key_changes.c.reason)
    .join(attempts, attempts.c.id == regrades.c.attempt_id)
    .join(key_changes, key_changes.c.id == regrades.c.change_id)
    .where(regrades.c.learner == bindparam("of"), regrades.c.at >= bindparam("since"))
    .order_by(regrades.c.at.desc(), regrades.c.attempt_id)
)
