"""Records: each marking of an attempt as it was found, kept for ever; the last one holds."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from training.core.record import Record
from training.store import codec
from training.store.tables import attempt_records

PAGE = 500


def add(tx: Connection, record: Record, at: datetime) -> None:
    """Keep a marking; the same again adds nothing."""
    body = codec.dump_record(record)
    last = latest(tx, record.attempt)
    if last == body:
        return
    seq = tx.scalar(_COUNT, {"of": record.attempt}) or 0
    tx.execute(insert(attempt_records), {"attempt_id": record.attempt, "seq": seq + 1, "at": at, "body": body})


def add_all(tx: Connection, new: Sequence[Record], at: datetime) -> None:
    """Keep a further marking of each of many attempts."""
    ids = [record.attempt for record in new]
    known = select(attempt_records.c.attempt_id, func.max(attempt_records.c.seq).label("last"))
    rows = tx.execute(known.where(attempt_records.c.attempt_id.in_(ids)).group_by(attempt_records.c.attempt_id))
    last = {row.attempt_id: row.last for row in rows}
    if new:
        tx.execute(insert(attempt_records), [
            {"attempt_id": each.attempt, "seq": last.get(each.attempt, 0) + 1, "at": at,
             "body": codec.dump_record(each)}
            for each in new
        ])  # fmt: skip


def latest(tx: Connection, attempt_id: str) -> str | None:
    """Give the last record of an attempt exactly as it was written, or None."""
    return tx.scalar(_LATEST, {"of": attempt_id})


def all_of(tx: Connection, attempt_id: str) -> list[tuple[datetime, Record]]:
    """Give every record of an attempt, oldest first."""
    return [(row.at, codec.load_record(row.body)) for row in tx.execute(_ALL, {"of": attempt_id})]


def every_latest(tx: Connection, ids: list[str]) -> Iterator[tuple[str, str]]:
    """Give the last record of each of some attempts, as it was written."""
    rows = tx.execute(
        select(attempt_records.c.attempt_id, attempt_records.c.body)
        .where(attempt_records.c.attempt_id.in_(ids))
        .order_by(attempt_records.c.attempt_id, attempt_records.c.seq)
    )
    yield from {row.attempt_id: row.body for row in rows}.items()


_OF = attempt_records.c.attempt_id == bindparam("of")
_COUNT = select(func.max(attempt_records.c.seq)).where(_OF)
_LATEST = select(attempt_records.c.body).where(_OF).order_by(attempt_records.c.seq.desc()).limit(1)
_ALL = select(attempt_records.c.at, attempt_records.c.body).where(_OF).order_by(attempt_records.c.seq)
