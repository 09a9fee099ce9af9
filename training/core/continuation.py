"""How one certificate goes on in another: renewed in its window or corrected, and what goes along with it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from training.core.certification import Renewal
from training.core.credential import (
    Credential,
    Event,
    Issued,
    Kind,
    State,
    months_after,
    standing,
    standing_must_be,
)
from training.core.refusal import Refusal

CONSENT = frozenset({Kind.LISTED, Kind.UNLISTED})
"""What holds for a renewal too: whether the holder is in the public register."""

CORRECTED_WITH = CONSENT | {Kind.DECLARED, Kind.AUDIT_ASKED, Kind.AUDIT_PASSED, Kind.AUDIT_FAILED}
"""What holds for a correction too: its holder need not declare again, and whoever waits for evidence still does."""


def renewal_window(credential: Credential, policy: Renewal) -> tuple[date, date] | None:
    """Give the first and the last day on which a certificate can be renewed; None where it never expires."""
    if credential.expires is None:
        return None
    opens = credential.expires - timedelta(days=policy.opens_days_before)
    return opens, credential.expires + timedelta(days=policy.grace_days)


def renew(issued: Issued, policy: Renewal, now: datetime, *, by: str, other: str) -> Event:
    """Say that a new certificate continues this one. Raises Refusal outside the window, or where something is amiss."""
    standing_must_be(issued, now, State.VALID, State.EXPIRED)
    window = renewal_window(issued.credential, policy)
    if window is None:
        raise Refusal("This certificate does not expire, so there is nothing to renew.")
    if issued.renewed_by:
        raise Refusal("This certificate has been renewed already.")
    if not window[0] <= now.date() <= window[1]:
        raise Refusal(f"This certificate can be renewed from {window[0]} to {window[1]}.")
    if issued.audit_open:
        raise Refusal("Your declaration was chosen for an audit. A coordinator looks into it first.")
    return Event(Kind.RENEWED, now, by, other=other)


def next_expiry(credential: Credential, months: int, now: datetime) -> date:
    """Give when a renewal expires: counted from the old expiry, so that renewing early costs nothing, or from today."""
    return months_after(max(credential.expires or now.date(), now.date()), months)


def due_reminder(issued: Issued, policy: Renewal, now: datetime) -> int | None:
    """Give the reminder that is due, in days before the expiry; None where none is or it was sent."""
    expires = issued.credential.expires
    if expires is None or issued.renewed_by or standing(issued, now) is not State.VALID:
        return None
    left = (expires - now.date()).days
    due = [days for days in policy.remind_days_before if left <= days]
    sent: set[float] = set()
    for event in issued.events:
        if event.kind is Kind.REMINDED:
            sent.add(event.amount)
        elif event.kind is Kind.REMINDER_RETURNED:
            sent.discard(event.amount)
    # Of several that are due at once the nearest says it all.
    return min(due) if due and not any(days <= min(due) for days in sent) else None


def chain(numbers: Sequence[Issued], number: str) -> tuple[Issued, ...]:
    """Give a certificate with those it continues or corrects and those that follow, oldest first."""
    by_number = {each.credential.number: each for each in numbers}
    first = by_number.get(number)
    while first and (before := by_number.get(first.credential.renews or first.credential.supersedes)):
        first = before
    found: list[Issued] = []
    while first:
        found.append(first)
        first = by_number.get(first.followed_by)
    return tuple(found)


def carried(old: Issued, kinds: Collection[Kind]) -> tuple[Event, ...]:
    """Give what happened to a certificate that holds for the one that follows too, as it was and naming the old."""
    return tuple(replace(each, other=old.credential.number) for each in old.events if each.kind in kinds)
