"""Issuing certificates: once for each pass, frozen for ever; what is wrong is corrected by a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from training.core.blueprint import Programme
from training.core.certificate_number import number_of
from training.core.certification import Certification, ScoreShown
from training.core.contact_hours import Derivation
from training.core.continuation import CORRECTED_WITH, carried, renewal_window
from training.core.credential import Credential, Issued, Signed, State, months_after, standing, supersede
from training.core.jurisdiction import declared, lacking, present_fields
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.services import requirements
from training.services.app import App
from training.services.deriving import hours
from training.services.making import make, unshowable
from training.services.noting import note
from training.services.recognising import known_as
from training.store import attempts, certificates, codec, people, reading, records, results
from training.store.database import Connection
from training.store.results import ResultRow

SEED_BITS = 48


@dataclass(frozen=True, slots=True)
class Prospect:
    """A programme that certifies, as it stands for one learner: her certificate, or what stands in its way."""

    programme: Programme
    issued: Issued | None
    missing: tuple[str, ...]
    passed: bool


def prospects(app: App, actor: Actor) -> list[Prospect]:
    """List the certifying programmes with how far the person asking is."""
    permit(actor, Action.LEARN)

    def work(tx: Connection) -> list[Prospect]:
        return [
            Prospect(
                each,
                current(app, tx, actor.id, each.slug),
                tuple(missing(app, tx, actor.id, each)),
                latest_pass(app, tx, actor.id, each.slug) is not None,
            )
            for each in certifying(app)
        ]

    return app.database.read(work)


def queue(app: App, actor: Actor) -> list[tuple[str, str, Programme, tuple[str, ...]]]:
    """List those who passed and have no certificate yet: id, name, programme, and what is missing still."""
    permit(actor, Action.MANAGE_CERTIFICATES)

    def work(tx: Connection) -> list[tuple[str, str, Programme, tuple[str, ...]]]:
        found = []
        for programme in certifying(app):
            passed = sorted({mark.learner for mark in results.marks(tx, results.Choice(programme=programme.slug))
                             if mark.passed})  # fmt: skip
            names = known_as(tx, passed)
            found += [
                (each, names.get(each, each), programme, tuple(missing(app, tx, each, programme)))
                for each in passed
                if current(app, tx, each, programme.slug) is None and latest_pass(app, tx, each, programme.slug)
            ]
        return found

    return app.database.read(work)


def certifying(app: App) -> list[Programme]:
    """List the programmes that certify, in their order."""
    found = [each for each in app.library.programmes.values() if each.certificate]
    return sorted(found, key=lambda each: (each.order, each.title))


def current(app: App, tx: Connection, learner: str, programme: str) -> Issued | None:
    """Give a learner's latest certificate of a programme that was not withdrawn, replaced, renewed or let lapse."""
    mine = [each for each in certificates.of_learner(tx, learner) if each.credential.programme == programme]
    held = [each for each in mine if not each.followed_by and not _over(app, each)]
    return held[-1] if held else None


def missing(app: App, tx: Connection, learner: str, programme: Programme, licence: str = "") -> list[str]:
    """List in words what stands between a learner and the certificate; empty where it can be issued."""
    certification = programme.certificate
    if certification is None:
        return ["This quiz gives no certificate."]
    passed = latest_pass(app, tx, learner, programme.slug)
    found = [] if passed else ["Pass the exam."]
    if certification.all_modules:
        found += _unread(app, tx, learner, programme)
    found += requirements.missing(tx, learner, programme, passed.attempt_id if passed else None)
    found += requirements.unnamed(tx, learner, certification)
    draft = _credential(app, tx, learner, programme, passed, licence) if passed else None
    return [*found, *_fields(app, certification, draft), *(unshowable(app, draft) if draft else [])]


