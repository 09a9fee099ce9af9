"""Extended matching: one theme, one list of options, several vignettes that each get one; options may be used again."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import MatchEach, Option
from training.core.items.item import ExampleAnswers, Item, Text
from training.core.items.options import LETTERS, Row, SharedOption, check_rows, numbered, row_reasons, shared
from training.core.key import Pairs
from training.core.question import Question


class ExtendedMatching(Item):
    """Give each vignette the option that fits best, after Case and Swanson; the stem is the lead-in."""

    TYPE: ClassVar[str] = "extended_matching"
    EXAMPLE: ClassVar[str] = """\
id: example-after-the-needle
type: extended_matching
status: approved
objective: "5.1"
level: apply
safety: critical
theme: Adverse events
stem: For each patient, choose what has most probably happened.
options:
  - text: Bruise
  - text: Fainting
  - text: Pneumothorax
  - text: Retained needle
  - text: Soreness after treatment
vignettes:
  - text: An hour after needling of the upper trapezius a patient is short of breath, with pain on breathing in.
    answer: c
    why: Breathlessness and chest pain after needling over the thorax are a pneumothorax until shown otherwise.
  - text: While sitting for the first needle a patient turns pale, sweats and slumps.
    answer: b
    why: Pallor, sweating and a slump during needling are those of a faint.
references:
  - mintken-2025
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=(("c", "b"),),
        incorrect=(("b", "c"), ("a", "a"), ("e", ""), None),
        invalid=("c", ("c",), ("c", "z"), ("", ""), ("c", "b", "a")),
    )

    type: Literal["extended_matching"]
    theme: Text
    options: tuple[SharedOption, ...] = Field(min_length=3, max_length=len(LETTERS))
    vignettes: tuple[Row, ...] = Field(min_length=2, max_length=12)

    @model_validator(mode="after")
    def _has_a_possible_key(self) -> Self:
        check_rows(self.vignettes, self.options)
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        rows = tuple(Option(name, row.text) for name, row in numbered(self.vignettes).items())
        return Question(
            self.id, self.objective, self.level, self.safety, f"{self.theme}\n\n{self.stem}",
            MatchEach(rows, shared(self.options), once=False), Pairs(tuple((row.answer,) for row in self.vignettes)),
            row_reasons(self.vignettes, self.options), image=self.picture,
        )  # fmt: skip
