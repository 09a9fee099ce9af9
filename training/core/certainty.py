"""Certainty-based marking: how sure the learner says she is beside an answer, and what that makes it worth.

Marks after Gardner-Medwin AR (2006), Confidence-based marking: towards deeper learning and better exams, in Bryan C and
Clegg K (eds), Innovative Assessment in Higher Education, Routledge, pages 141-149: right 1, 2 or 3; wrong 0, -2 or -6.
Saying what one believes pays best: low below a chance of 2/3 to be right, mid up to 0.8, high above.
"""

from enum import StrEnum


class Certainty(StrEnum):
    """How sure the learner is that an answer is right."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


DEGREES = (None, *Certainty)
"""How sure answers are, by class: those of which it was not said come first, and count as low."""

RIGHT = {Certainty.LOW: 1.0, Certainty.MID: 2.0, Certainty.HIGH: 3.0}
WRONG = {Certainty.LOW: 0.0, Certainty.MID: -2.0, Certainty.HIGH: -6.0}
MOST = RIGHT[Certainty.HIGH]

WORDS = {
    Certainty.LOW: "not sure: right +1, wrong 0",
    Certainty.MID: "fairly sure: right +2, wrong -2",
    Certainty.HIGH: "very sure: right +3, wrong -6",
}


def certainty_marks(earned: float, certainty: Certainty | None) -> float:
    """Give the mark of one answer that earned a fraction from 0 to 1; an answer without a certainty counts as low.

    The scheme knows only right and wrong; in between our marks go straight from one to the other.
    """
    sure = certainty or Certainty.LOW
    return earned * RIGHT[sure] + (1 - earned) * WRONG[sure]
