"""Taking a quiz: what is open, the rules, the start, every saved answer, the hand-in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from training.core import attempt as sitting
from training.core.attempt import Attempt, State, Submitted, state
from training.core.blueprint import Papers, Programme
from training.core.certainty import Certainty
from training.core.form import Form, assemble
from training.core.interaction import Value
from training.core.permission import Action, Actor, permit
from training.core.pool import Pool
from training.core.refusal import NotFound, Refusal
from training.core.retake import Wait, opens, waits
from training.services import accommodating, attesting, drawing, releasing, remedying
from training.services.app import App
from training.services.marking import settle, with_key_changes
from training.store import attempts, results, tries, versions
from training.store.database import Connection
from training.store.results import ResultRow

LONGEST_REQUEST = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """A quiz as this learner meets it: what she did so far and whether she may start."""

    programme: Programme
    tries_used: int
    open_attempt: str | None
    open_question: int
    open_deadline: datetime | None
    last_percent: float | None
    best_percent: float | None
    waits: tuple[Wait, ...] = ()
    path: remedying.Path | None = None
    minutes: int | None = None
    """The time this learner has, extra time included."""

    @property
    def tries_left(self) -> int | None:
        limit = self.programme.policy.tries
        return None if limit is None else max(0, limit - self.tries_used)

    @property
    def may_start(self) -> bool:
        return self.open_attempt is None and not self.waits and (self.path is None or self.path.passed)

    @property
    def opens(self) -> datetime | None:
        """When the last pause is over; None where nothing waits for a moment."""
        return opens(self.waits)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was saved: the number and moment of the event that now stands, and the attempt with it."""

    attempt: Attempt
    seq: int
    at: datetime | None


def open_quizzes(app: App, actor: Actor) -> list[Offer]:
    """List every quiz with this learner's history in it, in the authors' order."""
    permit(actor, Action.LEARN)
    programmes = sorted(app.library.programmes.values(), key=lambda each: (each.order, each.title))
    return _offers(app, actor, programmes)


def rules(app: App, actor: Actor, slug: str) -> Offer:
    """Give one quiz with this learner's history, for the page before the start. Raises NotFound."""
    permit(actor, Action.LEARN)
    return _offers(app, actor, [_programme(app, slug)])[0]


def start(app: App, actor: Actor, slug: str, *, request: str, honour: str = "") -> str:
    """Begin an attempt, or give the one that is open; `request` names the click, so a double click starts one.

    `honour` is the digest of the honour code that was accepted, where the programme has one. Returns the attempt's id.
    Raises NotFound, or Refusal when no try is left, the code was not accepted, or the form cannot be drawn.
    """
    permit(actor, Action.LEARN)
    if not 0 < len(request) <= LONGEST_REQUEST:
        raise Refusal("Please reload the page and start again.")
    pool = drawing.pool_of(app, _programme(app, slug).slug).as_of(app.now().date())
    close_own_overdue(app, actor)
    known = app.database.read(lambda tx: _begun(app, tx, actor, pool.programme, request))
    if known:
        return known
    # Drawn before the write: on SQLite every answer waits while something is written.
    form = _form(app, actor, pool)
    form = accommodating.with_extra_time(app, form, actor.id)
    attempt = sitting.begin(app.new_id(), learner=actor.id, form=form, now=app.now())
    fresh = drawing.new_versions(app, pool, form)

    def begin(tx: Connection) -> str:
        meanwhile = _begun(app, tx, actor, pool.programme, request)
        if meanwhile is None:
            attempts.add(tx, attempt, request)
            attesting.accept(app, tx, pool.programme, learner=actor.id, attempt=attempt.id, accepted=honour)
            versions.note_served(tx, fresh, attempt.started)
        return meanwhile or attempt.id

    return app.database.write(begin)


def _form(app: App, actor: Actor, pool: Pool) -> Form:
    if pool.programme.policy.forms is Papers.FIXED:
        return releasing.choose(app, actor.id, pool.programme.slug, app.new_seed())
    return assemble(pool, seed=app.new_seed(), seen=app.database.read(lambda tx: attempts.last_met(tx, actor.id)))


def _begun(app: App, tx: Connection, actor: Actor, programme: Programme, request: str) -> str | None:
    """Give the attempt that this click began or that is open; raises Refusal where a new one may not begin yet."""
    known = attempts.started(tx, actor.id, request) or attempts.open_of(tx, actor.id).get(programme.slug)
    if known is None:
        before = [each for _, each in tries.of_learner(tx, actor.id, programme.slug)]
        found = waits(programme.policy, before, app.now())
        if found:
            again = opens(found)
            when = f" You can try again from {again:%d %B %Y, %H:%M} UTC." if again else ""
            raise Refusal(" ".join(each.why for each in found) + when)
        remedying.must_be_done(app, tx, actor.id, programme)
    return known


def look(app: App, actor: Actor, attempt_id: str, *, written: Attempt | None = None) -> Attempt:
    """Give an attempt as it stands, closing it first where its time is up. Raises NotFound or Refusal.

    `written` is what the same click has just written, where it did: that is not read again.
    """
    known = written if written and written.id == attempt_id else None
    attempt = known or app.database.read(lambda tx: attempts.get(tx, attempt_id))
    permit(actor, Action.SEE_OWN_WORK, owner=attempt.learner)
    if state(attempt, app.now()) is State.OVERDUE:
        return _change(app, actor, attempt_id, lambda before, now: sitting.submit(before, now=now))
    return attempt


