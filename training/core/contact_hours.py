"""Contact hours: a rule for each accreditor as data, and the derivation of the hours step by step, fit to print."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import floor
from typing import Annotated

from pydantic import Field, StringConstraints

from training.core.items.item import Slug, Text, Written

QUARTER = 0.25

_NOT_TEXT = re.compile(
    r"""
    <!--[\s\S]*?-->                   # what authors say to each other
    | ^[ ]{0,3}\#{1,6}[ ].*$           # titles
    | [ ]*\[@[^\]]*\]                 # references
    | ^[ ]{0,3}\|?[ ]*:?-{3,}.*$       # rules, and those under the head of a table
    | (?<=\])\([^)]*\)                # addresses
    | ^[ ]*(?:>|[-*+]|\d+[.)])(?=[ ])  # marks of quotes and lists
    | !?\[ | [|\]]
    """,
    re.MULTILINE | re.VERBOSE,
)


class Rounding(StrEnum):
    """How minutes become hours: to the nearest quarter of an hour, or down to the last full one."""

    NEAREST = "nearest_quarter"
    DOWN = "quarter_down"


class TextFormula(Written):
    """Minutes for a text: factor x (constant + words x per_word + questions x per_question + difficulty x per_step)."""

    factor: float = Field(default=1.0, gt=0, le=2)
    constant: float
    per_word: float
    per_question: float
    per_step: float
    difficulties: tuple[float, ...] = Field(default=(2, 2.5, 3, 3.5, 4), min_length=1)


class HoursRule(Written):
    """How one accreditor counts hours, with where it says so and when that was read.

    `minutes` make an hour, `units` of the named unit make an hour (a CEU is ten hours, so 0.1). Recorded media count
    with their run time.
    """

    id: Slug
    title: Text
    source: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s]+$")] | None = None
    checked: date
    minutes: int = Field(ge=30, le=60)
    rounding: Rounding
    unit: Text
    units: float = Field(default=1.0, gt=0)
    text: TextFormula | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """What is counted: words of the text, questions asked, its difficulty, and minutes of recorded media."""

    words: int = 0
    questions: int = 0
    difficulty: float = 2.0
    media_minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Derivation:
    """The hours, in the rule's unit too, and every step in words for whoever checks them."""

    rule: str
    minutes: float
    hours: float
    credits: float
    unit: str
    steps: tuple[str, ...]

    @property
    def said(self) -> str:
        """Say the result: `1 contact hour`, or `0.1 CEU`."""
        plural = "s" if self.credits != 1 and not self.unit.isupper() else ""
        return f"{self.credits:g} {self.unit}{plural}"


def contact_hours(rule: HoursRule, work: Workload) -> Derivation:
    """Derive the hours of a workload by one rule.

    The formula for texts is Mergener's as the Board of Certification prints it: 0.9 x (-22.3 + 0.00209 words
    + 2.78 questions + 15.5 difficulty) minutes, never below 0.
    """
    read, steps = _text_minutes(rule, work)
    total = read + work.media_minutes
    if work.media_minutes:
        steps += (f"Recorded media: {work.media_minutes:g} minutes of run time.",)
    if not rule.text and not work.media_minutes:
        steps += ("This rule counts timed activity only, and the programme states no media_minutes.",)
    hours = _rounded(total / rule.minutes, rule.rounding)
    way = "rounded to the nearest quarter" if rule.rounding is Rounding.NEAREST else "rounded down to a quarter"
    found = Derivation(rule.title, round(total, 6), hours, round(hours * rule.units, 6), rule.unit, ())
    steps += (
        f"{total:.1f} minutes at {rule.minutes} minutes an hour: {total / rule.minutes:.2f} hours, {way}: {hours:g}.",
        f"{found.said} by the rule of {rule.title} ({rule.source}, read {rule.checked}).",
    )
    return replace(found, steps=steps)


def words_of(texts: Sequence[str]) -> int:
    """Count the words of learning texts in Markdown, without titles, references, addresses and marks."""
    return sum(len(prose(text).split()) for text in texts)


def prose(markdown: str) -> str:
    """Give what is read of a text in Markdown: no titles, no references, no addresses, no marks."""
    return _NOT_TEXT.sub("", markdown)


def _text_minutes(rule: HoursRule, work: Workload) -> tuple[float, tuple[str, ...]]:
    formula = rule.text
    if formula is None or not work.words:
        return 0.0, ()
    inner = (
        formula.constant + formula.per_word * work.words + formula.per_question * work.questions
        + formula.per_step * work.difficulty
    )  # fmt: skip
    minutes = max(0.0, formula.factor * inner)
    step = (
        f"Text: {formula.factor:g} × ({formula.constant:g} + {formula.per_word:g} × {work.words} words + "
        f"{formula.per_question:g} × {work.questions} questions + {formula.per_step:g} × difficulty "
        f"{work.difficulty:g}) = {minutes:.1f} minutes."
    )
    return minutes, (step,)


def _rounded(hours: float, rounding: Rounding) -> float:
    quarters = hours / QUARTER
    # Half a quarter goes up, as people round; floats must not decide it.
    whole = floor(quarters + 0.5 + 1e-9) if rounding is Rounding.NEAREST else floor(quarters + 1e-9)
    return whole * QUARTER
