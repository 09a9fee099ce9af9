"""What a certificate needs besides the exam: step by step, what is done and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.core.blueprint import Programme
from training.core.certification import Certification, Practical
from training.core.dossier import Attestation, Countersignature, Entry, Evaluation, Evidence, Ruling, Session
from training.core.practical import Outcome
from training.services.examining import verdicts_of
from training.store import dossiers, people
from training.store.database import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is asked: what it is, whether it is done, and what to do where it is not."""

    title: str
    done: bool
    say: str


def unnamed(tx: Connection, learner: str, asked: Certification) -> list[str]:
    """Say that a programme bears an example's name; simulated learners may have such a certificate."""
    name = asked.example_name
    if not name or people.get(tx, learner).simulated:
        return []
    return [f"The programme still bears the name of an example ('{name}'): whoever runs it must put in the true one."]


def steps(tx: Connection, learner: str, programme: Programme, attempt: str | None) -> list[Step]:
    """List what is asked besides modules and exam; `attempt` is the pass that the certificate rests on."""
    certification = programme.certificate
    if certification is None:
        return []
    entries = dossiers.of_learner(tx, learner, programme.slug)
    return [*_word(certification, entries, attempt), *_work(certification, entries)]


def missing(tx: Connection, learner: str, programme: Programme, attempt: str | None) -> list[str]:
    """Say in a sentence for each what is not done yet."""
    return [step.say for step in steps(tx, learner, programme, attempt) if not step.done]


def _word(asked: Certification, entries: Sequence[Entry], attempt: str | None) -> Iterator[Step]:
    bodies = [each.body for each in entries]
    if asked.attestation:
        done = any(isinstance(body, Attestation) and body.attempt == attempt for body in bodies)
        yield Step("Attestation", done, "Attest that the exam you passed was your own work.")
    if asked.evaluation:
        done = any(isinstance(body, Evaluation) and body.attempt == attempt for body in bodies)
        yield Step("Evaluation", done, "Fill in the evaluation form after the exam you passed.")


def _work(asked: Certification, entries: Sequence[Entry]) -> Iterator[Step]:
    if asked.practical:
        done = any(each.outcome is Outcome.PASSED for each in verdicts_of(list(entries)))
        yield Step("Practical", done, f"Pass the practical; examiners needed: {asked.practical.examiners}.")
        yield from _sessions(asked.practical, entries)
    if asked.prior_evidence:
        files = {each.id for each in entries if isinstance(each.body, Evidence)}
        rulings = [each.body for each in entries if isinstance(each.body, Ruling)]
        accepted = any(ruling.accepted and ruling.evidence in files for ruling in rulings)
        say = "Wait for a coordinator to accept your evidence." if files else "Upload evidence of your prior training."
        yield Step("Prior evidence", accepted, say)


def _sessions(practical: Practical, entries: Sequence[Entry]) -> Iterator[Step]:
    needed = practical.supervised_sessions
    if needed:
        logged = {each.id for each in entries if isinstance(each.body, Session)}
        signed = {each.body.session for each in entries if isinstance(each.body, Countersignature)} & logged
        say = f"Have supervised sessions countersigned: {len(signed)} of {needed} are."
        yield Step(f"Supervised sessions, {len(signed)} of {needed}", len(signed) >= needed, say)
