"""What waits for whoever works here: the things that want a decision of theirs, counted for the page they start on."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from training.core.credential import Kind
from training.core.dossier import Evidence, Ruling
from training.core.key_change import State
from training.core.permission import Action, Actor, may, permit
from training.services import signing_off
from training.services.app import App
from training.store import certificates, challenges, dossiers, exam_forms, key_changes
from training.store.database import Connection


class Duty(StrEnum):
    """A kind of thing that waits for somebody, by the page where it is done."""

    CHALLENGES = "challenges"
    REVIEWS = "review-queue"
    KEY_CHANGES = "key-changes"
    FORMS = "exam-forms"
    EVIDENCE = "dossiers"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things of a kind wait for the person asking, and how many of them past their term."""

    duty: Duty
    count: int
    late: int = 0


def duties(app: App, actor: Actor) -> list[Waiting]:
    """Count what waits for a decision that this person may take: not what she proposed, wrote or built herself."""
    permit(actor, Action.SEE_OWN_WORK)
    found = [count(app, actor) for action, count in _COUNTS if may(actor, action)]
    return [each for each in found if each.count]


def _challenges(app: App, actor: Actor) -> Waiting:  # noqa: ARG001 - they wait for any instructor
    return Waiting(Duty.CHALLENGES, *app.database.read(lambda tx: challenges.count_open(tx, app.now())))


def _reviews(app: App, actor: Actor) -> Waiting:
    waiting = signing_off.queue(app, actor)
    parts = (waiting.typographical, waiting.content, waiting.editorial, waiting.lapsed, waiting.asked_in_file)
    return Waiting(Duty.REVIEWS, sum(not each.mine for part in parts for each in part))


def _key_changes(app: App, actor: Actor) -> Waiting:
    found = app.database.read(key_changes.every)
    proposed = sum(each.state is State.PROPOSED and each.by != actor.id for each in found)
    return Waiting(Duty.KEY_CHANGES, proposed + sum(each.state is State.SIGNED for each in found))


def _forms(app: App, actor: Actor) -> Waiting:
    return Waiting(Duty.FORMS, app.database.read(lambda tx: exam_forms.count_unsigned(tx, not_by=actor.id)))


def _evidence(app: App, actor: Actor) -> Waiting:  # noqa: ARG001 - it waits for any coordinator
    entries = app.database.read(lambda tx: dossiers.of_kind(tx, "evidence", "ruling"))
    ruled = {each.body.evidence for each in entries if isinstance(each.body, Ruling)}
    return Waiting(Duty.EVIDENCE, sum(isinstance(each.body, Evidence) and each.id not in ruled for each in entries))


def _certificates(app: App, actor: Actor) -> Waiting:
    def work(tx: Connection) -> int:
        touched = certificates.with_events(tx, Kind.REVOCATION_PROPOSED, Kind.AUDIT_ASKED)
        proposed = (each.proposal is not None and each.proposal.by != actor.id for each in touched)
        return sum(waits or each.audit_open for waits, each in zip(proposed, touched, strict=True))

    return Waiting(Duty.CERTIFICATES, app.database.read(work))


_COUNTS: tuple[tuple[Action, Callable[[App, Actor], Waiting]], ...] = (
    (Action.ANSWER_CHALLENGES, _challenges),
    (Action.REVIEW_CONTENT, _reviews),
    (Action.SIGN_KEY_CHANGES, _key_changes),
    (Action.MANAGE_FORMS, _forms),
    (Action.SEE_DOSSIERS, _evidence),
    (Action.MANAGE_CERTIFICATES, _certificates),
)
