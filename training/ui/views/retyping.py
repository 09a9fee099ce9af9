"""What another type would make of an item, in words."""

from dataclasses import dataclass

from training.content.retyping import Retyped
from training.ui.views.words import count, plain

SHOWN = 12
LONGEST = 80
WORDS = {"correct": "which option is right", "anchored": "an option that keeps its place", "text": "text", "why": "why"}


@dataclass(frozen=True, slots=True)
class RetypingView:
    """A title, and what to say of what carries over, what is lost and what is to be written."""

    title: str
    carried: str
    lost: str
    unwritten: str


def retyping_view(made: Retyped, kind: str) -> RetypingView:
    lines = [f"- {_named(name, value)}" for name, value in made.lost[:SHOWN]]
    rest = len(made.lost) - SHOWN
    more = [f"- and {count(rest, 'more piece')}"] if rest > 0 else []
    lost = "\n".join([f"**{count(len(made.lost), 'piece')} would be lost:**", "", *lines, *more]) if lines else ""
    unwritten = f"{count(made.unwritten, 'field')} would then still be to be written." if made.unwritten else ""
    return RetypingView(
        f"As {kind}",
        "Stem, objective, references, tags and what else all types have stay; options and reasons go where this type "
        "has a place for them. It becomes a draft. Nothing is in the file until you save.",
        lost,
        unwritten,
    )


def _named(name: str, value: str) -> str:
    if name == "correct":
        return WORDS[name]
    short = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return f"{plain(WORDS.get(name, name))}: {plain(short)}"
