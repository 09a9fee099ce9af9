"""What happens around simulated attempts, so that no page of a demonstration is empty, each by its own service."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from training.core.blueprint import Mode, Programme
from training.core.dossier import digest_of
from training.core.permission import Actor, Role
from training.core.remarking import FullCredit
from training.services import (
    answering,
    attesting,
    certifying,
    challenging,
    rekeying,
    reviewing,
    verifying,
    withdrawing,
)
from training.services.answering import Ruling
from training.services.app import App
from training.services.rekeying import Wish
from training.store import people, results
from training.store.database import Connection
from training.store.results import CohortResult

TAKES_IT_HOME = 0.75
"""The share of those who passed and fetch their certificate; the others still owe a word, or have not come back."""

DISPUTED = "(simulated) A second option seems right to me as well, by the module's own section on this."
RULED = "(simulated) The module says which of the two comes first, and the question asks for that one."
DOUBTED = "(simulated) Two options are right as they are worded. Until they are written anew everybody gets the point."


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what an instructor and two coordinators do."""

    instructor: Actor
    coordinator: Actor
    second: Actor


def furnish(app: App, rng: np.random.Generator, staff: Staff) -> None:
    """Issue certificates for what was passed, put one in doubt, let learners challenge items, propose a key change."""
    own = replace(app, new_seed=lambda: int(rng.integers(2**48)))
    exams = [row for row in app.database.read(lambda tx: results.chosen(tx, results.Choice())) if _is_exam(row)]
    for programme in certifying.certifying(app):
        taken = [row for row in exams if row.result.programme == programme.slug]
        _honour(app, programme, taken)
        numbers = [_certify(own, programme, row, rng) for row in taken if row.result.passed]
        _doubt(app, staff, [number for number in numbers if number])
    _challenge(app, staff, exams)


def _is_exam(row: CohortResult) -> bool:
    return row.result.mode == Mode.EXAM.value


def _honour(app: App, programme: Programme, taken: Sequence[CohortResult]) -> None:
    """Whoever began an exam had accepted the honour code."""
    accepted = digest_of(attesting.honour_code(programme))

    def write(tx: Connection) -> None:
        for row in taken:
            at = _at(app, row.result.started_at)
            who, attempt = row.result.learner, row.result.attempt_id
            attesting.accept(at, tx, programme, learner=who, attempt=attempt, accepted=accepted)

    app.database.write(write)


def _certify(app: App, programme: Programme, row: CohortResult, rng: np.random.Generator) -> str:
    """Let a learner give her word and her opinion, and fetch the certificate; its number, empty where she did not."""
    result, asked = row.result, programme.certificate
    at, who = _at(app, result.submitted_at + timedelta(hours=3)), _learner(app, result.learner)
    if asked is None or rng.random() > TAKES_IT_HOME:
        return ""
    if asked.attestation:
        attesting.attest(at, who, programme.slug, result.attempt_id, name=who.name, shown=digest_of(asked.attestation))
    if asked.evaluation:
        opinions = {each.id: int(rng.integers(3, 6)) for each in asked.evaluation if each.required}
        attesting.evaluate(at, who, programme.slug, result.attempt_id, opinions)
    if app.database.read(lambda tx: certifying.missing(at, tx, who.id, programme)):
        return ""
    number = certifying.issue(at, who, programme.slug).credential.number
    if asked.public_register and rng.random() < TAKES_IT_HOME:
        verifying.consent(at, who, number, listed=True)
    return number


def _doubt(app: App, staff: Staff, numbers: Sequence[str]) -> None:
    """Put one certificate on hold, and propose to withdraw another."""
    if len(numbers) > 2:  # noqa: PLR2004 - so that one is left that nobody doubts
        withdrawing.suspend(app, staff.coordinator, numbers[0], reason="(simulated) The name is being looked into.")
        reason = "(simulated) The exam was sat by somebody else, as she wrote herself."
        withdrawing.propose_revocation(app, staff.second, numbers[1], reason=reason)


def _challenge(app: App, staff: Staff, exams: Sequence[CohortResult]) -> None:
    """Leave one challenge unanswered for too long and one fresh; answer the first learner's; propose a key change."""
    if not exams:
        return
    by_end = sorted(exams, key=lambda row: (row.result.submitted_at, row.result.attempt_id))
    first = min(by_end, key=lambda row: row.result.learner)
    told = _dispute(app, first, timedelta(hours=5))
    later = _at(app, first.result.submitted_at + timedelta(days=2))
    answering.rule(later, staff.instructor, told, Ruling(upheld=False, reason=RULED))
    others = [row for row in by_end if row.result.learner != first.result.learner]
    for row in others[len(others) // 2 :: len(others)] + others[-1:]:
        _dispute(app, row, timedelta(minutes=20))
    item = _missed(app, by_end[-1])[1]
    rekeying.propose(app, staff.instructor, Wish(item, FullCredit(), DOUBTED))


def _dispute(app: App, row: CohortResult, after: timedelta) -> str:
    slot, _ = _missed(app, row)
    at = _at(app, row.result.submitted_at + after)
    return challenging.challenge(at, _learner(app, row.result.learner), row.result.attempt_id, slot, DISPUTED)


def _missed(app: App, row: CohortResult) -> tuple[int, str]:
    """Give the place and the item of the first question that was not answered rightly, else of the first."""
    result = reviewing.result(app, _learner(app, row.result.learner), row.result.attempt_id)
    outcomes = result.score.outcomes
    slot = next((number for number, each in enumerate(outcomes) if each.fraction == 0), 0)
    return slot, result.attempt.form.slots[slot].question.item_id


def _learner(app: App, person: str) -> Actor:
    name = app.database.read(lambda tx: people.get(tx, person)).name
    return Actor(person, name, frozenset({Role.LEARNER}))


def _at(app: App, moment: datetime) -> App:
    """The product as it was then; nothing lies ahead of now."""
    return replace(app, now=lambda: min(moment, app.now()))
