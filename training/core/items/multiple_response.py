"""Multiple response: every option that applies, or a stated number of them."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import ChooseMany
from training.core.items.item import ExampleAnswers
from training.core.items.options import OptionsItem
from training.core.key import WorthEach
from training.core.question import Question


class MultipleResponse(OptionsItem):
    """Choose all that apply, or exactly `choose` options."""

    TYPE: ClassVar[str] = "multiple_response"
    EXAMPLE: ClassVar[str] = """\
id: example-delphi-criteria
type: multiple_response
status: approved
objective: "7.2"
level: recall
stem: Which findings did the 2018 Delphi panel name as essential for a trigger point? Select two.
choose: 2
options:
  - text: Taut band
    correct: true
    why: One of the three findings the panel agreed on.
  - text: Hypersensitive spot
    correct: true
    why: One of the three findings the panel agreed on.
  - text: Local twitch response
    why: Often sought, but not among the panel's essential findings.
  - text: Jump sign
    why: A pain behaviour, not among the panel's essential findings.
references:
  - fernandez-de-las-penas-2018
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=(("a", "b"), ("b", "a")),
        incorrect=(("c", "d"), (), None),
        invalid=("a", ("a", "a"), ("a", "z"), ("a", "b", "c")),
    )

    type: Literal["multiple_response"]
    choose: int | None = Field(default=None, ge=1, le=26)

    @model_validator(mode="after")
    def _has_a_possible_key(self) -> Self:
        keys = len(self.correct_ids)
        if keys == 0:
            raise ValueError("needs at least one option with 'correct: true', has 0")
        if self.choose is not None and self.choose != keys:
            raise ValueError(f"asks to choose {self.choose}, but {keys} options are marked correct")
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            ChooseMany(self.asked_options(), self.choose), WorthEach(self.correct_ids, self.option_ids),
            self.reasons(), image=self.picture,
        )  # fmt: skip
