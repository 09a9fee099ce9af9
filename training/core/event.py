"""What may happen in a sitting: events, numbered and never changed, from which everything else about it follows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from training.core.certainty import Certainty
from training.core.interaction import Value
from training.core.remarking import Regraded


@dataclass(frozen=True, slots=True)
class Answered:
    """A response was given (or cleared, with no value) in one slot."""

    seq: int
    slot: int
    value: Value
    at: datetime
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Flagged:
    """The learner marked a slot to come back to, or took the mark off."""

    seq: int
    slot: int
    flagged: bool
    at: datetime
    kind: Literal["flagged"] = "flagged"


@dataclass(frozen=True, slots=True)
class Struck:
    """The options the learner has struck out in one slot, all of them as they now stand."""

    seq: int
    slot: int
    options: tuple[str, ...]
    at: datetime
    kind: Literal["struck"] = "struck"


@dataclass(frozen=True, slots=True)
class Rated:
    """Where the policy asks: how sure the learner says she is of her answer in one slot."""

    seq: int
    slot: int
    certainty: Certainty
    at: datetime
    kind: Literal["rated"] = "rated"


@dataclass(frozen=True, slots=True)
class Checked:
    """In practice: the learner asked to be told about one slot, whose answer is now final."""

    seq: int
    slot: int
    at: datetime
    kind: Literal["checked"] = "checked"


@dataclass(frozen=True, slots=True)
class Opened:
    """In an exam: the learner was shown a part of a case that tells more, knowing that it closes those before it."""

    seq: int
    slot: int
    at: datetime
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The attempt ended: handed in by the learner, or by the clock at the deadline."""

    seq: int
    at: datetime
    by: Literal["learner", "clock"] = "learner"
    kind: Literal["submitted"] = "submitted"


Event = Answered | Flagged | Struck | Rated | Checked | Opened | Submitted | Regraded
