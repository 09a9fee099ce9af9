"""Script concordance: what a new finding does to a hypothesis; credit goes by how a panel of experts voted."""

from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import ChooseOne, Option
from training.core.items.item import ExampleAnswers, Item, Slug, Text, Written
from training.core.items.options import LETTERS
from training.core.key import Worth
from training.core.question import Question, Reason

SCALE = ("Much less likely", "Less likely", "Neither more nor less likely", "More likely", "Much more likely")


class Panel(StrEnum):
    """Who voted. What programs voted is no judgement of the field: practice may ask it, no exam."""

    EXPERTS = "experts"
    PROGRAMS = "programs"


VOTERS = {Panel.EXPERTS: "on the panel", Panel.PROGRAMS: "automated readers on the panel; no clinician has voted"}


class Votes(Written):
    """One point of the scale: how many of the panel chose it, and why one would or would not."""

    votes: int = Field(ge=0, le=1000)
    why: Text
    misconception: Slug | None = None


class ScriptConcordance(Item):
    """Judge on a scale of five; a point earns its votes over those of the point most chosen (Charlin 2000)."""

    TYPE: ClassVar[str] = "script_concordance"
    EXAMPLE: ClassVar[str] = """\
id: example-breathless
type: script_concordance
status: approved
objective: "5.1"
level: analyse
safety: critical
stem: A patient has had the upper trapezius needled an hour ago and rings because of pain in the shoulder.
hypothesis: a pneumothorax
finding: the pain is sharp on breathing in, and she is short of breath
panel:
  - votes: 0
    why: Nothing in the finding speaks against it.
  - votes: 0
    why: Nothing in the finding speaks against it.
  - votes: 1
    why: Few of the panel thought that the finding changes nothing.
  - votes: 3
    why: It points to the pleura, though other causes of such pain remain.
  - votes: 6
    why: Breathlessness and such pain after needling over the thorax are a pneumothorax until shown otherwise.
references:
  - mintken-2025
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("e",), incorrect=("a", "b", None), invalid=("f", "+2", ("e",))
    )

    type: Literal["script_concordance"]
    hypothesis: Text
    finding: Text
    scale: tuple[Text, ...] = Field(default=SCALE, min_length=5, max_length=5)
    panel: tuple[Votes, ...] = Field(min_length=5, max_length=5)
    panel_of: Panel = Panel.EXPERTS

    @model_validator(mode="after")
    def _has_votes(self) -> Self:
        if not any(point.votes for point in self.panel):
            raise ValueError("nobody of the panel has voted")
        return self

    def _chosen_by(self, point: Votes) -> str:
        return f"Chosen by {point.votes} of the {sum(each.votes for each in self.panel)} {VOTERS[self.panel_of]}."

    @property
    def practice_only(self) -> bool:
        return self.panel_of is Panel.PROGRAMS or super().practice_only

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        # A scale keeps its order, so every point is anchored.
        points = tuple(Option(letter, label, anchored=True) for letter, label in zip(LETTERS, self.scale, strict=False))
        mode = max(point.votes for point in self.panel)
        worth = tuple(
            (letter, point.votes / mode) for letter, point in zip(LETTERS, self.panel, strict=False) if point.votes
        )
        stem = (
            f"{self.stem}\n\nHypothesis: {self.hypothesis}\n\nNew information: {self.finding}\n\n"
            "What does this make of the hypothesis?"
        )
        return Question(
            self.id, self.objective, self.level, self.safety, stem, ChooseOne(points), Worth(worth),
            tuple(
                Reason(letter, f"{self._chosen_by(point)} {point.why}", point.misconception or "")
                for letter, point in zip(LETTERS, self.panel, strict=False)
            ),
            image=self.picture,
        )  # fmt: skip
