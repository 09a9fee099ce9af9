"""True or false: a statement to judge."""

from typing import ClassVar, Literal

from pydantic import Field

from training.core.interaction import ChooseOne, Option
from training.core.items.item import ExampleAnswers, Item, Text, Written
from training.core.key import Worth
from training.core.question import Question, Reason


class WhyTrueFalse(Written):
    """Why someone might say either, and whether that is right."""

    if_true: Text = Field(alias="true")
    if_false: Text = Field(alias="false")


class TrueFalse(Item):
    """Judge a statement."""

    TYPE: ClassVar[str] = "true_false"
    EXAMPLE: ClassVar[str] = """\
id: example-needle-reuse
type: true_false
status: approved
objective: "4.2"
level: recall
safety: sentinel
stem: A needle wiped with alcohol may be used again on the same patient in the next session.
answer: false
why:
  true: Unsafe. Wiping does not sterilise a needle.
  false: Needles are sterile, for single use.
references:
  - sa-ahpcsa-bn121
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("false",), incorrect=("true", None), invalid=("a", ("false",))
    )

    type: Literal["true_false"]
    answer: bool
    why: WhyTrueFalse

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        # Both are anchored: readers expect True before False.
        options = (Option("true", "True", anchored=True), Option("false", "False", anchored=True))
        reasons = (Reason("true", self.why.if_true), Reason("false", self.why.if_false))
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            ChooseOne(options), Worth((("true" if self.answer else "false", 1.0),)), reasons, image=self.picture,
        )  # fmt: skip
