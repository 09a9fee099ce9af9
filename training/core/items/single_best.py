"""Single best answer: several options, one of them best."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from training.core.interaction import ChooseOne
from training.core.items.item import ExampleAnswers
from training.core.items.options import OptionsItem
from training.core.key import Worth
from training.core.question import Question


class SingleBest(OptionsItem):
    """Choose the one best answer."""

    TYPE: ClassVar[str] = "single_best"
    EXAMPLE: ClassVar[str] = """\
id: example-withdrawn-consent
type: single_best
status: approved
objective: "1.3"
level: apply
safety: sentinel
stem: Half-way through needling the calf, a patient says "please stop". What should happen next?
options:
  - text: Remove the needle now
    correct: true
    why: Consent can be withdrawn at any moment and needling ends with it.
  - text: Finish the last two insertions
    why: Unsafe. Needling without consent is an assault.
  - text: Persuade the patient to go on
    why: Unsafe. A refusal is final and is not argued with.
references:
  - alberta-hqca-2014
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("a",), incorrect=("b", "c", None), invalid=("z", ("a",))
    )

    type: Literal["single_best"]

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if len(self.correct_ids) != 1:
            raise ValueError(f"needs exactly one option with 'correct: true', has {len(self.correct_ids)}")
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            ChooseOne(self.asked_options()), Worth(tuple((name, 1.0) for name in self.correct_ids)),
            self.reasons(), image=self.picture,
        )  # fmt: skip
