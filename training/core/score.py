"""How the responses did: fraction (0 to 1) of one answer, points = fraction x weight, percent of the attempt."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.attempt import Attempt
from training.core.interaction import Value
from training.core.interval import Interval, wilson
from training.core.key import fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one response did; a pretest question is not `scored` and has no points."""

    slot: int
    item_id: str
    objective: str
    value: Value
    fraction: float
    points: float
    max_points: float
    scored: bool = True

    @property
    def domain(self) -> str:
        return self.objective.partition(".")[0]


@dataclass(frozen=True, slots=True)
class DomainScore:
    """How the attempt did in one domain: n questions, mean fraction, and the 95 % interval of it."""

    domain: str
    n: int
    fraction: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Score:
    """How the attempt did."""

    outcomes: tuple[Outcome, ...]

    @property
    def points(self) -> float:
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def max_points(self) -> float:
        return sum(outcome.max_points for outcome in self.outcomes)

    @property
    def percent(self) -> float:
        return 100 * self.points / self.max_points if self.max_points else 0.0

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the share of points, as if each question were one trial."""
        return wilson(self.percent / 100, sum(outcome.scored for outcome in self.outcomes))

    @property
    def by_domain(self) -> tuple[DomainScore, ...]:
        return domain_scores(self.outcomes)


def grade(attempt: Attempt) -> Score:
    """Mark the responses that stand, with nothing but the attempt: no bank, no clock."""
    responses = attempt.responses
    credit = attempt.form.policy.partial_credit
    outcomes = []
    for number, slot in enumerate(attempt.form.slots):
        value = responses.get(number)
        earned = fraction(slot.question.key, value, credit)
        worth = slot.points if slot.scored else 0.0
        outcomes.append(
            Outcome(
                number, slot.question.item_id, slot.question.objective, value, earned, earned * worth, worth,
                slot.scored,
            )
        )  # fmt: skip
    return Score(tuple(outcomes))


def domain_scores(outcomes: Sequence[Outcome]) -> tuple[DomainScore, ...]:
    """Sum outcomes up by domain, in the order of the blueprint's numbering."""
    fractions: dict[str, list[float]] = {}
    for outcome in (each for each in outcomes if each.scored):
        fractions.setdefault(outcome.domain, []).append(outcome.fraction)
    return tuple(
        DomainScore(domain, len(each), sum(each) / len(each), wilson(sum(each) / len(each), len(each)))
        for domain, each in sorted(fractions.items(), key=lambda pair: int(pair[0]))
    )
