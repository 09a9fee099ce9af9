"""A learner challenges an item of a quiz she handed in, adds to it, withdraws it, and reads the ruling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from training.core import challenge as talk
from training.core.attempt import Attempt, State, state
from training.core.challenge import Challenge, Ending, Message
from training.core.key_change import Proposal, Step
from training.core.permission import Action, Actor, permit
from training.core.question import Question
from training.core.refusal import NotFound, Refusal
from training.services import taking
from training.services.app import App
from training.services.redressing import served
from training.store import attempts, challenges, people, versions
from training.store.database import Connection

NEWS_FOR = timedelta(days=30)
"""How long a ruling is told where she starts; it stands under her challenges for ever."""


@dataclass(frozen=True, slots=True)
class Own:
    """A challenge as its learner sees it, with what was asked and the names of those who answered."""

    challenge: Challenge
    question: Question
    names: Mapping[str, str]
    redress: Proposal | None = None
    """The key change that carries out what the ruling said: the last one applied, else one under way."""

    @property
    def again(self) -> bool:
        """Whether she may challenge the same item anew: she took this one back."""
        return self.challenge.state is talk.State.WITHDRAWN


def challenge(app: App, actor: Actor, attempt_id: str, slot: int, reason: str) -> str:
    """Challenge the item in a slot of an attempt that is over; gives the challenge's id. Raises Refusal."""
    permit(actor, Action.CHALLENGE_ITEMS)
    attempt = taking.look(app, actor, attempt_id)
    if state(attempt, app.now()) is not State.SUBMITTED:
        raise Refusal("You can challenge an item after you have handed in.")
    if not 0 <= slot < len(attempt.form.slots):
        raise NotFound("There is no such question in this quiz.")
    words = talk.worded(reason)
    # Gathered before the write: on SQLite every answer waits while something is written.
    opened = app.database.read(lambda tx: _opened(tx, app, attempt, slot, words))

    def work(tx: Connection) -> str:
        earlier = challenges.of_learner(tx, actor.id)
        talk.may_open(earlier, attempt_id=attempt_id, slot=slot, now=app.now())
        challenges.add(tx, opened)
        return opened.id

    return app.database.write(work)


def say(app: App, actor: Actor, challenge_id: str, text: str) -> Message:
    """Add to one's own challenge while it is open. Raises NotFound or Refusal."""
    permit(actor, Action.CHALLENGE_ITEMS)

    def work(tx: Connection) -> Message:
        mine = _mine(tx, actor, challenge_id)
        message = talk.said(mine, by=actor.id, text=text, now=app.now())
        challenges.say(tx, mine.id, message)
        return message

    return app.database.write(work)


def withdraw(app: App, actor: Actor, challenge_id: str) -> None:
    """Take one's own challenge back while it is open. Raises NotFound or Refusal."""
    permit(actor, Action.CHALLENGE_ITEMS)

    def work(tx: Connection) -> None:
        mine = _mine(tx, actor, challenge_id)
        talk.must_be_open(mine)
        challenges.end(tx, mine.id, Ending(talk.State.WITHDRAWN, actor.id, app.now()))

    app.database.write(work)


def mine(app: App, actor: Actor) -> Sequence[Own]:
    """List one's own challenges, the latest first."""
    permit(actor, Action.CHALLENGE_ITEMS)
    return app.database.read(lambda tx: _owned(tx, challenges.of_learner(tx, actor.id)[::-1]))


def news(app: App, actor: Actor) -> Sequence[Challenge]:
    """List one's own challenges that wait for her word, or were ruled on lately; the latest first."""
    permit(actor, Action.CHALLENGE_ITEMS)
    found = app.database.read(lambda tx: challenges.of_learner(tx, actor.id))
    since = app.now() - NEWS_FOR
    return [each for each in reversed(found) if each.awaits_learner or talk.ruled_since(each, since)]


def of_attempt(app: App, actor: Actor, attempt_id: str) -> Mapping[int, Own]:
    """Give one's own latest challenge of each slot of an attempt."""
    permit(actor, Action.CHALLENGE_ITEMS)

    def read(tx: Connection) -> list[Own]:
        return _owned(tx, [each for each in challenges.of_learner(tx, actor.id) if each.attempt_id == attempt_id])

    return {each.challenge.slot: each for each in app.database.read(read)}


def _opened(tx: Connection, app: App, attempt: Attempt, number: int, reason: str) -> Challenge:
    """Attach what belongs to it: the item's version, the form and slot, her response, and how others answered."""
    slot, now = attempt.form.slots[number], app.now()
    days = attempt.form.policy.challenge_days or app.settings.challenge_days
    item_id, due = slot.question.met_as, now + timedelta(days=days)
    return Challenge(
        app.new_id(), attempt.learner, attempt.id, number, attempt.form.programme, item_id, slot.digest,
        versions.of_question(tx, slot.digest, attempt.started), slot.order, attempt.responses.get(number), reason,
        now, due, challenges.evidence(tx, slot.question.item_id, slot.digest),
    )  # fmt: skip


def _mine(tx: Connection, actor: Actor, challenge_id: str) -> Challenge:
    found = challenges.get(tx, challenge_id)
    permit(actor, Action.CHALLENGE_ITEMS, owner=found.learner)
    return found


def _owned(tx: Connection, found: Sequence[Challenge]) -> list[Own]:
    asked = attempts.questions_of(tx, {each.question for each in found})
    known = people.names(tx, {message.by for each in found for message in each.messages}
                         | {each.ending.by for each in found if each.ending})  # fmt: skip
    changes = served(tx, found)
    return [Own(each, asked[each.question], known, _redress(changes[each.id])) for each in found]


def _redress(changes: Sequence[Proposal]) -> Proposal | None:
    begun = [each for each in changes if each.step(Step.BEGUN)]
    return next((each for each in reversed(begun) if not each.taken_back_by), begun[-1] if begun else None)
