"""A learner's challenge of an item: what she says is wrong, what attached itself, the talk about it, and the ruling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from training.core.interaction import Value
from training.core.refusal import Refusal

SHORTEST, LONGEST = 10, 2000
"""Characters of a reason or a message."""

A_DAY = 10
"""Challenges that one learner may open in 24 hours."""

AN_HOUR = 20
"""Messages that one person may write about one challenge in an hour."""

ENOUGH = 5
"""Answers below which an item's statistics say more about persons than about the item."""


class State(StrEnum):
    """How a challenge stands."""

    OPEN = "open"
    UPHELD = "upheld"
    NOT_UPHELD = "not upheld"
    WITHDRAWN = "withdrawn"


class Remedy(StrEnum):
    """What an upheld challenge leads to; proposed by whoever rules, carried out when marks are made anew."""

    NEW_KEY = "change the key and mark again"
    FULL_POINTS = "give everyone full points"
    LEAVE_OUT = "leave the item out of the score"
    REWORD = "reword the item; the marks stay"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers to this very question were like when it was challenged: how many, the mean fraction, by response."""

    n: int
    mean: float
    responses: tuple[tuple[Value, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something said about a challenge, by the learner or to her."""

    seq: int
    by: str
    by_learner: bool
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a challenge ended: a ruling with its reason and remedy, or its withdrawal."""

    state: State
    by: str
    at: datetime
    reason: str = ""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge with all that belongs to it; `question` and `version` name what was asked by its content."""

    id: str
    learner: str
    attempt_id: str
    slot: int
    programme: str
    item_id: str
    question: str
    version: str
    order: tuple[str, ...]
    response: Value
    reason: str
    opened: datetime
    due: datetime
    evidence: Evidence
    messages: tuple[Message, ...] = ()
    ending: Ending | None = None

    @property
    def state(self) -> State:
        return self.ending.state if self.ending else State.OPEN

    def overdue(self, now: datetime) -> bool:
        """Say whether the term has passed without a ruling."""
        return self.state is State.OPEN and now > self.due

    @property
    def awaits_learner(self) -> bool:
        """Whether the last word was the instructors'."""
        return self.state is State.OPEN and bool(self.messages) and not self.messages[-1].by_learner


def worded(text: str, what: str = "reason") -> str:
    """Give what a person wrote, fit to keep. Raises Refusal where it is too short to mean anything, or too long."""
    said = text.strip()
    if len(said) < SHORTEST:
        raise Refusal(f"Please write the {what} in a sentence, so that the other side can answer it.")
    if len(said) > LONGEST:
        raise Refusal(f"Please keep the {what} to {LONGEST} characters. It has {len(said)}.")
    return said


def pseudonym(challenge_id: str) -> str:
    """Name the learner to those who may see the item but not who she is; another name in every challenge."""
    return f"Learner {sha256(f'pseudonym {challenge_id}'.encode()).hexdigest()[:4].upper()}"


def may_open(earlier: Sequence[Challenge], *, attempt_id: str, slot: int, now: datetime) -> None:
    """Raise Refusal where this learner may not challenge this slot now; `earlier` are all her challenges."""
    here = [each for each in earlier if (each.attempt_id, each.slot) == (attempt_id, slot)]
    if any(each.state is State.OPEN for each in here):
        raise Refusal("You have challenged this item already. Add to what you said there.")
    if any(each.state in (State.UPHELD, State.NOT_UPHELD) for each in here):
        raise Refusal("Your challenge of this item was ruled on. Ask your coordinator if you want to appeal.")
    if sum(now - each.opened < timedelta(days=1) for each in earlier) >= A_DAY:
        raise Refusal(f"You have challenged {A_DAY} items in 24 hours. Please go on tomorrow.")


def said(challenge: Challenge, *, by: str, text: str, now: datetime) -> Message:
    """Give the next message. Raises Refusal where the challenge is over or one person writes too much."""
    must_be_open(challenge)
    recent = [each for each in challenge.messages if each.by == by and now - each.at < timedelta(hours=1)]
    if len(recent) >= AN_HOUR:
        raise Refusal("You have written a lot in the last hour. Please wait a little.")
    number = challenge.messages[-1].seq + 1 if challenge.messages else 1
    return Message(number, by, by == challenge.learner, now, worded(text, "message"))


def ruled(challenge: Challenge, ending: Ending) -> Ending:
    """Give a ruling fit to keep. Raises Refusal where it may not be given so, or not by this person."""
    must_be_open(challenge)
    if ending.by == challenge.learner:
        raise Refusal("You cannot rule on your own challenge. Please ask a colleague.")
    if (ending.state is State.UPHELD) != (ending.remedy is not None):
        raise Refusal("An upheld challenge needs a remedy, and only an upheld one has any.")
    return Ending(ending.state, ending.by, ending.at, worded(ending.reason), ending.remedy)


def ruled_since(challenge: Challenge, moment: datetime) -> bool:
    """Say whether a challenge was ruled on after a moment."""
    ending = challenge.ending
    return ending is not None and ending.state is not State.WITHDRAWN and ending.at > moment


def must_be_open(challenge: Challenge) -> None:
    """Raise Refusal where a challenge is over."""
    if challenge.state is not State.OPEN:
        raise Refusal(f"This challenge is over: it was {challenge.state}. Please reload the page.")
