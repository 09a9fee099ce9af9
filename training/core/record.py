"""What is kept of a marking so that it can be proved later: paper, key and rules by digest, and the decision."""

from dataclasses import dataclass
from hashlib import sha256

from training.core.attempt import Attempt
from training.core.decision import DIGITS, Decision, decide
from training.core.score import Score


@dataclass(frozen=True, slots=True)
class Record:
    """One marking of one attempt, a pure function of its form and events.

    `keys` names the questions with their keys (SHA-256 over their digests), `version` the programme
    as it was, `last` the number of the last event marked. Points are rounded to six decimals.
    """

    attempt: str
    programme: str
    version: str
    keys: str
    last: int
    points: float
    max_points: float
    percent: float
    fractions: tuple[float, ...]
    decision: Decision | None


def record(attempt: Attempt, score: Score, decision: Decision | None = None) -> Record:
    """Put down what a marking found; the decision is reached anew unless it is known."""
    form = attempt.form
    keys = sha256("".join(slot.digest for slot in form.slots).encode()).hexdigest()
    return Record(
        attempt.id, form.programme, form.version, keys, attempt.next_seq - 1,
        round(score.points, DIGITS), round(score.max_points, DIGITS), round(score.percent, DIGITS),
        tuple(round(outcome.fraction, DIGITS) for outcome in score.outcomes), decision or decide(score, form),
    )  # fmt: skip
