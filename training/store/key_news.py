"""What key changes did lately, change by change, and the certificates in force that say what is no longer so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, exists, false, func, or_, select, true

from training.core.credential import Kind
from training.core.key_change import Step
from training.core.remarking import Remarking
from training.store import codec
from training.store.certificate_tables import certificate_events, certificates
from training.store.key_tables import key_change_steps, key_changes, regrades

SETTLED = (
    Kind.SUPERSEDED, Kind.REVOKED, Kind.SUSPENDED, Kind.REINSTATED, Kind.REVOCATION_PROPOSED, Kind.REVOCATION_DROPPED,
)  # fmt: skip
"""What a coordinator does once she has looked at a certificate; to let it stand she drops what she proposed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One change: when it was last applied to an attempt, how many results are others, and decisions among them."""

    change_id: str
    item_id: str
    remarking: Remarking
    at: datetime
    results: int
    passed: int
    lost: int


def moved_since(tx: Connection, since: datetime) -> list[Moved]:
    """Give the changes begun since a moment that made any result another one, the latest first."""
    begun = select(key_change_steps.c.change_id).where(
        key_change_steps.c.step == Step.BEGUN.value, key_change_steps.c.at >= since
    )
    at, results = func.max(regrades.c.at), _many(_matters())
    wanted = (
        select(
            key_changes.c.id, key_changes.c.item_id, key_changes.c.remarking, at.label("at"), results.label("results"),
            _many(_turned(to=True)).label("passed"), _many(_turned(to=False)).label("lost"),
        )
        .join(regrades, regrades.c.change_id == key_changes.c.id)
        .where(key_changes.c.id.in_(begun))
        .group_by(key_changes.c.id, key_changes.c.item_id, key_changes.c.remarking)
        .having(results > 0)
        .order_by(at.desc(), key_changes.c.id)
    )  # fmt: skip
    return [
        Moved(row.id, row.item_id, codec.load_remarking(row.remarking), row.at, row.results, row.passed, row.lost)
        for row in tx.execute(wanted)
    ]


def certificates_in_doubt(tx: Connection, since: datetime) -> Sequence[str]:
    """Number the certificates in force whose attempt no longer passes, or has another score than they state.

    All that was done to the attempt since the issue counts together: what was taken back is no doubt. Whatever a
    coordinator did about a certificate after its attempt was marked again settles it.
    """
    attempt = '"attempt":"' + regrades.c.attempt_id + '"'
    states = and_(*(certificates.c.body.not_like(f'%"score":"{each}"%') for each in ("", "standard met")))
    over = exists().where(
        certificate_events.c.number == certificates.c.number, certificate_events.c.at >= regrades.c.at,
        certificate_events.c.kind.in_([kind.value for kind in SETTLED]),
    )  # fmt: skip
    wanted = (
        select(certificates.c.number, states.label("states"), over.label("settled"), regrades)
        .join(regrades, and_(regrades.c.learner == certificates.c.learner, regrades.c.at > certificates.c.issued_at))
        .where(_matters(), certificates.c.body.contains(attempt))
        .order_by(certificates.c.issued_at, certificates.c.number, regrades.c.at)
    )
    first: dict[str, tuple[float, bool | None]] = {}
    doubtful: dict[str, bool] = {}
    for row in tx.execute(wanted):
        percent, passed = first.setdefault(row.number, (row.percent_before, row.passed_before))
        other = bool(row.states) and round(percent) != round(row.percent_after)
        lost = passed is True and row.passed_after is False
        doubtful[row.number] = (other or lost) and not row.settled and row.at >= since
    return [number for number, doubt in doubtful.items() if doubt]


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _turned(*, to: bool) -> ColumnElement[bool]:
    before, after = (false(), true()) if to else (true(), false())
    return and_(regrades.c.passed_before == before, regrades.c.passed_after == after)


def _matters() -> ColumnElement[bool]:
    differ = regrades.c.percent_before != regrades.c.percent_after
    return or_(differ, regrades.c.passed_before.is_distinct_from(regrades.c.passed_after))
