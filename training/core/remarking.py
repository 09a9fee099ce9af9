"""Marking an answer again after the hand-in: what takes the place of a key, and what the answer earns then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from training.core.credit import Credit
from training.core.interaction import Value
from training.core.key import Key, Within, fraction
from training.core.question import Question


@dataclass(frozen=True, slots=True)
class NewKey:
    """Answers are marked by another key: another option, several, a wider range, more phrases."""

    key: Annotated[Key, Field(discriminator="kind")]
    kind: Literal["new_key"] = "new_key"


@dataclass(frozen=True, slots=True)
class NewTolerance:
    """A number may be further off; each version of the question keeps its own answer."""

    tolerance: float
    kind: Literal["new_tolerance"] = "new_tolerance"


@dataclass(frozen=True, slots=True)
class NewCredit:
    """What is partly right earns by other rules than the quiz's own."""

    credit: Credit
    kind: Literal["new_credit"] = "new_credit"


@dataclass(frozen=True, slots=True)
class FullCredit:
    """Everyone earns all there is, also who gave no answer."""

    kind: Literal["full_credit"] = "full_credit"


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """The question counts no more, neither for nor against."""

    kind: Literal["leave_out"] = "leave_out"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An earlier key change, named by its id, holds no more."""

    change: str
    kind: Literal["taken_back"] = "taken_back"


Remarking = NewKey | NewTolerance | NewCredit | FullCredit | LeaveOut | TakenBack


@dataclass(frozen=True, slots=True)
class Regraded:
    """After the hand-in: one slot is marked again by a key change, with all that this needs, for ever.

    `spared` where leaving the question out would have cost this learner something: then it counts for her as before.
    """

    seq: int
    change: str
    slot: int
    remarking: Annotated[Remarking, Field(discriminator="kind")]
    reason: str
    at: datetime
    spared: bool = False
    kind: Literal["regraded"] = "regraded"


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer earns, and whether its question counts."""

    fraction: float
    counts: bool


def in_force(events: Iterable[object]) -> Mapping[int, tuple[Regraded, ...]]:
    """Give the regrades that hold in each slot, oldest first: the last one of each change, none that was taken back."""
    over: set[tuple[int, str]] = set()
    found: dict[int, tuple[Regraded, ...]] = {}
    for event in reversed([each for each in events if isinstance(each, Regraded)]):
        if (event.slot, event.change) in over:
            continue
        over.add((event.slot, event.change))
        if isinstance(event.remarking, TakenBack):
            over.add((event.slot, event.remarking.change))
        else:
            found[event.slot] = (event, *found.get(event.slot, ()))
    return found


def marked(question: Question, value: Value, credit: Credit, regrades: Iterable[Regraded], *, may_fall: bool) -> Marked:
    """Mark one answer by the key of its question and then by each regrade; unless it may fall, the best one stands."""
    key, counts = question.key, True
    best = fraction(key, value, credit)
    for each in regrades:
        match each.remarking:
            case NewKey(key=other):
                key = other
            case NewTolerance(tolerance=tolerance) if isinstance(key, Within):
                key = Within(key.answer, tolerance)
            case NewCredit(credit=other_rules):
                credit = other_rules
            case LeaveOut() if not each.spared:
                counts = False
        now = 1.0 if isinstance(each.remarking, FullCredit) else fraction(key, value, credit)
        best = now if may_fall else max(best, now)
    return Marked(best, counts)
