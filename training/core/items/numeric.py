"""Numeric: a number within a tolerance."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import EnterNumber
from training.core.items.item import ExampleAnswers, Item, Text, Written
from training.core.key import Within
from training.core.question import Question, Reason


class Mistake(Written):
    """A wrong value that learners are known to give, and why it is wrong."""

    answer: float = Field(allow_inf_nan=False)
    why: Text


class Numeric(Item):
    """Work out a number."""

    TYPE: ClassVar[str] = "numeric"
    EXAMPLE: ClassVar[str] = """\
id: example-retained-needles
type: numeric
status: approved
objective: "5.9"
level: apply
stem: Of 325 reported incidents, 100 were retained needles. What percentage is that, to the nearest whole number?
answer: 31
tolerance: 0.5
unit: "%"
why: 100 divided by 325 is 0.308, which is 31 %.
mistakes:
  - answer: 3.25
    why: That divides 325 by 100, the wrong way round.
references:
  - wheway-2012
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("31", "30.8", "30,8", " 31 %"), incorrect=("3.25", "0", None), invalid=("about thirty", "nan", ("31",))
    )

    type: Literal["numeric"]
    answer: float = Field(allow_inf_nan=False)
    tolerance: float = Field(ge=0, allow_inf_nan=False)
    unit: Text | None = None
    why: Text
    mistakes: tuple[Mistake, ...] = ()

    @model_validator(mode="after")
    def _mistakes_are_wrong(self) -> Self:
        for slip in self.mistakes:
            if self.key.holds(slip.answer):
                raise ValueError(f"the mistake {slip.answer:g} counts as right: it is within the tolerance")
        return self

    @property
    def key(self) -> Within:
        return Within(self.answer, self.tolerance)

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        reasons = (Reason("", self.why), *(Reason(f"{slip.answer:g}", slip.why) for slip in self.mistakes))
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            EnterNumber(self.unit or ""), self.key, reasons, image=self.picture,
        )  # fmt: skip