def issue(app: App, actor: Actor, slug: str, *, learner: str = "", licence: str = "") -> Issued:
    """Issue a certificate for a pass, to the person asking or, by a coordinator, to another. Issuing again gives it.

    Raises Refusal naming all that is missing.
    """
    if learner and learner != actor.id:
        permit(actor, Action.MANAGE_CERTIFICATES)
    else:
        permit(actor, Action.LEARN)
        learner = actor.id
    programme = programme_of(app, slug)

    def prepare(tx: Connection) -> Issued | tuple[Credential, str]:
        held = current(app, tx, learner, slug)
        if held:
            return held
        lacks = missing(app, tx, learner, programme, licence)
        passed = latest_pass(app, tx, learner, slug)
        if lacks or passed is None:
            raise Refusal("The certificate cannot be issued yet. " + " ".join(lacks))
        return _credential(app, tx, learner, programme, passed, licence), f"pass:{passed.attempt_id}"

    ready = app.database.read(prepare)
    if isinstance(ready, Issued):
        return ready
    return make(app, actor.id, *ready)


def correct(app: App, actor: Actor, number: str, *, reason: str, licence: str | None = None) -> Issued:
    """Issue a certificate with what is right now, which takes the place of one that says something wrong.

    Name and licence are taken anew; all else stays as it was decided, an open audit open. Raises Refusal or NotFound.
    """
    permit(actor, Action.MANAGE_CERTIFICATES)

    def prepare(tx: Connection) -> Credential:
        old = certificates.get(tx, number)
        supersede(old, app.now(), by=actor.id, reason=reason, other="-")  # refuses what cannot be
        return replace(
            old.credential, number=_number(app), name=people.get(tx, old.credential.learner).name, supersedes=number,
            issued=app.now(), licence=old.credential.licence if licence is None else licence.strip(), renews="",
        )  # fmt: skip

    ready = app.database.read(prepare)

    def after(tx: Connection) -> None:
        old = certificates.get(tx, number)
        event = supersede(old, app.now(), by=actor.id, reason=reason, other=ready.number)
        certificates.append(tx, number, event)
        for each in carried(old, CORRECTED_WITH):
            certificates.append(tx, ready.number, each)
        note(tx, app, actor.id, "corrected a certificate", number, f"by {ready.number}: {event.reason}")

    return make(app, actor.id, ready, f"corrects:{number}", after)


def renewed(app: App, old: Credential, programme: Programme, expires: date) -> Credential:
    """Draw up the certificate that continues another: the same knowledge, a new term."""
    return replace(
        old, number=_number(app), issued=app.now(), expires=expires, renews=old.number, supersedes="",
        signatories=_signatories(programme.certificate) if programme.certificate else old.signatories,
    )  # fmt: skip


def programme_of(app: App, slug: str) -> Programme:
    """Give a programme that certifies. Raises NotFound."""
    programme = app.library.programmes.get(slug)
    if programme is None or programme.certificate is None:
        raise NotFound("There is no certificate for this.")
    return programme


def latest_pass(app: App, tx: Connection, learner: str, programme: str) -> ResultRow | None:
    """Give the latest pass that no certificate rests on which was withdrawn or let lapse."""
    used = {each.credential.attempt for each in certificates.of_learner(tx, learner) if _over(app, each)}
    mine = [
        row
        for row in results.of_learner(tx, learner)
        if row.programme == programme and row.passed and row.attempt_id not in used
    ]
    return max(mine, key=lambda row: row.submitted_at, default=None)


def _over(app: App, issued: Issued) -> bool:
    """Say whether a certificate is gone for good: withdrawn, or expired and past its renewal."""
    state = standing(issued, app.now())
    if state is not State.EXPIRED or issued.renewed_by:
        return state is State.REVOKED
    programme = app.library.programmes.get(issued.credential.programme)
    policy = programme.certificate.renewal if programme and programme.certificate else None
    window = renewal_window(issued.credential, policy) if policy else None
    return window is None or app.now().date() > window[1]


