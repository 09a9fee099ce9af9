"""A sitting as the terminal drives it: one that is recorded, or one that is thrown away; both behave alike."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from training.core import attempt as sitting
from training.core.attempt import Attempt, State
from training.core.certainty import Certainty
from training.core.form import assemble
from training.core.interaction import Value
from training.core.permission import Actor
from training.core.pool import Pool
from training.services import taking
from training.services.app import App


class Sitting(Protocol):
    """What can be done to an attempt; each act gives it as it then stands, and may raise Refusal."""

    @property
    def recorded(self) -> bool: ...

    def look(self) -> Attempt: ...

    def answer(self, slot: int, value: Value, seen: int) -> Attempt: ...

    def check(self, slot: int) -> Attempt: ...

    def flag(self, slot: int, *, flagged: bool) -> Attempt: ...

    def strike(self, slot: int, options: tuple[str, ...]) -> Attempt: ...

    def rate(self, slot: int, certainty: Certainty) -> Attempt: ...

    def open_part(self, slot: int) -> Attempt: ...

    def hand_in(self) -> Attempt: ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """An attempt in the database: every answer is durable before it is said to be saved."""

    app: App
    actor: Actor
    attempt_id: str
    recorded: bool = field(default=True, init=False)

    def look(self) -> Attempt:
        return taking.look(self.app, self.actor, self.attempt_id)

    def answer(self, slot: int, value: Value, seen: int) -> Attempt:
        return taking.save_answer(self.app, self.actor, self.attempt_id, slot, value, seen=seen).attempt

    def check(self, slot: int) -> Attempt:
        return taking.check(self.app, self.actor, self.attempt_id, slot)

    def flag(self, slot: int, *, flagged: bool) -> Attempt:
        return taking.flag(self.app, self.actor, self.attempt_id, slot, flagged=flagged)

    def strike(self, slot: int, options: tuple[str, ...]) -> Attempt:
        return taking.strike(self.app, self.actor, self.attempt_id, slot, options)

    def rate(self, slot: int, certainty: Certainty) -> Attempt:
        return taking.rate(self.app, self.actor, self.attempt_id, slot, certainty)

    def open_part(self, slot: int) -> Attempt:
        return taking.open_part(self.app, self.actor, self.attempt_id, slot)

    def hand_in(self) -> Attempt:
        return taking.hand_in(self.app, self.actor, self.attempt_id)


@dataclass(slots=True)
class ThrownAway:
    """An attempt in memory, gone when the command ends."""

    attempt: Attempt
    recorded: bool = field(default=False, init=False)

    def look(self) -> Attempt:
        if sitting.state(self.attempt, now()) is State.OVERDUE:
            return self.hand_in()
        return self.attempt

    def answer(self, slot: int, value: Value, seen: int) -> Attempt:
        return self._became(sitting.answer(self.attempt, slot, value, seen=seen, now=now()))

    def check(self, slot: int) -> Attempt:
        return self._became(sitting.check(self.attempt, slot, now=now()))

    def flag(self, slot: int, *, flagged: bool) -> Attempt:
        return self._became(sitting.flag(self.attempt, slot, flagged, now=now()))

    def strike(self, slot: int, options: tuple[str, ...]) -> Attempt:
        return self._became(sitting.strike(self.attempt, slot, options, now=now()))

    def rate(self, slot: int, certainty: Certainty) -> Attempt:
        return self._became(sitting.rate(self.attempt, slot, certainty, now=now()))

    def open_part(self, slot: int) -> Attempt:
        return self._became(sitting.open_part(self.attempt, slot, now=now()))

    def hand_in(self) -> Attempt:
        return self._became(sitting.submit(self.attempt, now=now()))

    def _became(self, after: Attempt) -> Attempt:
        self.attempt = after
        return after


def throw_away(pool: Pool, seed: int) -> ThrownAway:
    """Begin a sitting that is kept nowhere. Raises Refusal where the form cannot be drawn."""
    return ThrownAway(sitting.begin("throw-away", learner="", form=assemble(pool, seed=seed), now=now()))


def now() -> datetime:
    """Give the time; a throw-away sitting has no App to take it from."""
    return datetime.now(UTC)  # noqa: TID251 - see above
