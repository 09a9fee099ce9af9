"""An item made concrete: a stem, what to do with it, and what answers are worth."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter

from training.core.interaction import Interaction
from training.core.key import Key

T = TypeVar("T")

Sparse = Annotated[T, Field(exclude_if=lambda value: not value)]
"""A field that is written only where it says something, so that what was stored before it came keeps its digest."""


class Level(StrEnum):
    """What an item asks of the learner's mind."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"


class Safety(StrEnum):
    """How much hangs on an item: one failed sentinel fails an attempt, critical items must be passed together."""

    SENTINEL = "sentinel"
    CRITICAL = "critical"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as it was cited when the form was drawn."""

    key: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the stem, by path from the content root, with its text alternative."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is right or wrong, and the misconception that a wrong one shows, where the author named it.

    `answer` is an option id, `place:option` for a row or gap, a number or phrase as text, or empty for the item as a
    whole.
    """

    answer: str
    text: str
    misconception: Sparse[str] = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Which part of which case a question is; `reveals` where it tells more than the parts before it did."""

    case: str
    part: int
    of: int
    reveals: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and what it is worth; holds all that marking and review need, without the bank.

    Of a case, `context` is its vignette with what was revealed so far.
    """

    item_id: str
    objective: str
    level: Level
    safety: Safety
    stem: str
    interaction: Annotated[Interaction, Field(discriminator="kind")]
    key: Annotated[Key, Field(discriminator="kind")]
    reasons: tuple[Reason, ...] = ()
    citations: tuple[Citation, ...] = ()
    image: Image | None = None
    context: Sparse[str] = ""
    group: Sparse[Group | None] = None

    @property
    def met_as(self) -> str:
        """The item a learner has met with this question: the whole case for one of its parts."""
        return self.group.case if self.group else self.item_id

    @property
    def domain(self) -> str:
        return self.objective.partition(".")[0]


@cache
def question_adapter() -> TypeAdapter[Question]:
    """Give the codec of questions; building it costs milliseconds, so it is built once."""
    return TypeAdapter(Question)


def digest(question: Question) -> str:
    """Name a question by its content: SHA-256 of its canonical JSON, in hex."""
    return sha256(question_adapter().dump_json(question)).hexdigest()


def reason_for(question: Question, answer: str) -> str:
    """Find the reason written for one answer, or the item's own, or nothing."""
    reasons = {reason.answer: reason.text for reason in question.reasons}
    return reasons.get(answer, reasons.get("", ""))
