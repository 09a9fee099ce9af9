"""A quiz before and after a key change: its cut and how reliable its scores are, over the attempts concerned."""

from array import array
from dataclasses import dataclass, field

import numpy as np

from training.core.decision import Decision
from training.core.score import Score
from training.measurement.reliability import summarise_test
from training.measurement.responses import Responses
from training.services.marking import Again

FEWEST = 20
"""Attempts below which alpha would say more about chance than about the quiz."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One quiz: attempts concerned, the mean cut in percent (None without one), alpha (None where too few)."""

    programme: str
    attempts: int
    cut_before: float | None
    cut_after: float | None
    alpha_before: float | None
    alpha_after: float | None


@dataclass(slots=True)
class _Side:
    """What is known of a quiz on one side of the change."""

    person: "array[int]" = field(default_factory=lambda: array("l"))
    item: "array[int]" = field(default_factory=lambda: array("l"))
    score: "array[float]" = field(default_factory=lambda: array("d"))
    cuts: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, person: int, items: list[int], score: Score, decision: Decision | None) -> None:
        scored = [outcome.slot for outcome in score.outcomes if outcome.scored]
        self.person.extend([person] * len(scored))
        self.item.extend([items[slot] for slot in scored])
        self.score.extend([score.outcomes[slot].fraction for slot in scored])
        whole = next((each for each in decision.grounds if each.rule == "overall"), None) if decision else None
        if whole:
            self.cuts.append(whole.needed)

    def cut(self) -> float | None:
        return float(np.mean(self.cuts)) if self.cuts else None

    def alpha(self, persons: int, items: int) -> float | None:
        if persons < FEWEST or not self.score:
            return None
        person, item = np.array(self.person, dtype=np.int32), np.array(self.item, dtype=np.int32)
        alpha = summarise_test(Responses(person, item, np.array(self.score), persons, items)).alpha
        return alpha if np.isfinite(alpha) else None


@dataclass(slots=True)
class _Quiz:
    """A quiz on both sides, its items numbered as they come."""

    attempts: int = 0
    items: dict[str, int] = field(default_factory=dict)
    before: _Side = field(default_factory=_Side)
    after: _Side = field(default_factory=_Side)

    def add(self, again: Again) -> None:
        items = [self.items.setdefault(slot.digest, len(self.items)) for slot in again.before.form.slots]
        self.before.add(self.attempts, items, again.score_before, again.decision_before)
        self.after.add(self.attempts, items, again.score_after, again.decision_after)
        self.attempts += 1


class Comparison:
    """Attempts added one by one, quiz by quiz."""

    def __init__(self) -> None:
        self._quizzes: dict[str, _Quiz] = {}

    def add(self, again: Again) -> None:
        """Take in an attempt before and after."""
        self._quizzes.setdefault(again.before.form.programme, _Quiz()).add(again)

    def result(self) -> tuple[Compared, ...]:
        """Work out each quiz."""
        return tuple(
            Compared(
                name, quiz.attempts, quiz.before.cut(), quiz.after.cut(),
                quiz.before.alpha(quiz.attempts, len(quiz.items)), quiz.after.alpha(quiz.attempts, len(quiz.items)),
            )
            for name, quiz in sorted(self._quizzes.items())
        )  # fmt: skip