def resume_at(attempt: Attempt) -> int:
    """Give the number (from 1) of the question she was at: where the last event happened, or the first."""
    slots = [event.slot for event in attempt.events if not isinstance(event, Submitted)]
    return slots[-1] + 1 if slots else 1


def save_answer(app: App, actor: Actor, attempt_id: str, slot: int, value: Value, *, seen: int) -> Receipt:
    """Write one answer and return only when it is durable; `seen` is the seq of the answer the window showed.

    Raises Refusal when the attempt is over or another window answered since.
    """
    after = _change(app, actor, attempt_id, lambda before, now: sitting.answer(before, slot, value, seen=seen, now=now))
    return _receipt(after, slot)


def flag(app: App, actor: Actor, attempt_id: str, slot: int, *, flagged: bool) -> Attempt:
    """Mark a question for review, or take the mark off."""
    return _change(app, actor, attempt_id, lambda before, now: sitting.flag(before, slot, flagged, now=now))


def strike(app: App, actor: Actor, attempt_id: str, slot: int, options: tuple[str, ...]) -> Attempt:
    """Set which options of a question are struck out."""
    return _change(app, actor, attempt_id, lambda before, now: sitting.strike(before, slot, options, now=now))


def rate(app: App, actor: Actor, attempt_id: str, slot: int, certainty: Certainty) -> Attempt:
    """Record how sure the learner is of her answer, where the quiz asks for it."""
    return _change(app, actor, attempt_id, lambda before, now: sitting.rate(before, slot, certainty, now=now))


def open_part(app: App, actor: Actor, attempt_id: str, slot: int) -> Attempt:
    """In an exam, show a part of a case that tells more, which closes those before it."""
    return _change(app, actor, attempt_id, lambda before, now: sitting.open_part(before, slot, now=now))


def check(app: App, actor: Actor, attempt_id: str, slot: int) -> Attempt:
    """In practice, close one question and show what was right."""
    return _change(app, actor, attempt_id, lambda before, now: sitting.check(before, slot, now=now))


def hand_in(app: App, actor: Actor, attempt_id: str) -> Attempt:
    """End the attempt and grade what was saved; a second hand-in changes nothing."""
    return _change(app, actor, attempt_id, lambda before, now: sitting.submit(before, now=now))


def close_overdue(app: App) -> int:
    """Hand in and grade every attempt whose time is up, browser or none; gives how many. Asked by the server itself."""
    overdue = app.database.read(lambda tx: attempts.overdue(tx, app.now()))
    for attempt_id in overdue:
        app.database.write(partial(_close, app, attempt_id))
    return len(overdue)


def close_own_overdue(app: App, actor: Actor) -> None:
    """Close this learner's attempts whose time is up, so that what she sees is settled."""
    mine = app.database.read(lambda tx: attempts.open_of(tx, actor.id))
    for attempt_id in mine.values():
        look(app, actor, attempt_id)  # closes it where its time is up


Change = Callable[[Attempt, datetime], Attempt]


def _close(app: App, attempt_id: str, tx: Connection) -> None:
    before = attempts.get(tx, attempt_id)
    _write_change(tx, app, before, sitting.submit(before, now=app.now()))


def _change(app: App, actor: Actor, attempt_id: str, change: Change) -> Attempt:
    def work(tx: Connection) -> Attempt:
        before = attempts.get(tx, attempt_id)
        permit(actor, Action.LEARN, owner=before.learner)
        return _write_change(tx, app, before, change(before, app.now()))

    after = app.database.write(work)
    attempts.keep(app.database, after)
    return after


def _write_change(tx: Connection, app: App, before: Attempt, after: Attempt) -> Attempt:
    if after is not before:
        over = isinstance(after.events[-1], Submitted)
        if over:
            after = with_key_changes(tx, after, app.now())
        attempts.append(tx, before, after)
        if over:
            settle(tx, after, app.now())
    return after


def _receipt(attempt: Attempt, slot: int) -> Receipt:
    standing = attempt.answers.get(slot)
    return Receipt(attempt, standing.seq if standing else 0, standing.at if standing else None)


def _programme(app: App, slug: str) -> Programme:
    programme = app.library.programmes.get(slug)
    if programme is None:
        raise NotFound("There is no such quiz.")
    return programme


def _offers(app: App, actor: Actor, programmes: Sequence[Programme]) -> list[Offer]:
    """Read a learner's standing in each quiz, closing first what ran out of time."""

    def read(tx: Connection) -> list[Offer]:
        unfinished = {slug: attempts.get(tx, each) for slug, each in attempts.open_of(tx, actor.id).items()}
        done = results.of_learner(tx, actor.id)
        factor = accommodating.factor_of(tx, actor.id)
        return [
            _offer(app, tx, actor.id, each, unfinished=unfinished.get(each.slug), done=done, factor=factor)
            for each in programmes
        ]

    close_own_overdue(app, actor)
    return app.database.read(read)


def _offer(
    app: App, tx: Connection, learner: str, programme: Programme, *,
    unfinished: Attempt | None, done: Sequence[ResultRow], factor: float,
) -> Offer:  # fmt: skip
    percents = [row.percent for row in done if row.programme == programme.slug]
    before = [each for _, each in tries.of_learner(tx, learner, programme.slug)]
    return Offer(
        programme,
        len(before),
        unfinished.id if unfinished else None,
        resume_at(unfinished) if unfinished else 1,
        unfinished.deadline if unfinished else None,
        percents[-1] if percents else None,
        max(percents, default=None),
        waits(programme.policy, before, app.now()),
        remedying.path_of(app, tx, learner, programme),
        accommodating.minutes_with(programme.policy.minutes, factor),
    )
