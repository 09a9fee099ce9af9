"""Applying a key change: a dry run before anything is written, then every attempt in batches, and who was concerned."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import IntegrityError

from training.content.garbage import left_lying
from training.core.blueprint import Mode
from training.core.decision import ROUNDING
from training.core.key_change import Done, KeyChange, Proposal, State, Step, may_apply, pseudonym, regraded
from training.core.permission import Action, Actor, may, permit
from training.core.refusal import Refusal
from training.core.remarking import Regraded
from training.services.app import App
from training.services.comparing import Compared, Comparison
from training.services.marking import Again, Batch, batch, first_slot, marked_again, settle_again, strictly
from training.services.noting import note
from training.store import key_changes, people, walking
from training.store.database import Connection
from training.store.key_changes import Regrade, Told
from training.store.remembered import Remembered

__all__ = [
    "Effect", "Forecast", "Regrade", "Told", "apply", "decisions_turned", "done_by", "forecast", "go_on",
    "told_to_me",
]  # fmt: skip

_log = logging.getLogger("needlewise.server")

TOGETHER = 250
"""Attempts in one transaction: enough to share what each costs, few enough that nobody's answer waits for long."""

ROUNDS = 20
"""How often to look for attempts that were handed in, or marked by another program, meanwhile."""

SILENT = timedelta(minutes=2)
"""How long nothing is marked before a change under way is taken for broken off."""

TOLD_FOR = timedelta(days=60)

MOST_FORECASTS = 8
"""Dry runs at hand: of ten thousand attempts each takes a few megabytes."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one attempt; for those who may not see scores `name` is a pseudonym and the id is gone.

    Strict is what it would do if scores were allowed to fall: only a dry run knows that.
    """

    attempt_id: str
    name: str
    programme: str
    mode: Mode
    percent_before: float
    percent_after: float
    passed_before: bool | None
    passed_after: bool | None
    spared: bool = False
    percent_strict: float | None = None
    passed_strict: bool | None = None

    @property
    def now_passes(self) -> bool:
        return self.passed_before is False and self.passed_after is True

    @property
    def no_longer_passes(self) -> bool:
        return self.passed_before is True and self.passed_after is False

    @property
    def matters(self) -> bool:
        return self.percent_before != self.percent_after or self.passed_before != self.passed_after

    @property
    def falls_strictly(self) -> bool:
        return self.percent_strict is not None and self.percent_strict < self.percent_before - ROUNDING

    @property
    def fails_strictly(self) -> bool:
        return self.passed_before is True and self.passed_strict is False


@dataclass(frozen=True, slots=True)
class Forecast:
    """The dry run: every attempt concerned, and quiz by quiz what becomes of cut and reliability."""

    change: KeyChange
    effects: tuple[Effect, ...]
    quizzes: tuple[Compared, ...]


_forecasts: Remembered[tuple[object, ...], Forecast] = Remembered(MOST_FORECASTS)
"""By database, change and what it rests on, with ids for names: as long as that is the same, so is what it would do."""


def forecast(
    app: App, actor: Actor, change: KeyChange, told: Progress = lambda done, total: None  # noqa: ARG005
) -> Forecast:  # fmt: skip
    """Work out what a change does, without writing anything; again only where something was marked since."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    rests_on = app.database.read(lambda tx: key_changes.rests_on(tx, change))
    key = (app.database.shown_url, change.id, *rests_on)
    found = _forecasts.get(key)
    if found is None:
        found = _forecast(app, change, told)
        _forecasts.keep(key, found)
    return replace(found, effects=_named(app, actor, change.id, found.effects))


def _forecast(app: App, change: KeyChange, told: Progress) -> Forecast:
    ids = app.database.read(lambda tx: key_changes.concerned(tx, change))
    effects: list[Effect] = []
    compared = Comparison()

    def work(tx: Connection, some: Sequence[str]) -> None:
        for again in _again(tx, app, some, change):  # one after the other: none is kept
            compared.add(again)
            effects.append(_effect(again, change, app.now()))

    for first in range(0, len(ids), TOGETHER):
        with left_lying():
            app.database.read(partial(work, some=ids[first : first + TOGETHER]))
        told(min(first + TOGETHER, len(ids)), len(ids))
    return Forecast(change, tuple(effects), compared.result())


def apply(
    app: App, actor: Actor, change_id: str, told: Progress = lambda done, total: None  # noqa: ARG005
) -> int:  # fmt: skip
    """Mark every attempt concerned again, in batches; gives how many. Broken off, the same call goes on with it.

    From the first moment on, attempts handed in later are marked so as well. Raises NotFound or Refusal.
    """
    permit(actor, Action.SIGN_KEY_CHANGES)
    proposal = app.database.write(lambda tx: _begun(tx, app, actor, change_id))
    return _mark_all(app, actor.id, proposal.change, told)


def go_on(app: App) -> int:
    """Finish what was begun and broken off; gives how many attempts that marked. Asked by the server itself.

    A program that applies a change adds something every few seconds: after a silence it is taken for dead. Should it
    live after all, no harm is done, since each attempt can be marked once only.
    """
    since, done = app.now() - SILENT, 0
    for proposal in app.database.read(key_changes.every):
        begun = proposal.step(Step.BEGUN)
        if proposal.state is not State.UNDER_WAY or begun is None or begun.at > since:
            continue
        last = app.database.read(lambda tx, each=proposal: key_changes.last_regrade(tx, each.change.id))  # type: ignore[misc]
        if last is None or last <= since:
            done += _mark_all(app, begun.by, proposal.change)
    return done


def _mark_all(
    app: App, by: str, change: KeyChange, told: Progress = lambda done, total: None  # noqa: ARG005
) -> int:  # fmt: skip
    done = 0
    for _ in range(ROUNDS):
        ids = app.database.read(lambda tx: key_changes.concerned(tx, change))
        if not ids:
            app.database.write(lambda tx: _finished(tx, app, by, change.id))
            return done
        for first in range(0, len(ids), TOGETHER):
            with left_lying():
                done += _batch(app, by, change, ids[first : first + TOGETHER])
            told(done, done + len(ids) - min(first + TOGETHER, len(ids)))
    raise Refusal("Other programs are marking the same attempts again. Please apply it once more in a minute.")


def done_by(app: App, actor: Actor, change_id: str) -> tuple[Effect, ...]:
    """Give what a change did to every attempt it was applied to. Raises NotFound."""
    permit(actor, Action.SIGN_KEY_CHANGES)

    def read(tx: Connection) -> list[Effect]:
        key_changes.get(tx, change_id)
        about = key_changes.quizzes_of(tx, change_id)
        return [_as_effect(each, *about[each.attempt_id]) for each in key_changes.of_change(tx, change_id)]

    return _named(app, actor, change_id, app.database.read(read))


def decisions_turned(app: App, actor: Actor) -> Sequence[Regrade]:
    """List the decisions that key changes turned, for the coordinator: certificates that rest on them are hers."""
    permit(actor, Action.SEE_SCORES)
    return app.database.read(key_changes.decisions_changed)


def told_to_me(app: App, actor: Actor) -> Sequence[Told]:
    """List one's own attempts whose score or decision became another one lately, the latest first."""
    permit(actor, Action.SEE_OWN_WORK)
    since = app.now() - TOLD_FOR
    return [
        each for each in app.database.read(lambda tx: key_changes.told_to(tx, actor.id, since)) if each.regrade.matters
    ]


