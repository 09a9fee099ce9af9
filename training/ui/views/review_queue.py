"""What waits for a reviewer, in words and rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.services.signing_off import Queue, Queued
from training.ui.views.banks import STEM, badges
from training.ui.views.words import count, plain


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One item: the link's words, and what is worth knowing of it."""

    id: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class QueuePart:
    """Items that wait for the same thing, and what that is."""

    title: str
    told: str
    rows: tuple[QueueRow, ...]


def queue_parts(queue: Queue) -> list[QueuePart]:
    """Prepare the parts that have anything in them, the quickest to do first."""
    parts = (
        ("Typographical changes", "A colleague says that only typography changed. Look at the difference and confirm.",
         queue.typographical),
        ("Content review", "Is the key right by its sources, is it safe, does it meet its objective?", queue.content),
        ("Editorial and bias review", "Is it plain, fair and free of cues?", queue.editorial),
        ("Edited since sign-off", "The file has another version than the one signed off. Submit it for review.",
         queue.lapsed),
        ("Review asked for in the file", "The file says `status: review`; nobody has put it forward here yet.",
         queue.asked_in_file),
        ("Retired", "Taken out of every quiz, until signed off anew.", queue.withheld),
    )  # fmt: skip
    return [
        QueuePart(f"{title} ({len(found)})", told, tuple(map(_row, found))) for title, told, found in parts if found
    ]


def waiting(queue: Queue) -> str:
    """Say how much waits."""
    return f"{count(queue.waiting, 'item waits', 'items wait')}" if queue.waiting else "Nothing waits for a reviewer"


def lapsed_in_words(lapsed: Sequence[Queued]) -> str:
    """Say how many items were edited since their sign-off, and what learners get."""
    left_out = sum(1 for each in lapsed if each.served is None)
    meanwhile = "Quizzes go on with what was signed off" + (f"; {left_out} of them are left out" if left_out else "")
    return f"{count(len(lapsed), 'item was', 'items were')} edited after sign-off. {meanwhile}."


def _row(queued: Queued) -> QueueRow:
    item = queued.item
    stem = item.stem if len(item.stem) <= STEM else item.stem[: STEM - 1].rsplit(" ", 1)[0] + " …"
    yours = queued.mine or queued.passed_content
    mine = " :orange-badge[Yours: a colleague signs it off]" if yours else ""
    return QueueRow(item.id, plain(stem), f"`{item.id}` {badges(item)}{mine}")
