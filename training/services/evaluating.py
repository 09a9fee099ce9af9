"""What learners made of a programme, for coordinators: never of a group so small that one could tell who said what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.core.certification import AnswerKind, EvaluationQuestion
from training.core.dossier import Evaluation
from training.core.permission import Action, Actor, permit
from training.services.app import App
from training.services.filing import certification_of
from training.store import dossiers

ENOUGH = 5
"""Answers below which nothing is shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to one question; where too few did, `n` is None and nothing is told."""

    question: EvaluationQuestion
    n: int | None = None
    mean: float | None = None
    counts: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


def summary(app: App, actor: Actor, slug: str) -> list[Told]:
    """Sum up the evaluations of a programme, each learner's latest only."""
    permit(actor, Action.SEE_DOSSIERS)
    asked = certification_of(app, slug).evaluation
    entries = app.database.read(lambda tx: dossiers.of_kind(tx, "evaluation", programme=slug))
    latest = {each.learner: each.body.answers for each in entries if isinstance(each.body, Evaluation)}
    return [_told(question, list(latest.values())) for question in asked]


def _told(question: EvaluationQuestion, given: Sequence[Mapping[str, int | str]]) -> Told:
    answers = [each[question.id] for each in given if question.id in each]
    if len(answers) < ENOUGH:
        return Told(question)
    if question.kind is AnswerKind.WORDS:
        # By the alphabet: the order in which they came would tell who wrote what.
        return Told(question, len(answers), words=tuple(sorted(str(each) for each in answers)))
    numbers = [each for each in answers if isinstance(each, int)]
    counted = Counter(numbers)
    mean = sum(numbers) / len(numbers) if numbers else None
    return Told(question, len(numbers), mean, tuple(counted[each] for each in range(1, 6)))
