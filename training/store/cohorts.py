"""Cohorts: named groups of people, and who is in which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from training.core.refusal import NotFound, Refusal
from training.store.tables import cohort_members, cohorts, people


@dataclass(frozen=True, slots=True)
class Cohort:
    """A named group, and how many people are in it."""

    id: str
    title: str
    created_at: datetime
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a cohort."""

    person_id: str
    name: str
    email: str
    joined_at: datetime


def add(tx: Connection, *, cohort_id: str, title: str, at: datetime) -> None:
    """Make a cohort. Raises Refusal where there is one of this title."""
    if tx.scalar(select(cohorts.c.id).where(cohorts.c.title == title)):
        raise Refusal(f"There is a cohort named '{title}' already.")
    tx.execute(insert(cohorts), {"id": cohort_id, "title": title, "created_at": at})


def every(tx: Connection) -> list[Cohort]:
    """List the cohorts by title."""
    return [Cohort(*row) for row in tx.execute(_COHORTS.order_by(cohorts.c.title))]


def get(tx: Connection, cohort_id: str) -> Cohort:
    """Give one cohort. Raises NotFound."""
    row = tx.execute(_COHORTS.where(cohorts.c.id == cohort_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such cohort.")
    return Cohort(*row)


def join(tx: Connection, *, cohort_id: str, person: str, at: datetime) -> None:
    """Put a person into a cohort; doing it again changes nothing. Raises NotFound."""
    get(tx, cohort_id)
    if person not in {member.person_id for member in members(tx, cohort_id)}:
        tx.execute(insert(cohort_members), {"cohort_id": cohort_id, "person_id": person, "joined_at": at})


def leave(tx: Connection, *, cohort_id: str, person: str) -> None:
    """Take a person out of a cohort; what she did stays."""
    tx.execute(
        delete(cohort_members).where(cohort_members.c.cohort_id == cohort_id, cohort_members.c.person_id == person)
    )


def members(tx: Connection, cohort_id: str) -> list[Member]:
    """List the people of a cohort by name."""
    return [Member(*row) for row in tx.execute(_MEMBERS, {"of": cohort_id})]


def of_person(tx: Connection, person: str) -> Sequence[str]:
    """Give the ids of the cohorts a person is in, by title."""
    wanted = select(cohorts.c.id).join_from(cohort_members, cohorts).where(cohort_members.c.person_id == person)
    return tx.scalars(wanted.order_by(cohorts.c.title)).all()


def of_everyone(tx: Connection) -> dict[str, str]:
    """Give the cohort of each person by its title, the one joined first where there are several."""
    wanted = select(cohort_members.c.person_id, cohorts.c.title).join_from(cohort_members, cohorts)
    rows = tx.execute(wanted.order_by(cohort_members.c.joined_at.desc(), cohorts.c.title.desc()))
    return {row.person_id: row.title for row in rows}


_COHORTS = (
    select(cohorts.c.id, cohorts.c.title, cohorts.c.created_at, func.count(cohort_members.c.person_id))
    .join_from(cohorts, cohort_members, isouter=True)
    .group_by(cohorts.c.id, cohorts.c.title, cohorts.c.created_at)
)
_MEMBERS = (
    select(people.c.id, people.c.name, people.c.email, cohort_members.c.joined_at)
    .join_from(cohort_members, people)
    .where(cohort_members.c.cohort_id == bindparam("of"))
    .order_by(people.c.name, people.c.id)
)
