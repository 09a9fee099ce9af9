"""What a programme asks besides its exam before it certifies, and what its certificate says: as written in YAML."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from training.core.items.item import Slug, Text, Written

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]

EXAMPLE = "example"
"""A name that begins with this word is nobody's."""


class Paper(StrEnum):
    """The size of the sheet."""

    A4 = "a4"
    LETTER = "letter"


class ScoreShown(StrEnum):
    """What the certificate says of the score: nothing, that the standard was met, or the percent with its cut."""

    NOTHING = "nothing"
    STANDARD_MET = "standard_met"
    PERCENT = "percent"


class Provider(Written):
    """Who issues: a name, an address for questions, and the number under which an accreditor knows it."""

    name: Text
    contact: Text | None = None
    approval_number: Text | None = None


class Signatory(Written):
    """Who signs, in what office and with what qualification."""

    name: Text
    office: Text
    credentials: Text | None = None


class Look(Written):
    """How the certificate looks."""

    paper: Paper = Paper.A4
    accent: Colour = "#1f5f5b"
    emblem: Text | None = None
    """A picture by path from the content root."""


class Hours(Written):
    """By which rule hours are derived, of what difficulty the text is, and how long recorded media run."""

    rule: Slug
    difficulty: float = Field(default=2, ge=1, le=5)
    media_minutes: float = Field(default=0, ge=0, le=10_000)


class AnswerKind(StrEnum):
    """How a question of the evaluation is answered: on a scale of five, or in words."""

    SCALE = "scale"
    WORDS = "words"


class EvaluationQuestion(Written):
    """One question of the evaluation that learners fill in about the programme."""

    id: Slug
    text: Text
    kind: AnswerKind = AnswerKind.SCALE
    required: bool = True


class Criterion(Written):
    """One line of the practical checklist; a critical one that is not met fails the whole."""

    id: Slug
    text: Text
    critical: bool = False


class Practical(Written):
    """The practical sign-off: a checklist that so many examiners fill in independently, and supervised sessions.

    `agreement` is the least kappa between two examiners below which they must talk and look again.
    """

    checklist: tuple[Criterion, ...] = Field(min_length=1)
    examiners: int = Field(default=2, ge=1, le=5)
    pass_percent: float = Field(default=80, ge=0, le=100)
    agreement: float = Field(default=0.4, ge=-1, le=1)
    supervised_sessions: int = Field(default=0, ge=0, le=1000)


class Renewal(Written):
    """How a certificate is renewed: from so many days before it expires until so many after, and by what.

    `quiz` is a refresher that must be passed, `hours` of continuing education are declared, and `audit_percent` of the
    declarations are looked into at random.
    """

    opens_days_before: int = Field(default=90, ge=0, le=3660)
    grace_days: int = Field(default=30, ge=0, le=3660)
    remind_days_before: tuple[Annotated[int, Field(ge=1, le=3660)], ...] = (90, 30, 7)
    quiz: Slug | None = None
    hours: float = Field(default=0, ge=0, le=1000)
    declaration: Text | None = None
    audit_percent: float = Field(default=5, ge=0, le=100)


class Certification(Written):
    """What a pass earns, once all that is asked besides is there too."""

    title: Text
    provider: Provider
    signatories: tuple[Signatory, ...] = Field(min_length=1, max_length=4)
    instructors: tuple[Text, ...] = ()
    level: Text | None = None
    delivery: Text = "online, self-paced"
    statement: Text | None = None
    """What the certificate says was learnt; the programme's objectives where left out."""
    score: ScoreShown = ScoreShown.STANDARD_MET
    look: Look = Look()
    hours: Hours | None = None
    jurisdictions: tuple[Slug, ...] = ()
    validity_months: int | None = Field(default=None, ge=1, le=240)
    renewal: Renewal | None = None
    all_modules: bool = True
    """Whether every module of the programme must be read to its end."""
    honour_code: Text | None = None
    attestation: Text | None = None
    evaluation: tuple[EvaluationQuestion, ...] = ()
    practical: Practical | None = None
    prior_evidence: bool = False
    public_register: bool = False
    """Whether learners may ask to be listed in the public register."""

    @property
    def example_name(self) -> str:
        """The first name on the certificate that stands for somebody's to come ("Example …"); empty where none does."""
        names = (self.provider.name, *(each.name for each in self.signatories), *self.instructors)
        return next((name for name in names if name.casefold().split()[0] == EXAMPLE), "")

    @model_validator(mode="after")
    def _can_be_renewed(self) -> Self:
        if self.renewal and self.validity_months is None:
            raise ValueError("'renewal' needs 'validity_months': what never expires is not renewed")
        ids = [each.id for each in self.evaluation]
        if len(set(ids)) != len(ids):
            raise ValueError("two evaluation questions have the same id")
        return self
