"""Ordering: steps to bring into the right order."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.dice import Dice
from training.core.interaction import Option, PutInOrder
from training.core.items.item import ExampleAnswers, Item, ShortId, Slug, Text, Written
from training.core.items.options import LETTERS, named
from training.core.key import RightOrder
from training.core.question import Question, Reason


class Step(Written):
    """One step, and why it stands where it does."""

    id: ShortId | None = None
    text: Text
    why: Text
    misconception: Slug | None = None


class Ordering(Item):
    """Bring the steps into order. The author writes them in the right one."""

    TYPE: ClassVar[str] = "ordering"
    EXAMPLE: ClassVar[str] = """\
id: example-before-needling
type: ordering
status: approved
objective: "4.1"
level: recall
stem: Bring these steps before the first needle into order.
steps:
  - text: Screen for contraindications
    why: Who must not be needled need not be asked for consent to it.
  - text: Explain benefits, risks and alternatives
    why: Consent that comes before this is not informed.
  - text: Ask for consent
    why: It follows what was explained, and comes before anything is done.
  - text: Clean your hands
    why: Hands are cleaned right before a clean procedure, so that nothing else is touched on the way.
references:
  - who-2009
  - alberta-hqca-2014
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=(("a", "b", "d", "c"),),
        incorrect=(("c", "b", "a", "d"), None),
        invalid=("a", ("a", "b", "c"), ("a", "a", "b", "c"), ("a", "b", "c", "z"), ()),
    )

    type: Literal["ordering"]
    steps: tuple[Step, ...] = Field(min_length=3, max_length=12)

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        if len({step.text for step in self.steps}) != len(self.steps):
            raise ValueError("two steps have the same text, so their order cannot be told")
        named(self.steps)
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - the form shuffles what is shown
        # Neither the ids nor the order in which the options are stored may tell the right order.
        mixed = Dice(self.id).shuffled(range(len(self.steps)))
        if mixed == sorted(mixed):
            mixed = [*mixed[1:], mixed[0]]
        names = {place: self.steps[place].id or letter for place, letter in zip(mixed, LETTERS, strict=False)}
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            PutInOrder(tuple(Option(names[place], self.steps[place].text) for place in mixed)),
            RightOrder(tuple(names[place] for place in range(len(self.steps)))),
            tuple(Reason(names[place], step.why, step.misconception or "") for place, step in enumerate(self.steps)),
            image=self.picture,
        )  # fmt: skip
