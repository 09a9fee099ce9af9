"""Short text: a word or a few, compared with the phrases that are right."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from training.core.interaction import EnterText
from training.core.items.item import ExampleAnswers, Item, Slug, Text, Written
from training.core.key import Phrases, fraction, near_miss
from training.core.question import Question, Reason

LONGEST = 80


class WrongPhrase(Written):
    """A wrong phrase that learners are known to give, and why it is wrong."""

    text: Text
    why: Text
    misconception: Slug | None = None


class ShortText(Item):
    """Name something. Case, accents, punctuation, hyphens and spaces do not count, nor plurals unless told."""

    TYPE: ClassVar[str] = "short_text"
    EXAMPLE: ClassVar[str] = """\
id: example-taut-band
type: short_text
status: approved
objective: "7.2"
level: recall
stem: What is the palpable strand of tense muscle fibres called in which a trigger point lies?
accepted:
  - taut band
  - tight band
plural: true
why: The 2018 Delphi panel named the taut band as one of three essential findings.
mistakes:
  - text: referred pain
    why: That is felt by the patient; it is no strand of muscle.
references:
  - fernandez-de-las-penas-2018
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("taut band", " Taut-Bands. ", "TÄUT  BAND", "tight band"),
        incorrect=("referred pain", "taut", "taut bnad", "!?", None),
        invalid=("", "   ", "taut\nband", "band " * 40, ("taut band",)),
    )

    type: Literal["short_text"]
    accepted: tuple[Text, ...] = Field(min_length=1, max_length=40)
    plural: bool = True
    longest: int = Field(default=LONGEST, ge=1, le=400)
    why: Text
    mistakes: tuple[WrongPhrase, ...] = ()

    @model_validator(mode="after")
    def _can_be_typed(self) -> Self:
        for phrase in self.accepted:
            if len(phrase) > self.longest or not any(mark.isalnum() for mark in phrase):
                raise ValueError(f"'{phrase}' cannot be typed: it needs a letter or digit, and {self.longest} at most")
        for slip in self.mistakes:
            if fraction(self.key, slip.text):
                raise ValueError(f"the mistake '{slip.text}' counts as accepted")
        return self

    @property
    def key(self) -> Phrases:
        return Phrases(self.accepted, self.plural)

    def near_misses(self) -> tuple[tuple[str, str], ...]:
        """Pair each known mistake that is only a slip of the fingers from a right phrase with that phrase."""
        found = ((slip.text, near_miss(self.key, slip.text)) for slip in self.mistakes)
        return tuple((text, near) for text, near in found if near)

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        slips = (Reason(slip.text, slip.why, slip.misconception or "") for slip in self.mistakes)
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            EnterText(self.longest), self.key, (Reason("", self.why), *slips), image=self.picture,
        )  # fmt: skip
