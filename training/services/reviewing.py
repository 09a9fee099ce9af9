"""Looking back: one result in full, and a learner's own history."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.attempt import Attempt, State, state
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.core.score import DomainScore, Outcome, Score, domain_scores, grade, passed
from training.services import taking
from training.services.app import App
from training.store import results
from training.store.results import ResultRow


@dataclass(frozen=True, slots=True)
class Result:
    """An attempt that is over, marked."""

    attempt: Attempt
    score: Score
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's finished attempts, oldest first, and how she does in each domain over all of them."""

    results: Sequence[ResultRow]
    domains: tuple[DomainScore, ...]
    domain_titles: dict[str, str]


def result(app: App, actor: Actor, attempt_id: str) -> Result:
    """Mark a finished attempt from its own events and form. Raises Refusal while it is open."""
    attempt = taking.look(app, actor, attempt_id)
    if state(attempt, app.now()) is not State.SUBMITTED:
        raise Refusal("This attempt is not finished yet. Its result is shown after you hand in.")
    score = grade(attempt)
    return Result(attempt, score, passed(score, attempt.form.policy))


def progress(app: App, actor: Actor) -> Progress:
    """Give this learner's own history."""
    permit(actor, Action.SEE_OWN_WORK)
    taking.close_own_overdue(app, actor)
    rows = app.database.read(lambda tx: results.of_learner(tx, actor.id))
    outcomes: Sequence[Outcome] = app.database.read(lambda tx: results.outcomes_of_learner(tx, actor.id))
    return Progress(rows, domain_scores(outcomes), app.library.domain_titles())
