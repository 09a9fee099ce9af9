"""The learner's own word: the honour code before an exam, the attestation and the evaluation after it."""

from collections.abc import Mapping

from training.core.blueprint import Programme
from training.core.certification import AnswerKind, EvaluationQuestion
from training.core.dossier import Attestation, Evaluation, Honour, digest_of, worded
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services.app import App
from training.services.filing import certification_of, file
from training.store import results
from training.store.database import Connection

SCALE = {1: "Not at all", 2: "A little", 3: "Partly", 4: "Mostly", 5: "Fully"}


def honour_code(programme: Programme) -> str:
    """Give the honour code that holds in a programme; empty where there is none."""
    return (programme.certificate.honour_code or "") if programme.certificate else ""


def accept(app: App, tx: Connection, programme: Programme, *, learner: str, attempt: str, accepted: str) -> None:
    """Record that the honour code was accepted with an attempt's start; `accepted` is the digest of what was shown.

    Raises Refusal where it was not, or where the code has been changed meanwhile.
    """
    code = honour_code(programme)
    if not code:
        return
    digest = digest_of(code)
    if accepted != digest:
        raise Refusal("Please read the honour code and accept it before you start.")
    file(app, tx, learner, programme.slug, Honour(attempt, digest, code), by=learner, once=attempt)


def attest(app: App, actor: Actor, slug: str, attempt_id: str, *, name: str, shown: str) -> None:
    """Attest identity and own work in an attempt handed in; `shown` is the digest of the text. Raises Refusal."""
    permit(actor, Action.LEARN)
    text = certification_of(app, slug).attestation or ""
    if not text or shown != digest_of(text):
        raise Refusal("The text has been changed meanwhile. Please reload the page and read it again.")
    if worded(name, "your full name").casefold() != " ".join(actor.name.split()).casefold():
        raise Refusal(f"Please write your name as your account has it: {actor.name}.")
    body = Attestation(attempt_id, digest_of(text), text, worded(name, "your full name"))

    def write(tx: Connection) -> None:
        _must_be_own(tx, actor, slug, attempt_id)
        file(app, tx, actor.id, slug, body, by=actor.id, once=attempt_id)

    app.database.write(write)


def evaluate(app: App, actor: Actor, slug: str, attempt_id: str, answers: Mapping[str, int | str | None]) -> None:
    """Hand in the evaluation form, once for an attempt. Raises Refusal naming what is open."""
    permit(actor, Action.LEARN)
    asked = certification_of(app, slug).evaluation
    given = {each.id: _answer(each, answers.get(each.id)) for each in asked}
    body = Evaluation(attempt_id, {name: value for name, value in given.items() if value is not None})

    def write(tx: Connection) -> None:
        _must_be_own(tx, actor, slug, attempt_id)
        file(app, tx, actor.id, slug, body, by=actor.id, once=attempt_id)

    if not asked:
        raise Refusal("This programme has no evaluation form.")
    app.database.write(write)


def _answer(question: EvaluationQuestion, value: int | str | None) -> int | str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        if question.required:
            raise Refusal(f"Please answer: {question.text}")
        return None
    if question.kind is AnswerKind.WORDS:
        return worded(str(value), question.text)
    if value not in SCALE:
        raise Refusal(f"Please choose a number from 1 to 5: {question.text}")
    return value


def _must_be_own(tx: Connection, actor: Actor, slug: str, attempt_id: str) -> None:
    mine = [row for row in results.of_learner(tx, actor.id) if row.programme == slug]
    if attempt_id not in {row.attempt_id for row in mine}:
        raise Refusal("This is asked about an exam of yours that is handed in.")
