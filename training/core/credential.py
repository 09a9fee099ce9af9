"""A certificate as issued, frozen, and what happened to it since: events that are only ever added."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Literal

from training.core.refusal import Refusal

THEORY_ONLY = (
    "This certificate attests knowledge only. It is the theory component: supervised practice is required before "
    "needling a patient, and it is neither a licence nor an authorisation to practise."
)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs, in what office and with what qualification."""

    name: str
    office: str
    credentials: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a certificate says, word for word as it stood when it was issued; nothing in it ever changes.

    `record` is the SHA-256 of the marking's record, `version` that of the programme the attempt began under.
    """

    number: str
    learner: str
    name: str
    programme: str
    title: str
    version: str
    provider: str
    signatories: tuple[Signed, ...]
    completed: date
    issued: datetime
    expires: date | None
    attempt: str
    record: str
    objectives: tuple[str, ...] = ()
    statement: str = ""
    score: str = ""
    hours: str = ""
    derivation: tuple[str, ...] = ()
    licence: str = ""
    contact: str = ""
    approval_number: str = ""
    delivery: str = ""
    level: str = ""
    instructors: tuple[str, ...] = ()
    supersedes: str = ""
    renews: str = ""
    accent: str = "#1f5f5b"
    paper: Literal["a4", "letter"] = "a4"
    theory_only: str = THEORY_ONLY


class Kind(StrEnum):
    """What can happen to a certificate."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOCATION_PROPOSED = "revocation proposed"
    REVOCATION_DROPPED = "revocation dropped"
    REVOKED = "revoked"
    RENEWED = "renewed"
    LISTED = "listed in the register"
    UNLISTED = "taken off the register"
    REMINDED = "reminded"
    REMINDER_RETURNED = "reminder not delivered"
    DECLARED = "declared for renewal"
    AUDIT_ASKED = "audit of the declaration asked"
    AUDIT_PASSED = "audit passed"
    AUDIT_FAILED = "audit not passed"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: by whom, why, and the other certificate or the amount it is about."""

    kind: Kind
    at: datetime
    by: str
    reason: str = ""
    other: str = ""
    amount: float = 0


class State(StrEnum):
    """Where a certificate stands."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its events, oldest first; the first is that it was issued."""

    credential: Credential
    events: tuple[Event, ...] = field(default=())

    def last(self, *kinds: Kind) -> Event | None:
        """Give the latest event of these kinds."""
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    @property
    def superseded_by(self) -> str:
        found = self.last(Kind.SUPERSEDED)
        return found.other if found else ""

    @property
    def renewed_by(self) -> str:
        found = self.last(Kind.RENEWED)
        return found.other if found else ""

    @property
    def followed_by(self) -> str:
        return self.superseded_by or self.renewed_by

    @property
    def suspended(self) -> bool:
        found = self.last(Kind.SUSPENDED, Kind.REINSTATED)
        return found is not None and found.kind is Kind.SUSPENDED

    @property
    def listed(self) -> bool:
        found = self.last(Kind.LISTED, Kind.UNLISTED)
        return found is not None and found.kind is Kind.LISTED

    @property
    def proposal(self) -> Event | None:
        """The proposal to revoke that waits for a second person."""
        found = self.last(Kind.REVOCATION_PROPOSED, Kind.REVOCATION_DROPPED, Kind.REVOKED)
        return found if found and found.kind is Kind.REVOCATION_PROPOSED else None

    @property
    def audit_open(self) -> bool:
        """Whether somebody must look into the declaration before it is renewed; a correction takes that on."""
        over = (Kind.AUDIT_PASSED, Kind.AUDIT_FAILED, Kind.SUPERSEDED, Kind.REVOKED)
        found = self.last(Kind.AUDIT_ASKED, *over)
        return found is not None and found.kind is Kind.AUDIT_ASKED

    @property
    def declared(self) -> bool:
        """Whether a declaration stands: one was made, and no audit found since that it does not hold."""
        found = self.last(Kind.DECLARED, Kind.AUDIT_FAILED)
        return found is not None and found.kind is Kind.DECLARED


