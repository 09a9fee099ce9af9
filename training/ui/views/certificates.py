"""Certificates in words: for their holder, what is missing and what she holds; for a coordinator, a history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from training.core.certification import Renewal
from training.core.credential import Issued, Kind, State, standing
from training.documents.certificate import spelt
from training.services.certifying import Prospect
from training.ui.views.words import count, day_and_time, plain

BADGES = {
    State.VALID: "green", State.EXPIRED: "gray", State.SUSPENDED: "orange", State.REVOKED: "red",
    State.SUPERSEDED: "gray",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldView:
    """One certificate that somebody holds."""

    number: str
    title: str
    badge: str
    about: str
    reminder: str
    listed: bool
    alive: bool
    renewed: bool
    files: tuple[tuple[str, str, str], ...]
    """Label, icon and address of each thing to open."""


@dataclass(frozen=True, slots=True)
class ProspectView:
    """A certificate still to be earned: what stands in its way, as a Markdown list."""

    slug: str
    title: str
    missing: str
    ready: bool


def prospect_view(prospect: Prospect) -> ProspectView:
    """Word what is missing."""
    programme = prospect.programme
    title = programme.certificate.title if programme.certificate else programme.title
    return ProspectView(
        programme.slug, plain(title), "\n".join(f"- {plain(each)}" for each in prospect.missing),
        ready=not prospect.missing,
    )  # fmt: skip


def held_view(issued: Issued, now: datetime, policy: Renewal | None) -> HeldView:
    """Word one certificate."""
    it, state = issued.credential, standing(issued, now)
    parts = [f"Completed {spelt(it.completed)}", _term(it.expires, state), it.hours, f"Number {it.number}"]
    base, soon = f"/credentials/{it.number}", reminder_of(issued, now, policy)
    return HeldView(
        it.number, plain(it.title), f":{BADGES[state]}-badge[{state.value}]", " · ".join(filter(None, parts)),
        f"{soon} Renew it below." if soon else "", issued.listed, state in {State.VALID, State.EXPIRED},
        bool(issued.renewed_by),
        (
            ("PDF, A4", "picture_as_pdf", f"{base}.pdf?paper=a4"),
            ("PDF, Letter", "picture_as_pdf", f"{base}.pdf?paper=letter"),
            ("Open Badge (JSON)", "data_object", f"{base}.json"),
            ("Verify", "verified", f"/verify/{it.number}"),
        ),
    )  # fmt: skip


def address_warning(base_url: str) -> str:
    """Say that certificates issued now would send whoever reads them to an address of this machine alone."""
    if urlsplit(base_url).hostname not in {"localhost", "127.0.0.1", "::1"}:
        return ""
    return (
        f"A certificate issued now says for ever that it is verified at {base_url}, which nobody else can reach. "
        "Ask an administrator to set NEEDLEWISE_BASE_URL first."
    )


def row_label(issued: Issued, now: datetime) -> str:
    """Word one certificate in a list."""
    it = issued.credential
    return f"{it.name} · {it.title} · {standing(issued, now).value}"


def row_about(issued: Issued, now: datetime) -> str:
    """Say below it what else tells it from others."""
    it = issued.credential
    waiting = " · **a revocation waits for a second person**" if issued.proposal else ""
    audit = " · **an audit of the declaration is open**" if issued.audit_open else ""
    term = _term(it.expires, standing(issued, now))
    return f"{it.number} · issued {spelt(it.issued.date())} · {term}{waiting}{audit}"


def history(issued: Issued, names: Mapping[str, str], zone: tzinfo) -> Sequence[dict[str, str]]:
    """Give what happened to a certificate, line by line, the latest first."""
    return [
        {
            "When": day_and_time(event.at, zone),
            "What": event.kind.value,
            "Who": _who(event.kind, event.by, event.other, names),
            "Why, or which": event.reason if event.kind is Kind.REVOKED else event.reason or event.other,
        }
        for event in reversed(issued.events)
    ]


def _who(kind: Kind, by: str, other: str, names: Mapping[str, str]) -> str:
    who = names.get(by, by)
    return f"{names.get(other, other)}, confirmed by {who}" if kind is Kind.REVOKED else who


def _term(expires: date | None, state: State) -> str:
    if expires is None:
        return "does not expire"
    return f"expired {spelt(expires)}" if state is State.EXPIRED else f"valid until {spelt(expires)}"


def reminder_of(issued: Issued, now: datetime, policy: Renewal | None) -> str:
    """Say that a certificate expires soon, by the programme's reminders; nothing where it does not."""
    expires = issued.credential.expires
    if expires is None or policy is None or issued.renewed_by or standing(issued, now) is not State.VALID:
        return ""
    left = (expires - now.date()).days
    if left > max(policy.remind_days_before, default=0):
        return ""
    return f"It expires in {count(left, 'day')}, on {spelt(expires)}."