def _unread(app: App, tx: Connection, learner: str, programme: Programme) -> list[str]:
    done = {key for key, row in reading.of_person(tx, learner).items() if row.finished}
    modules = [app.library.modules[slug] for slug in programme.modules if slug in app.library.modules]
    return [
        f"Read the module '{module.title}' to its end."
        for module in modules
        if any((module.slug, section.id) not in done for section in module.sections)
    ]


def _fields(app: App, certification: Certification, draft: Credential | None) -> list[str]:
    """Name what jurisdictions ask for, before the pass too: nobody is to learn it when it is too late."""
    present = present_fields(draft) if draft else declared(certification)
    return [
        f"{app.library.jurisdictions[each].title} asks for {what} on the certificate."
        for each in certification.jurisdictions
        if each in app.library.jurisdictions
        for what in lacking(app.library.jurisdictions[each], present)
    ]


def _credential(
    app: App, tx: Connection, learner: str, programme: Programme, passed: ResultRow, licence: str
) -> Credential:
    """Put down all that the certificate says, from what holds now."""
    certification = programme.certificate
    if certification is None:
        raise NotFound("There is no certificate for this.")
    attempt = attempts.get(tx, passed.attempt_id)
    now = app.now()
    # Who is asked to try questions out earns no more hours by it: the dossier says the same number.
    counted = _hours(app, programme, certification, sum(slot.scored for slot in attempt.form.slots))
    provider = certification.provider
    return Credential(
        _number(app), learner, people.get(tx, learner).name, programme.slug, certification.title,
        attempt.form.version, provider.name, _signatories(certification), passed.submitted_at.date(), now,
        _expiry(certification, now), passed.attempt_id, _digest(records.latest(tx, passed.attempt_id)),
        objectives=() if certification.statement else _objectives(app, programme),
        statement=certification.statement or "", score=_score(certification, tx, passed),
        hours=counted.said if counted else "", derivation=counted.steps if counted else (), licence=licence.strip(),
        contact=provider.contact or "", approval_number=provider.approval_number or "",
        delivery=certification.delivery, level=certification.level or "", instructors=certification.instructors,
        accent=certification.look.accent, paper=certification.look.paper.value,
    )  # fmt: skip


def _number(app: App) -> str:
    return number_of(app.new_seed() << SEED_BITS | app.new_seed())


def _signatories(certification: Certification) -> tuple[Signed, ...]:
    return tuple(Signed(each.name, each.office, each.credentials or "") for each in certification.signatories)


def _expiry(certification: Certification, now: datetime) -> date | None:
    months = certification.validity_months
    return months_after(now.date(), months) if months else None


def _digest(record: str | None) -> str:
    return sha256((record or "").encode()).hexdigest()


def _objectives(app: App, programme: Programme) -> tuple[str, ...]:
    texts = {each.id: each.text for each in app.library.objectives()}
    modules: Sequence[str] = programme.modules
    named = [each for slug in modules if slug in app.library.modules for each in app.library.modules[slug].objectives]
    return tuple(dict.fromkeys(texts.get(each, each) for each in named))


def _score(certification: Certification, tx: Connection, passed: ResultRow) -> str:
    if certification.score is ScoreShown.NOTHING:
        return ""
    if certification.score is ScoreShown.STANDARD_MET:
        return "standard met"
    record = records.latest(tx, passed.attempt_id)
    decision = codec.load_record(record).decision if record else None
    overall = next((each for each in decision.grounds if each.rule == "overall"), None) if decision else None
    return f"{passed.percent:.0f} %" + (f" ({overall.needed:.0f} % needed)" if overall else "")


def _hours(app: App, programme: Programme, certification: Certification, questions: int) -> Derivation | None:
    if certification.hours is None or certification.hours.rule not in app.library.hours:
        return None
    counted = hours(app.library, programme, questions=questions)
    return counted if counted.credits else None  # "0 CEU" is no hours, and a jurisdiction that asks for them is told
