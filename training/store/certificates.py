"""Certificates as they were issued, with what happened to them since; nothing is ever changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, bindparam, func, insert, select

from training.core.credential import Credential, Event, Issued, Kind, valid_until
from training.core.refusal import NotFound
from training.store.certificate_tables import certificate_events, certificate_papers, certificates

NOT_THERE = "There is no certificate of this number."


@dataclass(frozen=True, slots=True)
class Papers:
    """What leaves the house: the signed credential, and the PDFs by their paper."""

    signed: str
    pdfs: Mapping[str, bytes]


def add(tx: Connection, credential: Credential, papers: Papers, *, occasion: str, place: int, by: str) -> None:
    """Keep a certificate with its papers and its first event. The database refuses an occasion or a place twice."""
    tx.execute(
        insert(certificates),
        {
            "number": credential.number, "occasion": occasion, "place": place, "learner": credential.learner,
            "programme": credential.programme, "issued_at": credential.issued,
            "expires_at": valid_until(credential.expires) if credential.expires else None,
            "body": _credential().dump_json(credential).decode(), "signed": papers.signed,
        },
    )  # fmt: skip
    rows = [{"number": credential.number, "paper": paper, "pdf": pdf} for paper, pdf in papers.pdfs.items()]
    tx.execute(insert(certificate_papers), rows)
    append(tx, credential.number, Event(Kind.ISSUED, credential.issued, by))


def append(tx: Connection, number: str, event: Event) -> None:
    """Add what happened to a certificate."""
    seq = tx.scalar(_COUNT, {"of": number}) or 0
    tx.execute(
        insert(certificate_events),
        {
            "number": number, "seq": seq + 1, "kind": event.kind.value, "at": event.at, "by": event.by,
            "reason": event.reason, "other": event.other, "amount": event.amount,
        },
    )  # fmt: skip


def get(tx: Connection, number: str) -> Issued:
    """Give one certificate. Raises NotFound."""
    found = next(_issued(tx, select(certificates).where(certificates.c.number == number)), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def of_learner(tx: Connection, learner: str) -> list[Issued]:
    """Give a learner's certificates, oldest first."""
    return list(_issued(tx, select(certificates).where(certificates.c.learner == learner)))


def every(tx: Connection, programme: str | None = None) -> list[Issued]:
    """Give all certificates, or those of a programme, oldest first."""
    wanted = select(certificates)
    return list(_issued(tx, wanted.where(certificates.c.programme == programme) if programme else wanted))


def expiring(tx: Connection, since: datetime, until: datetime) -> list[Issued]:
    """Give those that expire in a span of time."""
    return list(_issued(tx, select(certificates).where(certificates.c.expires_at.between(since, until))))


def for_occasion(tx: Connection, occasion: str) -> str | None:
    """Give the number of the certificate issued on an occasion."""
    return tx.scalar(select(certificates.c.number).where(certificates.c.occasion == occasion))


def taken(tx: Connection, place: int) -> bool:
    """Say whether a bit of the status lists is somebody's."""
    return tx.scalar(select(certificates.c.number).where(certificates.c.place == place)) is not None


def places(tx: Connection) -> dict[str, int]:
    """Give the bit of every certificate that something was done to."""
    touched = select(certificate_events.c.number).where(certificate_events.c.kind != Kind.ISSUED.value)
    rows = tx.execute(select(certificates.c.number, certificates.c.place).where(certificates.c.number.in_(touched)))
    return {row.number: row.place for row in rows}


def with_events(tx: Connection, *kinds: Kind) -> list[Issued]:
    """Give the certificates to which something of these kinds ever happened."""
    touched = select(certificate_events.c.number).where(certificate_events.c.kind.in_([kind.value for kind in kinds]))
    return list(_issued(tx, select(certificates).where(certificates.c.number.in_(touched))))


def signed(tx: Connection, number: str) -> str:
    """Give the signed credential exactly as it was issued. Raises NotFound."""
    found = tx.scalar(select(certificates.c.signed).where(certificates.c.number == number))
    if found is None:
        raise NotFound(NOT_THERE)
    return str(found)


def pdf(tx: Connection, number: str, paper: str) -> bytes:
    """Give a PDF exactly as it was issued. Raises NotFound."""
    found = tx.scalar(
        select(certificate_papers.c.pdf).where(
            certificate_papers.c.number == number, certificate_papers.c.paper == paper
        )
    )
    if found is None:
        raise NotFound(NOT_THERE)
    return bytes(found)


_COUNT = select(func.max(certificate_events.c.seq)).where(certificate_events.c.number == bindparam("of"))


def _issued(tx: Connection, wanted: Select[Any]) -> Iterator[Issued]:
    rows = tx.execute(wanted.order_by(certificates.c.issued_at, certificates.c.number)).all()
    happened: dict[str, list[Event]] = {row.number: [] for row in rows}
    numbers = wanted.with_only_columns(certificates.c.number).order_by(None)
    for row in tx.execute(
        select(certificate_events)
        .where(certificate_events.c.number.in_(numbers))
        .order_by(certificate_events.c.number, certificate_events.c.seq)
    ):
        happened[row.number].append(Event(Kind(row.kind), row.at, row.by, row.reason, row.other, row.amount))
    for row in rows:
        yield Issued(_credential().validate_json(row.body), tuple(happened[row.number]))


@cache
def _credential() -> TypeAdapter[Credential]:
    return TypeAdapter(Credential)
