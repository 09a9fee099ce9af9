"""Matching: rows that each get the option that belongs to them, no option twice unless the author says so."""

from collections import Counter
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import MatchEach, Option
from training.core.items.item import ExampleAnswers, Item
from training.core.items.options import LETTERS, Row, SharedOption, check_rows, numbered, row_reasons, shared
from training.core.key import Pairs
from training.core.question import Question


class Matching(Item):
    """Match each row with an option; more options than rows make guessing harder."""

    TYPE: ClassVar[str] = "matching"
    EXAMPLE: ClassVar[str] = """\
id: example-kinds-of-trigger-points
type: matching
status: approved
objective: "7.2"
level: recall
stem: Match each finding with what it is called.
once: true
rows:
  - text: It hurts without being touched
    answer: b
    why: An active trigger point gives pain by itself.
  - text: It hurts only when pressed
    answer: a
    why: A latent trigger point is silent until pressed.
  - text: Pain felt away from the place that is pressed
    answer: c
    why: That is what referred pain means.
options:
  - text: Latent trigger point
  - text: Active trigger point
  - text: Referred pain
  - text: Local twitch response
    why: That is a brief contraction, not a kind of pain.
references:
  - fernandez-de-las-penas-2018
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=(("b", "a", "c"),),
        incorrect=(("a", "b", "d"), ("d", "", ""), None),
        invalid=("b", ("b", "a"), ("b", "b", "c"), ("b", "a", "z"), ("", "", ""), ("b", "a", "c", "d")),
    )

    type: Literal["matching"]
    once: bool = True
    rows: tuple[Row, ...] = Field(min_length=2, max_length=12)
    options: tuple[SharedOption, ...] = Field(min_length=2, max_length=len(LETTERS))

    @model_validator(mode="after")
    def _has_a_possible_key(self) -> Self:
        check_rows(self.rows, self.options)
        used = Counter(row.answer for row in self.rows)
        twice = [name for name, count in used.items() if count > 1]
        if self.once and twice:
            raise ValueError(f"option '{twice[0]}' is the answer of two rows; write 'once: false' if that is meant")
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        rows = tuple(Option(name, row.text) for name, row in numbered(self.rows).items())
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            MatchEach(rows, shared(self.options), self.once), Pairs(tuple((row.answer,) for row in self.rows)),
            row_reasons(self.rows, self.options), image=self.picture,
        )  # fmt: skip
