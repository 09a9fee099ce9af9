"""How the responses did: fraction (0 to 1) of one answer, points = fraction x weight, percent of the attempt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from training.core.attempt import Attempt
from training.core.certainty import MOST, Certainty, certainty_marks
from training.core.interaction import Value
from training.core.interval import Interval, wilson
from training.core.key import fraction
from training.core.remarking import in_force, marked


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one response did; a question that is tried out or was left out later is not `scored` and has no points."""

    slot: int
    item_id: str
    objective: str
    value: Value
    fraction: float
    points: float
    max_points: float
    scored: bool = True
    certainty: Certainty | None = None

    @property
    def domain(self) -> str:
        return self.objective.partition(".")[0]

    @property
    def certainty_marks(self) -> float:
        """The mark by the certainty-based scheme, from -6 to 3; no answer earns nothing."""
        return 0.0 if self.value is None else certainty_marks(self.fraction, self.certainty)


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
        return sum([outcome.points for outcome in self.outcomes])

    @property
    def max_points(self) -> float:
        return sum([outcome.max_points for outcome in self.outcomes])

    @property
    def percent(self) -> float:
        return 100 * self.points / self.max_points if self.max_points else 0.0

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the share of points, as if each question were one trial."""
        return wilson(self.percent / 100, sum(outcome.scored for outcome in self.outcomes))

    @property
    def certainty_percent(self) -> float:
        """The certainty-based marks in percent of the most there is; below 0 where too much was claimed."""
        return certainty_percent(self.outcomes)

    @property
    def by_domain(self) -> tuple[DomainScore, ...]:
        return domain_scores(self.outcomes)


def certainty_percent(outcomes: Sequence[Outcome]) -> float:
    """Give the certainty-based marks of the scored outcomes in percent of the most there is."""
    most = MOST * sum(outcome.scored for outcome in outcomes)
    return 100 * sum(outcome.certainty_marks for outcome in outcomes if outcome.scored) / most if most else 0.0


def grade(attempt: Attempt) -> Score:
    """Mark the responses that stand, with nothing but the attempt: no bank, no clock."""
    return Score(tuple(_outcomes(attempt, range(len(attempt.form.slots)))))


def grade_again(attempt: Attempt, known: Score, slots: Iterable[int]) -> Score:
    """Mark some slots anew and take the others from a score that is known: the very same where nothing is other.

    Equal to `grade` where the attempt differs from what that score was of in nothing but regrades of these slots.
    """
    outcomes = list(known.outcomes)
    differ = False
    for each in _outcomes(attempt, sorted(set(slots))):
        if each != outcomes[each.slot]:
            outcomes[each.slot], differ = each, True
    return Score(tuple(outcomes)) if differ else known


def _outcomes(attempt: Attempt, numbers: Iterable[int]) -> Iterator[Outcome]:
    responses, sure, regrades = attempt.responses, attempt.certainties, in_force(attempt.events)
    slots, policy = attempt.form.slots, attempt.form.policy
    credit, may_fall = policy.credit, policy.scores_may_fall
    for number in numbers:
        slot, value = slots[number], responses.get(number)
        asked = slot.question
        scored, earned = slot.scored, fraction(asked.key, value, credit)
        if number in regrades:
            found = marked(asked, value, credit, regrades[number], may_fall=may_fall)
            scored, earned = scored and found.counts, found.fraction
        worth = slot.points if scored else 0.0
        yield Outcome(
            number, asked.item_id, asked.objective, value, earned, earned * worth, worth, scored, sure.get(number)
        )


def domain_scores(outcomes: Sequence[Outcome]) -> tuple[DomainScore, ...]:
    """Sum outcomes up by domain, in the order of the blueprint's numbering."""
    fractions: dict[str, list[float]] = {}
    for outcome in (each for each in outcomes if each.scored):
        fractions.setdefault(outcome.domain, []).append(outcome.fraction)
    return tuple(
        DomainScore(domain, len(each), sum(each) / len(each), wilson(sum(each) / len(each), len(each)))
        for domain, each in sorted(fractions.items(), key=lambda pair: int(pair[0]))
    )
