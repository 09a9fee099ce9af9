"""Case: a vignette shared by several questions that stay together, in order, and reveal more as it goes."""

from dataclasses import replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, create_model, model_validator

from training.core.items.item import ExampleAnswers, Item, ObjectiveId, Slug, Text, Written
from training.core.items.plain import PLAIN_TYPES
from training.core.question import Group, Level, Question, Safety

MOST_PARTS = 8


class OfCase(Written):
    """What a part of a case may say beside its own question; what it leaves out it has from the case."""

    id: Slug = "part"
    objective: ObjectiveId | None = None
    level: Level | None = None
    safety: Safety | None = None
    references: tuple[Slug, ...] = ()
    authors: tuple[Text, ...] = ()
    reveal: Text | None = None
    """What becomes known before this part is asked."""


def _part_of(item_type: type[Item]) -> Any:
    return create_model(
        f"{item_type.__name__}Part", __base__=(OfCase, item_type), __module__=__name__, __doc__=item_type.__doc__
    )


PART_TYPES: dict[str, Any] = {item_type.TYPE: _part_of(item_type) for item_type in PLAIN_TYPES}
# Known by name in this module, so that parts can be pickled for the content cache.
globals().update({made.__name__: made for made in PART_TYPES.values()})

if TYPE_CHECKING:
    CasePart = Item
else:
    CasePart = Annotated[reduce(or_, PART_TYPES.values()), Field(discriminator="type")]

OF_THE_WHOLE = frozenset(
    {"id", "status", "references", "authors", "reviewers", "reviewed", "review_by"}
    | {"reviews", "claims", "tags", "enemies"}
)  # fmt: skip
"""Fields that only the case as a whole has."""


class Case(Item):
    """Answer questions about one patient; the stem is the vignette. A part may `reveal` more before it asks."""

    TYPE: ClassVar[str] = "case"
    EXAMPLE: ClassVar[str] = """\
id: example-breathless-runner
type: case
status: approved
objective: "5.1"
level: apply
safety: critical
stem: A slim runner of 24 has had the upper trapezius needled this morning. In the evening she rings your practice.
parts:
  - type: single_best
    stem: Which question to the patient comes first?
    options:
      - text: Are you short of breath?
        correct: true
        why: A pneumothorax may begin hours after needling over the thorax.
      - text: Did you sleep well last night?
        why: That can wait.
      - text: Can you come again next week?
        why: Unsafe. What happens tonight comes first.
  - reveal: She is short of breath when climbing stairs, and it hurts to breathe in.
    type: true_false
    level: recall
    stem: She should be seen in an emergency department today.
    answer: true
    why:
      true: Breathlessness and chest pain after needling over the thorax need an examination and an X-ray at once.
      false: Unsafe. A pneumothorax may get worse quickly.
references:
  - mintken-2025
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("a",), incorrect=("b", None), invalid=("z", ("a",))
    )
    """Of its first part."""

    type: Literal["case"]
    parts: tuple[CasePart, ...] = Field(min_length=2, max_length=MOST_PARTS)

    @model_validator(mode="after")
    def _has_what_is_of_the_whole_once(self) -> Self:
        for number, part in enumerate(self.parts, 1):
            strange = sorted(part.model_fields_set & OF_THE_WHOLE)
            if strange:
                raise ValueError(f"part {number} has '{strange[0]}', which belongs to the case as a whole")
        return self

    @property
    def size(self) -> int:
        return len(self.parts)

    @property
    def varies(self) -> bool:
        return any(part.varies for part in self.parts)

    @property
    def pictures(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        of_parts = (
            (("parts", number, *path), file) for number, part in enumerate(self.parts) for path, file in part.pictures
        )
        return (*super().pictures, *of_parts)

    def question(self, seed: int) -> Question:
        return self.questions(seed)[0]

    def questions(self, seed: int) -> tuple[Question, ...]:
        """Give one question for each part, each with the vignette and what was revealed until then."""
        known = [self.stem]
        asked = []
        for number, part in enumerate(self.parts, 1):
            reveal = getattr(part, "reveal", None)
            known += [reveal] if reveal else []
            group = Group(self.id, number, len(self.parts), reveals=bool(reveal) and number > 1)
            asked.append(replace(self._asked(part, number, seed), context="\n\n".join(known), group=group))
        return tuple(asked)

    def _asked(self, part: Item, number: int, seed: int) -> Question:
        mine = {"id": f"{self.id}/{number}"}
        mine |= {name: getattr(part, name) or getattr(self, name) for name in ("objective", "level", "safety")}
        question = part.model_copy(update=mine).question(seed)
        return question if question.image else replace(question, image=self.picture)
