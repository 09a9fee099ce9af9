"""Looking back: one result in full, and a learner's own history."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.core.attempt import Attempt, State, state
from training.core.decision import Decision, decide
from training.core.library import LearningModule
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.core.remedy import RECHECK
from training.core.score import DomainScore, Outcome, Score, domain_scores, grade
from training.services import remedying, taking
from training.services.app import App
from training.services.remedying import Path
from training.services.taking import Offer
from training.store import reading, results
from training.store.results import ResultRow

__all__ = ["Progress", "Result", "ResultRow", "progress", "result"]


@dataclass(frozen=True, slots=True)
class Result:
    """An attempt that is over, marked, with what to do next: the modules to read again, and whether to try again.

    `offer` is None where the quiz is no longer there; `path` is what a failed competency asks for before the next
    try; `modules` begins with the one that most lost points belong to.
    """

    attempt: Attempt
    score: Score
    decision: Decision | None
    offer: Offer | None
    path: Path | None
    modules: tuple[LearningModule, ...]

    @property
    def passed(self) -> bool | None:
        return self.decision.passed if self.decision else None


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's finished attempts, oldest first, how she does in each domain over all of them, and what she read."""

    results: Sequence[ResultRow]
    domains: tuple[DomainScore, ...]
    domain_titles: Mapping[str, str]
    quiz_titles: Mapping[str, str]
    read: Sequence[datetime]
    """When each finished section was last read, oldest first."""


def result(app: App, actor: Actor, attempt_id: str) -> Result:
    """Mark a finished attempt from its own events and form. Raises NotFound, or Refusal while it is open."""
    attempt = taking.look(app, actor, attempt_id)
    if state(attempt, app.now()) is not State.SUBMITTED:
        raise Refusal("This attempt is not finished yet. Its result is shown after you hand in.")
    score = grade(attempt)
    known = attempt.form.programme in app.library.programmes
    offer = taking.rules(app, actor, attempt.form.programme) if known else None
    way = _path(app, actor, attempt, offer)
    return Result(attempt, score, decide(score, attempt.form), offer, way, _to_read_again(app, score))


def _path(app: App, actor: Actor, attempt: Attempt, offer: Offer | None) -> Path | None:
    """Give the path that begins at this attempt, also on the result of its re-check."""
    slug = attempt.form.programme.removesuffix(RECHECK)
    way = offer.path if offer else remedying.path(app, actor, slug)
    return way if way and (way.failed == attempt.id or slug != attempt.form.programme) else None


def progress(app: App, actor: Actor) -> Progress:
    """Give this learner's own history."""
    permit(actor, Action.SEE_OWN_WORK)
    taking.close_own_overdue(app, actor)
    rows = app.database.read(lambda tx: results.of_learner(tx, actor.id))
    outcomes: Sequence[Outcome] = app.database.read(lambda tx: results.outcomes_of_learner(tx, actor.id))
    read = app.database.read(lambda tx: reading.of_person(tx, actor.id)).values()
    return Progress(
        rows,
        domain_scores(outcomes),
        app.library.domain_titles(),
        {programme.slug: programme.title for programme in app.library.programmes.values()},
        sorted(each.at for each in read if each.finished),
    )


def _to_read_again(app: App, score: Score) -> tuple[LearningModule, ...]:
    lost = Counter(outcome.objective for outcome in score.outcomes if outcome.fraction < 1)
    weights = {
        module.slug: sum(lost[objective] for objective in module.objectives)
        for module in app.library.modules.values()
        if module.status == "approved"
    }
    found = [module for module in app.library.modules.values() if weights.get(module.slug)]
    return tuple(sorted(found, key=lambda module: (-weights[module.slug], module.order)))
