"""The columns of questions in a table: what ours are called, and what others call them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.core.items.options import LETTERS

PLAIN_COLUMNS = (
    "id", "type", "objective", "level", "safety", "stem", "correct", "choose", "anchored", "answer", "tolerance",
    "unit", "why", "mistakes", "rows", "gap_text", "gaps", "hypothesis", "finding", "panel", "panel_of",
    "references", "authors", "tags", "enemies", "claims", "image", "image_alt",
    "note",
)  # fmt: skip
"""Columns that stand once; each option has two more, `option_a` and `why_a`, up to z."""

FOR_READERS = ("status", "reviewers", "reviewed", "review_by")
"""Written for whoever reads the table; not read back, since what is imported is a draft that nobody has reviewed."""

_ALSO = {
    "id": ("identifier", "code", "questionid", "itemid", "name", "number", "no", "nr"),
    "type": ("questiontype", "kind", "itemtype"),
    "level": ("bloom", "cognitivelevel"),
    "stem": ("question", "questiontext", "text", "prompt", "item", "statement"),
    "correct": (
        "correctanswer",
        "correctanswers",
        "correctoption",
        "correctoptions",
        "correctresponse",
        "key",
        "answerkey",
        "rightanswer",
        "solution",
        "correctchoice",
    ),
    "options": ("options", "choices", "alternatives", "answeroptions", "answerchoices", "possibleanswers"),
    "answer": ("answers", "accepted", "acceptedanswers"),
    "tolerance": ("margin", "error"),
    "why": ("explanation", "answerexplanation", "rationale", "feedback", "generalfeedback", "comment", "justification"),
    "references": ("reference", "source", "sources"),
    "authors": ("author",),
    "tags": ("tag", "topic", "topics", "category", "categories", "keywords"),
    "title": ("questiontitle", "title"),
    "image": ("picture", "imagefile"),
    "image_alt": ("alt", "alttext"),
}
_NAMES = {name: name for name in PLAIN_COLUMNS} | {name.replace("_", ""): name for name in PLAIN_COLUMNS}
_NAMES["reviewby"] = "review_by"
_NAMES |= {name: name for name in FOR_READERS}
_NAMES |= {other: name for name, others in _ALSO.items() for other in others}
_OPTION = re.compile(r"(?:option|choice|answer|opt|response)?([a-z]|[1-9]|1\d|2[0-6])")
_WRONG = re.compile(
    r"(?:wrong|incorrect|distractor|distracter)(?:option|choice|answer|response)?([a-z]|[1-9]|1\d|2[0-6])"
)
_LIMIT = re.compile(r"(?<=.)(?:max\d+char(?:acter)?s|chooseatleastone)$")
"""What a template says behind a title: `Answer 1 - max 75 characters`."""

_REMARK = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"(?:question|item)\s*(?:#|no\.|nr\.)")
_UNNUMBERED = frozenset(("choice", "option"))
TIMED = ("timelimit", "timeinseconds")
"""What a quiz that is played has a column for; those name the right options by number."""

_WHY = re.compile(r"(?:why|feedback|rationale|explanation)(?:option|choice|answer)?([a-z]|[1-9]|1\d|2[0-6])")
_OTHER_WHY = re.compile(r"(?:option|choice|answer)([a-z]|[1-9]|1\d|2[0-6])(?:why|feedback|rationale|explanation)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name in ours, with the option's place where it belongs to one; the name is empty where unknown."""

    title: str
    name: str
    option: int = -1


def headings_of(titles: Sequence[str]) -> list[Heading]:
    """Recognise the columns of a heading; options that all have one name are numbered as they stand."""
    found = [heading(title) for title in titles]
    alike = [place for place, title in enumerate(titles) if _plain(title) in _UNNUMBERED]
    if len(alike) > 1:
        for number, place in enumerate(alike):
            found[place] = Heading(titles[place], "option", number)
        if not any(each.name == "stem" for each in found):
            found = [Heading(each.title, "stem") if each.name == "title" else each for each in found]
    return found


def timed(titles: Sequence[str]) -> bool:
    """Say whether the table is that of a quiz which is played against time."""
    return any(_plain(title).startswith(TIMED) for title in titles)


def _plain(title: str) -> str:
    said = _REMARK.sub(" ", title.casefold().replace("(s)", "s"))
    return "" if _NUMBER.fullmatch(said.strip()) else _LIMIT.sub("", re.sub(r"[^a-z0-9]+", "", said))


def heading(title: str) -> Heading:
    """Recognise a column by its title, whatever its capitals, spaces and marks."""
    plain = _plain(title)
    if plain in _NAMES:
        return Heading(title, _NAMES[plain])
    for pattern, name in ((_WHY, "why"), (_OTHER_WHY, "why"), (_OPTION, "option"), (_WRONG, "wrong")):
        if match := pattern.fullmatch(plain):
            return Heading(title, name, _place(match[1]))
    return Heading(title, "")


def _place(mark: str) -> int:
    return int(mark) - 1 if mark.isdigit() else LETTERS.index(mark)


def known(titles: Sequence[str]) -> int:
    """Count the columns that are recognised; none where there is no stem among them."""
    names = [each.name for each in headings_of(titles)]
    return sum(1 for name in names if name) if "stem" in names else 0


_FORMULA = re.compile(r"[ ']*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'[ ']*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take that apostrophe away again."""
    return text[1:] if _GUARDED.match(text) else text
