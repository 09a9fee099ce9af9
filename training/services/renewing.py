"""Renewing certificates as a chain: in their window, by what the policy asks; and reminding before they expire."""

from datetime import timedelta
from logging import getLogger

from training.core import continuation as core
from training.core.blueprint import Programme
from training.core.certification import Renewal
from training.core.credential import Event, Issued, Kind, not_ones_own, valid_until
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services import mailing, requirements
from training.services.app import App
from training.services.certifying import programme_of, renewed
from training.services.mailing import Undelivered
from training.services.making import make, verify_address
from training.services.noting import note
from training.store import certificates, people, results
from training.store.database import Connection

FURTHEST = 3660
_log = getLogger("needlewise.server")


def asked(app: App, tx: Connection, issued: Issued) -> list[str]:
    """List in words what a renewal still asks; empty where the certificate can be renewed now."""
    programme, policy = _policy(app, issued)
    window = core.renewal_window(issued.credential, policy)
    if window is None or programme.certificate is None:
        return ["This certificate does not expire."]
    now = app.now()
    found = requirements.unnamed(tx, issued.credential.learner, programme.certificate)
    found += [] if window[0] <= now.date() <= window[1] else [f"It can be renewed from {window[0]} to {window[1]}."]
    if (policy.hours or policy.declaration) and not issued.declared:
        what = f" of {policy.hours:g} hours of continuing education" if policy.hours else ""
        failed = issued.last(Kind.AUDIT_FAILED)
        why = f" The one before did not hold: {failed.reason}" if failed else ""
        found.append(f"Make the declaration{what}.{why}")
    if policy.quiz and not _refreshed(tx, issued, policy):
        title = app.library.programmes[policy.quiz].title if policy.quiz in app.library.programmes else policy.quiz
        found.append(f"Pass the quiz '{title}' on or after {window[0]}.")
    if issued.audit_open:
        found.append("A coordinator looks into your declaration first: please send the evidence.")
    return found


def lacks(app: App, actor: Actor, number: str) -> list[str]:
    """List what the renewal of the person's own certificate still asks. Raises Refusal or NotFound."""
    permit(actor, Action.SEE_OWN_WORK)

    def read(tx: Connection) -> list[str]:
        issued = certificates.get(tx, number)
        permit(actor, Action.SEE_OWN_WORK, owner=issued.credential.learner)
        return asked(app, tx, issued)

    return app.database.read(read)


def policy_of(app: App, issued: Issued) -> Renewal | None:
    """Give the policy that a certificate is renewed by, where its programme renews at all."""
    programme = app.library.programmes.get(issued.credential.programme)
    return programme.certificate.renewal if programme and programme.certificate else None


def declare(app: App, actor: Actor, number: str, *, hours: float) -> Issued:
    """Declare continuing education and good standing; some declarations are chosen by lot for an audit."""
    permit(actor, Action.SEE_OWN_WORK)
    lot = app.new_seed() % 10_000

    def write(tx: Connection) -> Issued:
        issued = certificates.get(tx, number)
        permit(actor, Action.SEE_OWN_WORK, owner=issued.credential.learner)
        policy = _policy(app, issued)[1]
        window = core.renewal_window(issued.credential, policy)
        if window and app.now().date() < window[0]:
            raise Refusal(f"This can be declared from {window[0]}, when the renewal opens.")
        if issued.declared:
            raise Refusal("You have made this declaration already.")
        if hours < policy.hours:
            raise Refusal(f"{policy.hours:g} hours of continuing education are needed; you declared {hours:g}.")
        certificates.append(
            tx, number, Event(Kind.DECLARED, app.now(), actor.id, policy.declaration or "", amount=hours)
        )
        again = issued.last(Kind.AUDIT_FAILED)
        if again or lot < policy.audit_percent * 100:
            why = "the one before did not hold" if again else "chosen by lot"
            certificates.append(tx, number, Event(Kind.AUDIT_ASKED, app.now(), "needlewise", why))
        return certificates.get(tx, number)

    return app.database.write(write)


def pass_audit(app: App, actor: Actor, number: str, *, reason: str) -> Issued:
    """Note that the evidence of a declaration was seen and holds. Raises Refusal."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    return _audited(app, actor, number, Kind.AUDIT_PASSED, reason)


def fail_audit(app: App, actor: Actor, number: str, *, reason: str) -> Issued:
    """Note that a declaration does not hold: the holder makes another, which is looked into again. Raises Refusal."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    return _audited(app, actor, number, Kind.AUDIT_FAILED, reason)