def standing(issued: Issued, now: datetime) -> State:
    """Say where a certificate stands: what was withdrawn stays so, whatever its dates."""
    if issued.last(Kind.REVOKED):
        return State.REVOKED
    if issued.superseded_by:
        return State.SUPERSEDED
    if issued.suspended:
        return State.SUSPENDED
    return State.EXPIRED if now > valid_until(issued.credential.expires) else State.VALID


def valid_until(expires: date | None) -> datetime:
    """Give the last moment of the day on which a certificate expires, in UTC."""
    if expires is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(expires, time.max, UTC)


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of the month where there is none."""
    whole = day.month - 1 + months
    year, month = day.year + whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def suspend(issued: Issued, now: datetime, *, by: str, reason: str) -> Event:
    """Put a certificate on hold. Raises Refusal."""
    not_ones_own(issued, by)
    standing_must_be(issued, now, State.VALID, State.EXPIRED)
    return Event(Kind.SUSPENDED, now, by, _stated(reason))


def reinstate(issued: Issued, now: datetime, *, by: str, reason: str) -> Event:
    """End a suspension. Raises Refusal."""
    not_ones_own(issued, by)
    standing_must_be(issued, now, State.SUSPENDED)
    return Event(Kind.REINSTATED, now, by, _stated(reason))


def propose_revocation(issued: Issued, now: datetime, *, by: str, reason: str) -> Event:
    """Propose to withdraw a certificate for good; a second person decides. Raises Refusal."""
    not_ones_own(issued, by)
    _not_ended(issued, now)
    if issued.proposal:
        raise Refusal("Somebody has proposed this already; a second person has to decide.")
    return Event(Kind.REVOCATION_PROPOSED, now, by, _stated(reason))


def drop_revocation(issued: Issued, now: datetime, *, by: str, reason: str) -> Event:
    """Take a proposal to revoke back, or turn it down. Raises Refusal."""
    not_ones_own(issued, by)
    _proposed(issued)
    return Event(Kind.REVOCATION_DROPPED, now, by, _stated(reason))


def revoke(issued: Issued, now: datetime, *, by: str) -> Event:
    """Withdraw a certificate for good, as another person proposed. Raises Refusal."""
    not_ones_own(issued, by)
    proposal = _proposed(issued)
    _not_ended(issued, now)
    if proposal.by == by:
        raise Refusal("Revoking takes two people. Somebody else has to confirm what you proposed.")
    return Event(Kind.REVOKED, now, by, proposal.reason, other=proposal.by)


def supersede(issued: Issued, now: datetime, *, by: str, reason: str, other: str) -> Event:
    """Say that a corrected certificate takes this one's place; what is in doubt is decided first. Raises Refusal."""
    not_ones_own(issued, by)
    standing_must_be(issued, now, State.VALID, State.EXPIRED)
    if issued.proposal:
        raise Refusal("Somebody has proposed to revoke this certificate. That is decided first.")
    if issued.renewed_by:
        raise Refusal("This certificate has been renewed. Correct the one that continues it.")
    return Event(Kind.SUPERSEDED, now, by, _stated(reason), other)


def not_ones_own(issued: Issued, person: str) -> None:
    """Refuse whoever would decide about a certificate that she holds herself. Raises Refusal."""
    if issued.credential.learner == person:
        raise Refusal("Nobody decides about her own certificate. Another coordinator has to.")


def standing_must_be(issued: Issued, now: datetime, *states: State) -> None:
    """Refuse what cannot be done to a certificate that stands otherwise. Raises Refusal."""
    state = standing(issued, now)
    if state not in states:
        raise Refusal(f"This certificate is {state}; that cannot be done to it.")


def _not_ended(issued: Issued, now: datetime) -> None:
    standing_must_be(issued, now, State.VALID, State.EXPIRED, State.SUSPENDED)


def _proposed(issued: Issued) -> Event:
    if issued.proposal is None:
        raise Refusal("Nobody has proposed to revoke this certificate.")
    return issued.proposal


def _stated(reason: str) -> str:
    if not reason.strip():
        raise Refusal("Please give the reason, for whoever looks into it later.")
    return reason.strip()
