"""Failing well: what a learner reads again, the re-check of fresh questions, and when the next try may begin."""

from dataclasses import dataclass
from datetime import datetime

from training.core import attempt as sitting
from training.core.blueprint import Programme
from training.core.decision import decide
from training.core.form import Form, assemble
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.core.remedy import RECHECK, SectionToRead, failed_objectives, recheck, to_read
from training.core.score import grade
from training.services import drawing
from training.services.app import App
from training.store import attempts, reading, tries
from training.store.database import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """One section to read again, and whether it was read to its end since the failed try."""

    section: SectionToRead
    done: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The way from a failed try to the next: read, then the re-check; `recheck` is its attempt while that is open."""

    failed: str
    objectives: tuple[str, ...]
    steps: tuple[Step, ...]
    recheck: str | None
    passed: bool

    @property
    def read(self) -> bool:
        return all(step.done for step in self.steps)


def path(app: App, actor: Actor, slug: str) -> Path | None:
    """Give what stands between this learner and her next try at a programme; None where nothing does or did."""
    permit(actor, Action.SEE_OWN_WORK)
    programme = app.library.programmes.get(slug)
    return None if programme is None else app.database.read(lambda tx: path_of(app, tx, actor.id, programme))


def path_of(app: App, tx: Connection, learner: str, programme: Programme) -> Path | None:
    """Work out the path within a transaction: what the last finished try failed, and what was done about it since."""
    ended = [(name, each) for name, each in tries.of_learner(tx, learner, programme.slug) if each.ended]
    if programme.remedy is None or not ended or ended[-1][1].passed is not False:
        return None
    failed_id, failed = ended[-1]
    objectives = _objectives(tx, failed_id)
    if not objectives:
        return None
    since = failed.ended or failed.started
    rechecks = [each for each in tries.of_learner(tx, learner, programme.slug + RECHECK) if each[1].started >= since]
    running = next((name for name, each in rechecks if each.ended is None), None)
    return Path(
        failed_id, objectives, _steps(app, tx, learner, objectives, since), running,
        any(each.passed for _, each in rechecks),
    )  # fmt: skip


def start_recheck(app: App, actor: Actor, slug: str, *, request: str) -> str:
    """Begin the re-check of what was failed, or give the one that is open; returns the attempt's id.

    Raises NotFound, or Refusal where there is nothing to re-check or something is still to be read.
    """
    permit(actor, Action.LEARN)
    programme = app.library.programmes.get(slug)
    if programme is None:
        raise NotFound("There is no such quiz.")
    form = _recheck_form(app, actor, programme)
    begun = sitting.begin(app.new_id(), learner=actor.id, form=form, now=app.now())

    def begin(tx: Connection) -> str:
        now = _open_path(app, tx, actor, programme)
        known = now.recheck or attempts.started(tx, actor.id, request)
        if known is None:
            attempts.add(tx, begun, request)
        return known or begun.id

    return app.database.write(begin)


def must_be_done(app: App, tx: Connection, learner: str, programme: Programme) -> None:
    """Refuse a new try while a failed competency was not read again and re-checked. Raises Refusal."""
    way = path_of(app, tx, learner, programme)
    if way is not None and not way.passed:
        raise Refusal(
            "Your last try failed something that must be passed by itself. Read the sections named in its result "
            "and pass the re-check first; then you can try again."
        )


def _recheck_form(app: App, actor: Actor, programme: Programme) -> Form:
    way = app.database.read(lambda tx: _open_path(app, tx, actor, programme))
    if programme.remedy is None:
        raise Refusal("There is nothing to re-check.")
    quiz = recheck(programme, programme.remedy, way.objectives, app.library)
    seen = app.database.read(lambda tx: attempts.last_met(tx, actor.id))
    return assemble(drawing.pool_made_for(app, quiz), seed=app.new_seed(), seen=seen)


def _open_path(app: App, tx: Connection, actor: Actor, programme: Programme) -> Path:
    way = path_of(app, tx, actor.id, programme)
    if way is None or way.passed:
        raise Refusal("There is nothing to re-check.")
    if not way.read:
        raise Refusal("Please read the sections named in your result to their end first.")
    return way


def _objectives(tx: Connection, attempt_id: str) -> tuple[str, ...]:
    attempt = attempts.get(tx, attempt_id)
    decision = decide(grade(attempt), attempt.form)
    return failed_objectives(decision, attempt.form) if decision else ()


def _steps(app: App, tx: Connection, learner: str, objectives: tuple[str, ...], since: datetime) -> tuple[Step, ...]:
    read = reading.finished_since(tx, learner, since)
    return tuple(Step(each, (each.module.slug, each.section) in read) for each in to_read(objectives, app.library))
