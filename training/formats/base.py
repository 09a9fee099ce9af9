"""What every format agrees on: what reading gives, what writing takes and gives, and how a loss is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from training.core.items import Item
from training.core.problem import Problem, Severity
from training.core.question import Question

LARGEST = 64 * 1024 * 1024
"""How many bytes a file may have before it is refused."""

MOST_QUESTIONS = 50_000


class Code(StrEnum):
    """What can be said about a file on its way in or out; each is explained in docs/formats.md."""

    UNREADABLE = "F001"
    MALFORMED = "F002"
    NO_SUCH_TYPE = "F003"
    LOST = "F004"
    MISSING = "F005"
    ASSUMED = "F006"
    DUPLICATE = "F007"
    LEFT_OUT = "F008"
    UNSAFE = "F009"


class CannotExpress(Exception):
    """A question that a format, or our notation, has no words for; says what stands in the way."""


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """Something of a question that does not arrive: which item, which field, and what of it."""

    item: str
    field: str
    what: str

    def problem(self, file: str, line: int = 1) -> Problem:
        """Tell the loss as a problem, located where the question stands."""
        words = f"{self.item}: {self.field}: {self.what}"
        return Problem(file, line, 1, Code.LOST, words, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that came with a file; a draft's `image` field names it by `name`."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """One question of a foreign file: its fields in our notation, and the piece of the file it was read from.

    `fields` holds what the file says and no more; None where our notation has no words for the
    question, and then `problems` say why. `name` is its id there.
    """

    fields: Mapping[str, Any] | None
    line: int
    source: str
    name: str = ""
    title: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """All questions of a file in its order, and what is wrong with the file itself."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An item on its way out: as authored for its labels, and made concrete for its meaning."""

    item: Item
    question: Question


@dataclass(frozen=True, slots=True)
class Batch:
    """What a writer is given. `pictures` holds the bytes of images by their path from the content root."""

    slug: str
    title: str
    entries: tuple[Outgoing, ...]
    made_at: datetime
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    with_key: bool = False
    """Whether a paper shows the key; formats that machines read always hold it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file, what of the items it does not hold, and which items it does not hold at all."""

    data: bytes
    losses: tuple[Loss, ...] = ()
    left_out: tuple[Problem, ...] = ()


Reader = Callable[[bytes, str], Imported]
"""Reads the bytes of a file of that name. Never raises for what is in it: problems are listed."""

Writer = Callable[[Batch], Written]
"""Writes a batch; what it cannot express is left out and listed."""

Sniffer = Callable[[bytes, str], float]
"""Says from the beginning of a file and its name how sure it is that this is its format, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `sniff` and `read` go together; a format without them is only written."""

    name: str
    title: str
    suffix: str
    media_type: str
    sniff: Sniffer | None = None
    read: Reader | None = None
    write: Writer | None = None
    keeps_cases: bool = False
    """Whether questions that belong to one case may stand in it; what others write knows only single questions."""


def unreadable(file: str, message: str, hint: str = "", line: int = 1) -> Imported:
    """Give an empty import with the one reason for it."""
    return Imported((), (Problem(file, line, 1, Code.UNREADABLE, message, hint),))


def left_out(item: Item, why: CannotExpress, file: str = "") -> Problem:
    """Tell that an item is not in the file that was written, and why."""
    return Problem(file or item.id, 1, 1, Code.LEFT_OUT, f"{item.id} is left out: {why}", severity=Severity.WARNING)
