"""Entries of dossiers; the database refuses a second one for the same occasion."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from training.core.dossier import Body, Entry
from training.core.refusal import NotFound, Refusal
from training.store.dossier_tables import dossier_entries as table

DONE_BEFORE = "This was done already, perhaps in another window. Please reload the page."


def add(tx: Connection, entry: Entry) -> None:
    """Add an entry. Raises Refusal where its occasion is taken."""
    row = {
        "id": entry.id, "occasion": entry.occasion, "learner": entry.learner, "programme": entry.programme,
        "kind": entry.body.kind, "by": entry.by, "at": entry.at, "body": _bodies().dump_json(entry.body).decode(),
    }  # fmt: skip
    try:
        tx.execute(insert(table), row)
    except IntegrityError as error:
        raise Refusal(DONE_BEFORE) from error


def get(tx: Connection, entry_id: str) -> Entry:
    """Give one entry. Raises NotFound."""
    found = _those(tx, table.c.id == entry_id)
    if not found:
        raise NotFound("There is no such entry in a dossier.")
    return found[0]


def of_learner(tx: Connection, learner: str, programme: str) -> list[Entry]:
    """Give a learner's entries in a programme, oldest first."""
    return _those(tx, table.c.learner == learner, table.c.programme == programme)


def of_kind(tx: Connection, *kinds: str, programme: str | None = None) -> list[Entry]:
    """Give all entries of some kinds, oldest first."""
    wanted = [table.c.kind.in_(kinds)] + ([table.c.programme == programme] if programme else [])
    return _those(tx, *wanted)


def learners(tx: Connection, programme: str) -> set[str]:
    """Give the ids of those who have an entry in a programme."""
    return set(tx.scalars(select(table.c.learner).where(table.c.programme == programme).distinct()))


def _those(tx: Connection, *wanted: ColumnElement[bool]) -> list[Entry]:
    return [_entry(row) for row in tx.execute(select(table).where(*wanted).order_by(table.c.at, table.c.id))]


def _entry(row: Row[Any]) -> Entry:
    body = _bodies().validate_json(row.body)
    return Entry(row.id, row.learner, row.programme, row.by, row.at, row.occasion, body)


@cache
def _bodies() -> TypeAdapter[Body]:
    return TypeAdapter(Body)
