"""Versions of items by the digest of their content, which questions were made from them, and where they were used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, or_, select

from training.core.items import Item
from training.core.stage import Step
from training.core.version import body, digest_of
from training.store.item_tables import item_events, item_questions, item_versions
from training.store.tables import outcomes, questions, results


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it was kept, and when first; `served` is when learners first got it, or None."""

    digest: str
    item_id: str
    body: str
    at: datetime
    served: datetime | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How a version was used in one quiz: attempts handed in, from when to when, and the mean fraction, or None."""

    version: str
    programme: str
    n: int
    first: datetime
    last: datetime
    mean: float | None


def keep(tx: Connection, item: Item, at: datetime) -> str:
    """Keep an item as it is, where this version is new; gives its digest."""
    content = body(item)
    digest = digest_of(content)
    if tx.scalar(select(item_versions.c.digest).where(item_versions.c.digest == digest)) is None:
        row = {"digest": digest, "item_id": item.id, "body": content, "kept_at": at}
        tx.execute(insert(item_versions), row)
    return digest


def unserved(tx: Connection, made: Mapping[str, tuple[Item, str]]) -> dict[str, Item]:
    """Say which questions were never noted with the version they are made from: question digest to item.

    `made` gives for each question its item and the digest of the item's version.
    """
    rows = tx.execute(
        select(item_questions.c.question, item_questions.c.version).where(item_questions.c.question.in_(made))
    )
    known = {(row.question, row.version) for row in rows}
    return {question: item for question, (item, version) in made.items() if (question, version) not in known}


def note_served(tx: Connection, made: Mapping[str, Item], at: datetime) -> None:
    """Note that learners get these questions, made from these items as they are; noting it again changes nothing."""
    versions = {question: keep(tx, item, at) for question, item in sorted(made.items())}
    new = unserved(tx, {question: (made[question], version) for question, version in versions.items()})
    rows = [{"question": each, "version": versions[each], "first_at": at} for each in sorted(new)]
    if rows:
        tx.execute(insert(item_questions), rows)


def of_item(tx: Connection, item_id: str) -> list[Kept]:
    """Give the versions of an item, oldest first.

    An edit keeps what it was made from and what it made in the same moment; which of them was made then, events tell.
    """
    made = (
        select(func.min(item_events.c.seq))
        .where(item_events.c.version == item_versions.c.digest, item_events.c.at == item_versions.c.kept_at)
        .where(item_events.c.step == Step.EDITED.value)
        .scalar_subquery()
    )
    served = (
        select(item_questions.c.version, func.min(item_questions.c.first_at).label("at"))
        .group_by(item_questions.c.version)
        .subquery()
    )
    rows = tx.execute(
        select(item_versions, served.c.at.label("served"))
        .outerjoin(served, served.c.version == item_versions.c.digest)
        .where(item_versions.c.item_id == item_id)
        .order_by(item_versions.c.kept_at, func.coalesce(made, 0), item_versions.c.digest)
    )
    return [Kept(row.digest, row.item_id, row.body, row.kept_at, row.served) for row in rows]


def bodies(tx: Connection, digests: Iterable[str]) -> dict[str, str]:
    """Give the content of versions."""
    rows = tx.execute(
        select(item_versions.c.digest, item_versions.c.body).where(item_versions.c.digest.in_(set(digests)))
    )
    return {row.digest: row.body for row in rows}


def of_question(tx: Connection, question: str, at: datetime) -> str:
    """Give the version that a question was made from at a moment; empty where none was noted."""
    found = (
        select(item_questions.c.version)
        .where(item_questions.c.question == question, item_questions.c.first_at <= at)
        .order_by(item_questions.c.first_at.desc(), item_questions.c.version)
    )
    return tx.scalar(found.limit(1)) or ""


def uses(tx: Connection, item_id: str) -> list[Use]:
    """Say where each version of an item was used, from the attempts handed in.

    Where several versions ask the very same question, an attempt counts for the latest noted before it began. The
    version is empty for attempts from before versions were kept.
    """
    made = select(item_questions.c.question).join(item_versions, item_versions.c.digest == item_questions.c.version)
    asked_as = select(questions.c.item_id).where(questions.c.digest.in_(made.where(item_versions.c.item_id == item_id)))
    noted = (
        select(item_questions.c.version)
        .where(and_(item_questions.c.question == outcomes.c.digest, item_questions.c.first_at <= results.c.started_at))
        .order_by(item_questions.c.first_at.desc(), item_questions.c.version)
        .limit(1)
        .correlate(outcomes, results)
        .scalar_subquery()
    )
    each = (
        select(noted.label("version"), results.c.programme, outcomes.c.at, outcomes.c.fraction)
        .join_from(outcomes, results, outcomes.c.attempt_id == results.c.attempt_id)
        .where(or_(outcomes.c.item_id == item_id, outcomes.c.item_id.in_(asked_as)))
        .subquery()
    )
    first, last = func.min(each.c.at), func.max(each.c.at)
    rows = tx.execute(
        select(each.c.version, each.c.programme, func.count(), first, last, func.avg(each.c.fraction))
        .group_by(each.c.version, each.c.programme)
        .order_by(first, each.c.programme)
    )
    return [Use(row[0] or "", *row[1:]) for row in rows]
