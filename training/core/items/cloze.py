"""Cloze: a text with gaps, each filled from its own options."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import GAP, FillGaps, Gap
from training.core.items.item import ExampleAnswers, Item, OptionNote, ShortId, Text, Written
from training.core.items.options import LETTERS, asked, named, numbered, reason
from training.core.key import Pairs
from training.core.question import Question

MOST_GAPS = 12


class GapNote(Written):
    """One gap; its id is its number unless the author gives one."""

    id: ShortId | None = None
    options: tuple[OptionNote, ...] = Field(min_length=2, max_length=len(LETTERS))

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        named(self.options)
        if not any(note.correct for note in self.options):
            raise ValueError("a gap needs at least one option with 'correct: true', has 0")
        return self


class Cloze(Item):
    """Fill the gaps of a text; the stem says what to do, `{{1}}` in the text is where the first gap stands."""

    TYPE: ClassVar[str] = "cloze"
    EXAMPLE: ClassVar[str] = """\
id: example-withdrawing-consent
type: cloze
status: approved
objective: "1.3"
level: recall
safety: critical
stem: Complete the sentence.
text: >-
  Consent may be withdrawn {{1}}; the needle is then {{2}}.
gaps:
  - options:
      - text: at any moment
        correct: true
        why: Consent holds only as long as the patient wants it to.
      - text: before the first needle only
        why: A needle in place does not bind the patient.
  - options:
      - text: removed at once
        correct: true
        why: Needling without consent is an assault.
      - text: left until the planned time is over
        why: Unsafe. That goes on without consent.
references:
  - alberta-hqca-2014
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=(("a", "a"),),
        incorrect=(("b", "b"), ("b", ""), None),
        invalid=("a", ("a",), ("a", "c"), ("", ""), ("1:a", "2:a")),
    )

    type: Literal["cloze"]
    text: Text
    gaps: tuple[GapNote, ...] = Field(min_length=1, max_length=MOST_GAPS)

    @model_validator(mode="after")
    def _has_each_gap_once_in_its_text(self) -> Self:
        known, standing = list(numbered(self.gaps)), GAP.findall(self.text)
        for name in standing:
            if name not in known or standing.count(name) > 1:
                what = "twice" if name in known else f"in the text, but the gaps are {', '.join(known)}"
                raise ValueError(f"the gap '{{{{{name}}}}}' stands {what}")
        missing = [name for name in known if name not in standing]
        if missing:
            raise ValueError(f"the text has no '{{{{{missing[0]}}}}}' for the gap '{missing[0]}'")
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        gaps = numbered(self.gaps)
        # Readers meet the gaps in the order of the text, so responses follow it too.
        inside = {name: gaps[name].options for name in GAP.findall(self.text)}
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            FillGaps(self.text, tuple(Gap(name, asked(notes)) for name, notes in inside.items())),
            Pairs(tuple(_right(notes) for notes in inside.values())),
            tuple(reason(f"{gap}:{name}", note) for gap, own in inside.items() for name, note in named(own).items()),
            image=self.picture,
        )  # fmt: skip


def _right(notes: tuple[OptionNote, ...]) -> tuple[str, ...]:
    return tuple(name for name, note in named(notes).items() if note.correct)