def _begun(tx: Connection, app: App, actor: Actor, change_id: str) -> Proposal:
    proposal = key_changes.get(tx, change_id)
    may_apply(proposal)
    if proposal.state is State.SIGNED:
        key_changes.take_step(tx, proposal, Done(Step.BEGUN, actor.id, app.now()))
        note(tx, app, actor.id, "apply key change", change_id)
    return proposal


def _finished(tx: Connection, app: App, by: str, change_id: str) -> None:
    proposal = key_changes.get(tx, change_id)
    if proposal.step(Step.DONE) is None:
        key_changes.take_step(tx, proposal, Done(Step.DONE, by, app.now()))


def _batch(app: App, by: str, change: KeyChange, ids: list[str]) -> int:
    # Worked out before the write: on SQLite every answer waits while something is written.
    again = app.database.read(lambda tx: list(_again(tx, app, ids, change)))
    kept = batch(each for each in again if each.after is not each.before)
    try:
        app.database.write(lambda tx: _write(tx, app, by, change, again, kept))
    except IntegrityError:
        # Another program was first, and the next round sees what is left; should it be a fault of ours, the log has it.
        _log.warning("a batch of key change %s was not written", change.id, exc_info=True)
        return 0
    return len(again)


def _write(tx: Connection, app: App, by: str, change: KeyChange, again: Sequence[Again], kept: Batch) -> None:
    now = app.now()
    settle_again(tx, kept, now)
    rows = [
        Regrade(
            change.id, each.before.id, each.before.learner, first_slot(each.after, change), each.score_before.percent,
            each.score_after.percent, *each.passed, now,
        )
        for each in again
    ]  # fmt: skip
    key_changes.add_regrades(tx, rows)
    for row in rows:
        if row.passed_before != row.passed_after:
            turned = "now passed" if row.passed_after else "no longer passed"
            note(tx, app, by, "decision turned by key change", row.attempt_id, f"{turned}; {change.id}")


def _again(tx: Connection, app: App, ids: Sequence[str], change: KeyChange) -> Iterator[Again]:
    for attempt in walking.page(tx, ids):
        yield marked_again(attempt, regraded(attempt, change, app.now()))


def _effect(again: Again, change: KeyChange, now: datetime) -> Effect:
    form = again.before.form
    spared = any(isinstance(e, Regraded) and e.change == change.id and e.spared for e in again.after.events)
    return Effect(
        again.before.id, again.before.learner, form.programme, form.policy.mode, again.score_before.percent,
        again.score_after.percent, *again.passed, spared, *strictly(again, change, now),
    )  # fmt: skip


def _as_effect(row: Regrade, programme: str, mode: Mode) -> Effect:
    return Effect(
        row.attempt_id, row.learner, programme, mode, row.percent_before, row.percent_after, row.passed_before,
        row.passed_after,
    )  # fmt: skip


def _named(app: App, actor: Actor, change_id: str, effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """Put names in the place of ids for those who may see scores, pseudonyms for others."""
    if not may(actor, Action.SEE_SCORES):
        return tuple(replace(each, attempt_id="", name=pseudonym(change_id, each.name)) for each in effects)
    known = app.database.read(lambda tx: people.names(tx, {each.name for each in effects}))
    return tuple(replace(each, name=known.get(each.name, each.name)) for each in effects)
