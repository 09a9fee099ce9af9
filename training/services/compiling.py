"""A learner's dossier of one programme put together, for herself and for coordinators. Extra time is no part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training.core.blueprint import Programme
from training.core.credential import Issued
from training.core.dossier import Entry, Evaluation, Link, Rating
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services import certifying, requirements
from training.services.app import App
from training.services.deriving import hours
from training.services.examining import verdicts_of
from training.services.recognising import known_as
from training.services.requirements import Step
from training.store import dossiers, people, results
from training.store.database import Connection


@dataclass(frozen=True, slots=True)
class Exam:
    """One exam handed in. Only its day is told: begin and end together would show whose time was longer."""

    attempt: str
    on: date
    percent: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Contact hours in words, and how they come about: as the certificate says once there is one."""

    said: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All there is: exams, entries (oldest first), steps, what stands in the way of the certificate, and the hours."""

    learner: str
    name: str
    known_as: str
    """The name as staff see it: with a part of the address where another account bears it too."""
    programme: Programme
    exams: tuple[Exam, ...]
    entries: tuple[Entry, ...]
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    certificate: str
    hours: Counted | None
    people: dict[str, str]

    @property
    def attempt(self) -> str | None:
        """The attempt that attestation and evaluation are asked about: the latest pass."""
        passed = [each.attempt for each in self.exams if each.passed]
        return passed[-1] if passed else None


def own(app: App, actor: Actor) -> list[Dossier]:
    """Give the dossiers of the person asking, one for each programme that certifies."""
    permit(actor, Action.SEE_OWN_WORK)
    return app.database.read(lambda tx: [_dossier(app, tx, actor.id, each) for each in certifying.certifying(app)])


def one(app: App, actor: Actor, slug: str, learner: str) -> Dossier:
    """Give one dossier: one's own, or as a coordinator anybody's. Raises Refusal or NotFound."""
    permit(actor, Action.SEE_OWN_WORK if learner == actor.id else Action.SEE_DOSSIERS)
    programme = certifying.programme_of(app, slug)
    return app.database.read(lambda tx: _dossier(app, tx, learner, programme))


def listed(app: App, actor: Actor, slug: str) -> list[Dossier]:
    """Give the dossiers of all who sat the exam or have an entry, by name."""
    permit(actor, Action.SEE_DOSSIERS)
    programme = certifying.programme_of(app, slug)

    def read(tx: Connection) -> list[Dossier]:
        sat = {mark.learner for mark in results.marks(tx, results.Choice(programme=slug))}
        found = [_dossier(app, tx, each, programme) for each in sat | dossiers.learners(tx, slug)]
        return sorted(found, key=lambda each: (each.name.casefold(), each.learner))

    return app.database.read(read)


def programmes(app: App, actor: Actor) -> list[Programme]:
    """List the programmes that have dossiers."""
    permit(actor, Action.SEE_OWN_WORK)
    return certifying.certifying(app)


def hours_of(app: App, programme: Programme) -> Counted | None:
    """Derive a programme's hours where it declares a rule that there is."""
    try:
        found = hours(app.library, programme)
    except Refusal:
        return None
    return Counted(found.said, found.steps)


def _certified(issued: Issued) -> Counted | None:
    """Give the hours that a certificate says, whatever its programme would give today."""
    it = issued.credential
    return Counted(it.hours, it.derivation) if it.hours else None


def _dossier(app: App, tx: Connection, learner: str, programme: Programme) -> Dossier:
    mine = [row for row in results.of_learner(tx, learner) if row.programme == programme.slug]
    exams = tuple(
        Exam(row.attempt_id, row.submitted_at.date(), row.percent, bool(row.passed))
        for row in sorted(mine, key=lambda row: row.submitted_at)
    )
    entries = _told(dossiers.of_learner(tx, learner, programme.slug))
    passed = certifying.latest_pass(app, tx, learner, programme.slug)
    issued = certifying.current(app, tx, learner, programme.slug)
    return Dossier(
        learner, people.get(tx, learner).name, known_as(tx, [learner])[learner], programme, exams, entries,
        tuple(requirements.steps(tx, learner, programme, passed.attempt_id if passed else None)),
        () if issued else tuple(certifying.missing(app, tx, learner, programme)),
        issued.credential.number if issued else "",
        _certified(issued) if issued else hours_of(app, programme), people.names(tx, {each.by for each in entries}),
    )  # fmt: skip


def _told(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out what nobody may read here: tokens, marks of a round still open, and how something was evaluated."""
    closed = {each.round for each in verdicts_of(list(entries))}
    shown = [
        Entry(each.id, each.learner, each.programme, each.by, each.at, "", Evaluation(each.body.attempt, {}))
        if isinstance(each.body, Evaluation) else each
        for each in entries
        if not isinstance(each.body, Link) and not (isinstance(each.body, Rating) and each.body.round not in closed)
    ]  # fmt: skip
    return tuple(shown)