def _audited(app: App, actor: Actor, number: str, kind: Kind, reason: str) -> Issued:
    if not reason.strip():
        raise Refusal("Please say what was seen, for whoever looks into it later.")

    def write(tx: Connection) -> Issued:
        issued = certificates.get(tx, number)
        not_ones_own(issued, actor.id)
        if not issued.audit_open:
            raise Refusal("No audit is open for this certificate.")
        certificates.append(tx, number, Event(kind, app.now(), actor.id, reason.strip()))
        note(tx, app, actor.id, f"certificate {kind}", number, reason.strip())
        return certificates.get(tx, number)

    return app.database.write(write)


def renew(app: App, actor: Actor, number: str) -> Issued:
    """Issue the certificate that continues this one. Raises Refusal naming what is missing, or NotFound."""
    permit(actor, Action.SEE_OWN_WORK)

    def prepare(tx: Connection) -> tuple[Issued, list[str]]:
        issued = certificates.get(tx, number)
        if issued.credential.learner != actor.id:
            permit(actor, Action.MANAGE_CERTIFICATES)
        return issued, asked(app, tx, issued)

    old, missing = app.database.read(prepare)
    programme, policy = _policy(app, old)
    if missing:
        raise Refusal("The certificate cannot be renewed yet. " + " ".join(missing))
    core.renew(old, policy, app.now(), by=actor.id, other="-")  # refuses what cannot be
    months = (programme.certificate.validity_months if programme.certificate else None) or 0
    ready = renewed(app, old.credential, programme, core.next_expiry(old.credential, months, app.now()))

    def after(tx: Connection) -> None:
        held = certificates.get(tx, number)
        event = core.renew(held, policy, app.now(), by=actor.id, other=ready.number)
        certificates.append(tx, number, event)
        for each in core.carried(held, core.CONSENT):
            certificates.append(tx, ready.number, each)
        note(tx, app, actor.id, "renewed a certificate", number, ready.number)

    return make(app, actor.id, ready, f"renews:{number}", after)


def remind(app: App) -> int:
    """Note and send the reminders that are due. Gives how many; each is delivered once at most."""
    now = app.now()
    due = app.database.read(lambda tx: certificates.expiring(tx, now, now + timedelta(days=FURTHEST)))
    sent = 0
    for issued in due:
        policy = policy_of(app, issued)
        days = core.due_reminder(issued, policy, now) if policy else None
        if policy and days is not None:
            sent += _reminded(app, issued, policy, days)
    return sent


def _reminded(app: App, issued: Issued, policy: Renewal, days: int) -> bool:
    """Note the reminder first, then send it: so it is never sent twice, and what came back is sent by the next run."""
    number, learner = issued.credential.number, issued.credential.learner

    def write(tx: Connection) -> str:
        if core.due_reminder(certificates.get(tx, number), policy, app.now()) != days:
            return ""  # another process was quicker
        certificates.append(tx, number, Event(Kind.REMINDED, app.now(), "needlewise", amount=days))
        return people.emails(tx, [learner]).get(learner, "")

    address = app.database.write(write)
    return bool(address) and (not mailing.configured(app.settings) or _sent(app, issued, address, days))


def _sent(app: App, issued: Issued, address: str, days: int) -> bool:
    try:
        mailing.send(app.settings, to=address, **_message(app, issued))
    except Undelivered:
        back = Event(Kind.REMINDER_RETURNED, app.now(), "needlewise", amount=days)
        app.database.write(lambda tx: certificates.append(tx, issued.credential.number, back))
        _log.warning("a reminder could not be sent; the next run tries again")
        return False
    except Refusal:
        _log.warning("the line broke while a reminder was sent; it is not sent again, and the app shows it in any case")
    return True


def _message(app: App, issued: Issued) -> dict[str, str]:
    it = issued.credential
    return {
        "subject": f"Your certificate expires on {valid_until(it.expires):%d %B %Y}",
        "text": f"Dear {it.name},\n\nyour certificate '{it.title}' ({it.number}) expires on "
        f"{valid_until(it.expires):%d %B %Y}.\nHow to renew it stands on your page: "
        f"{app.settings.base_url}/my-certificates\n\nIt can be verified at {verify_address(app, it.number)}\n",
    }


def _policy(app: App, issued: Issued) -> tuple[Programme, Renewal]:
    programme = programme_of(app, issued.credential.programme)
    policy = policy_of(app, issued)
    if policy is None:
        raise Refusal("This certificate is not renewed; the programme says so.")
    return programme, policy


def _refreshed(tx: Connection, issued: Issued, policy: Renewal) -> bool:
    window = core.renewal_window(issued.credential, policy)
    return window is not None and any(
        row.programme == policy.quiz and row.passed is not False and row.submitted_at.date() >= window[0]
        for row in results.of_learner(tx, issued.credential.learner)
    )
