"""What every item has, whatever its type: the fields an author writes around the question itself."""

import datetime as dt
from abc import abstractmethod
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from training.core.interaction import Value
from training.core.question import Image, Level, Question, Safety

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=3, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
ObjectiveId = Annotated[str, StringConstraints(pattern=r"^\d{1,2}\.\d{1,2}$")]

CHECK_YOURSELF = "check-yourself"
PRETEST = "pretest"
"""Tags an approved item that is asked in exams to be tried out, and not scored."""
PRACTICE_ONLY = "practice-only"
"""Tags an approved item that practice may ask, and no exam: its key is good to learn by, not to certify by."""


class Status(StrEnum):
    """Where an item stands; only approved items are drawn."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    RETIRED = "retired"


class ReviewKind(StrEnum):
    """Who looked: someone who knows the field, someone who knows the language, or a program."""

    EXPERT = "expert"
    EDITORIAL = "editorial"
    AUTOMATED = "automated"


class Written(BaseModel):
    """Anything a person writes in YAML: unknown fields are mistakes, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def placed(words: str, *at: str | int) -> PydanticCustomError:
    """Say what is wrong between two fields, and at which of them it is put right: the path below the model."""
    return PydanticCustomError("placed", "{words}", {"words": words, "at": at})


class ImageNote(Written):
    """A picture in the stem and its text alternative, which must not give the key away."""

    file: Text
    alt: Text


class ReviewNote(Written):
    """One look at the item: when, by whom, of which kind, what was checked and what was said."""

    date: dt.date
    by: Text
    kind: ReviewKind
    checked: tuple[Text, ...] = ()
    note: Text | None = None

    @field_validator("checked", mode="before", json_schema_input_type=Text | tuple[Text, ...])
    @classmethod
    def _one_or_several(cls, written: object) -> object:
        return (written,) if isinstance(written, str) else written


class Item(Written):
    """One question as authored. A subclass is a way of writing; `question` says what it means."""

    TYPE: ClassVar[str]
    EXAMPLE: ClassVar[str]
    """A complete item of this type in YAML, as an author would write it."""
    EXAMPLE_ANSWERS: ClassVar["ExampleAnswers"]

    id: Slug
    type: str
    status: Status = Status.DRAFT
    objective: ObjectiveId
    level: Level
    safety: Safety = Safety.NONE
    stem: Text
    references: tuple[Slug, ...] = Field(min_length=1)
    authors: tuple[Text, ...] = Field(min_length=1)
    reviewers: tuple[Text, ...] = ()
    reviewed: dt.date | None = None
    review_by: dt.date | None = None
    reviews: tuple[ReviewNote, ...] = ()
    claims: tuple[Slug, ...] = ()
    tags: tuple[Slug, ...] = ()
    enemies: tuple[Slug, ...] = ()
    image: ImageNote | None = None
    note: Text | None = None

    @abstractmethod
    def question(self, seed: int) -> Question:
        """Make the item concrete; types with random values take them from the seed."""

    def questions(self, seed: int) -> tuple[Question, ...]:
        """Give all the questions it asks, in order: one, but for a case."""
        return (self.question(seed),)

    @property
    def size(self) -> int:
        """How many questions it asks."""
        return 1

    @property
    def varies(self) -> bool:
        """Whether the seed changes more than the order of the options."""
        return False

    @property
    def pictures(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Name its pictures: where each is written within the item, and the file."""
        return ((("image", "file"), self.image.file),) if self.image else ()

    @property
    def domain(self) -> str:
        return self.objective.partition(".")[0]

    @property
    def drawable(self) -> bool:
        """Whether quizzes may draw it and score it: approved, not set aside for a module, not on trial."""
        return self.status is Status.APPROVED and CHECK_YOURSELF not in self.tags and PRETEST not in self.tags

    @property
    def practice_only(self) -> bool:
        """Whether only practice may ask it."""
        return PRACTICE_ONLY in self.tags

    @property
    def scorable(self) -> bool:
        """Whether exams may draw it and score it."""
        return self.drawable and not self.practice_only

    @property
    def on_trial(self) -> bool:
        """Whether exams may ask it to try it out, without scoring it."""
        return (
            self.status is Status.APPROVED
            and PRETEST in self.tags
            and CHECK_YOURSELF not in self.tags
            and not self.practice_only
        )

    @property
    def picture(self) -> Image | None:
        return Image(self.image.file, self.image.alt) if self.image else None


class ExampleAnswers(Written):
    """Responses to a type's own example, for the tests every type shares."""

    correct: tuple[Value, ...]
    incorrect: tuple[Value, ...]
    invalid: tuple[Value, ...]


ShortId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,16}$")]


class OptionNote(Written):
    """One option as written; its id is a letter by position unless the author gives one."""

    id: ShortId | None = None
    text: Text
    why: Text
    correct: bool = False
    anchored: bool = False
    misconception: Slug | None = None
