"""Instructors answer challenges: they see the item and the reason, never who the learner is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from training.core import challenge as talk
from training.core.challenge import Challenge, Ending, Message, Remedy, State, pseudonym
from training.core.permission import Action, Actor, permit
from training.core.question import Question
from training.services.app import App
from training.store import attempts, challenges, people
from training.store.database import Connection


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an instructor decides: upheld with a remedy, or not upheld; the learner reads the reason."""

    upheld: bool
    reason: str
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Challenged:
    """A challenge under the learner's pseudonym, with the question as it was asked and the names of colleagues."""

    challenge: Challenge
    question: Question
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many challenges wait, how many of them longer than the term, how the others ended, and how many were late."""

    open: int
    overdue: int
    ended: Mapping[State, int]
    late: int


def counts(app: App, actor: Actor) -> Counts:
    """Count what waits and what has ended."""
    permit(actor, Action.ANSWER_CHALLENGES)

    def read(tx: Connection) -> Counts:
        return Counts(*challenges.count_open(tx, app.now()), challenges.count_ended(tx), challenges.count_late(tx))

    return app.database.read(read)


def all_challenges(app: App, actor: Actor) -> Sequence[Challenged]:
    """List every challenge: open ones by term, the nearest first, then the others, the latest first."""
    permit(actor, Action.ANSWER_CHALLENGES)
    found = app.database.read(lambda tx: _shown(tx, challenges.every(tx)))
    waiting = [each for each in found if each.challenge.state is State.OPEN]
    ended = [each for each in found if each.challenge.ending]
    return [
        *sorted(waiting, key=lambda each: each.challenge.due),
        *sorted(ended, key=lambda each: each.challenge.ending.at if each.challenge.ending else app.now(), reverse=True),
    ]


def look(app: App, actor: Actor, challenge_id: str) -> Challenged:
    """Give one challenge. Raises NotFound."""
    permit(actor, Action.ANSWER_CHALLENGES)
    return app.database.read(lambda tx: _shown(tx, [challenges.get(tx, challenge_id)])[0])


def reply(app: App, actor: Actor, challenge_id: str, text: str) -> Message:
    """Write to the learner. Raises NotFound or Refusal."""
    permit(actor, Action.ANSWER_CHALLENGES)

    def work(tx: Connection) -> Message:
        found = challenges.get(tx, challenge_id)
        message = talk.said(found, by=actor.id, text=text, now=app.now())
        challenges.say(tx, found.id, message)
        return message

    return app.database.write(work)


def rule(app: App, actor: Actor, challenge_id: str, ruling: Ruling) -> Ending:
    """Uphold a challenge with a remedy, or not, and say why. Raises NotFound or Refusal."""
    permit(actor, Action.ANSWER_CHALLENGES)
    state = State.UPHELD if ruling.upheld else State.NOT_UPHELD
    ending = Ending(state, actor.id, app.now(), ruling.reason, ruling.remedy)

    def work(tx: Connection) -> Ending:
        found = challenges.get(tx, challenge_id)
        fit = talk.ruled(found, ending)
        challenges.end(tx, found.id, fit)
        return fit

    return app.database.write(work)


def _shown(tx: Connection, found: Sequence[Challenge]) -> list[Challenged]:
    asked = attempts.questions_of(tx, {each.question for each in found})
    colleagues = {message.by for each in found for message in each.messages if not message.by_learner}
    colleagues |= {each.ending.by for each in found if each.ending and each.ending.state is not State.WITHDRAWN}
    known = people.names(tx, colleagues)
    return [Challenged(_veiled(each), asked[each.question], known) for each in found]


def _veiled(challenge: Challenge) -> Challenge:
    """Put the pseudonym wherever the learner's id stands, and take the attempt away, which leads to her."""
    name = pseudonym(challenge.id)
    messages = tuple(replace(each, by=name) if each.by_learner else each for each in challenge.messages)
    ending = challenge.ending
    if ending and ending.state is State.WITHDRAWN:
        ending = replace(ending, by=name)
    return replace(challenge, learner=name, attempt_id="", messages=messages, ending=ending)
