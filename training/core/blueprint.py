"""What a quiz must contain and how it is run: quotas and policy, as written in programmes/*.yaml."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from training.core.certification import Certification
from training.core.credit import Credit, MatchCredit, OrderCredit, PartialCredit
from training.core.items.item import Item, ObjectiveId, Slug, Text, Written, placed
from training.core.question import Level, Safety
from training.core.rules import FEWEST_OF_A_COMPETENCY, ClusterRule, Rules

MOST_QUESTIONS = 400


class Mode(StrEnum):
    """Practice tells after each answer, an exam after it is handed in."""

    PRACTICE = "practice"
    EXAM = "exam"


class Quota(Written):
    """How many items of one kind; what is left out may be anything."""

    count: int = Field(ge=1, le=500)
    domain: Annotated[str, Field(pattern=r"^\d{1,2}$")] | None = None
    objective: ObjectiveId | None = None
    level: Level | None = None
    safety: Safety | None = None
    tag: Slug | None = None
    type: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")] | None = None

    def takes(self, item: Item) -> bool:
        """Say whether an item is of this kind."""
        return (
            self.domain in (None, item.domain)
            and self.objective in (None, item.objective)
            and self.level in (None, item.level)
            and self.safety in (None, item.safety)
            and (self.tag is None or self.tag in item.tags)
            and self.type in (None, item.type)
        )

    def surely(self, cluster: ClusterRule) -> bool:
        """Say whether everything this quota draws belongs to a cluster."""
        domain = self.objective.partition(".")[0] if self.objective else self.domain
        return (
            (not cluster.objectives or self.objective in cluster.objectives)
            and (not cluster.domains or domain in cluster.domains)
            and (not cluster.safety or self.safety in cluster.safety)
        )

    @property
    def name(self) -> str:
        """Say what this quota asks for, as authors name it: `domain 5 × apply`."""
        parts = (
            self.domain and f"domain {self.domain}", self.objective and f"objective {self.objective}",
            self.level, self.safety and f"safety {self.safety}", self.tag and f"tag {self.tag}",
            self.type and f"type {self.type}",
        )  # fmt: skip
        return " × ".join(part for part in parts if part) or "any item"


class Section(Written):
    """A part of the form with its own quotas."""

    title: Text
    quotas: tuple[Quota, ...] = Field(min_length=1)


class Blueprint(Written):
    """All the sections of a form, in order."""

    sections: tuple[Section, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_sat(self) -> Self:
        if self.total > MOST_QUESTIONS:
            raise ValueError(f"asks for {self.total} questions; a form has {MOST_QUESTIONS} at most")
        return self

    @property
    def total(self) -> int:
        return sum(quota.count for section in self.sections for quota in section.quotas)


class Papers(StrEnum):
    """Where a learner's form comes from: drawn for her alone, or one of those that were built, signed and are live."""

    DRAWN = "drawn"
    FIXED = "fixed"


class Window(Written):
    """No more than so many tries in so many days."""

    tries: int = Field(ge=1, le=100)
    days: float = Field(gt=0, le=3660)


class LowScore(Written):
    """After `times` scores below `below` percent, a pause of `days` days, and again after as many more."""

    below: float = Field(gt=0, le=100)
    times: int = Field(default=2, ge=1, le=100)
    days: float = Field(gt=0, le=3660)


class Standard(Written):
    """A cut adopted by a panel: who adopted it when, and each item's rating (0 to 1).

    `versions` says of which version each is: the digest of the item as the panel saw it, or its beginning.
    """

    adopted: date
    by: Text
    judges: int = Field(ge=1, le=100)
    standard_error: float | None = Field(default=None, ge=0, le=100)
    ratings: Mapping[Slug, Annotated[float, Field(ge=0, le=1)]] = Field(min_length=1)
    versions: Mapping[Slug, Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$")]] = Field(
        default_factory=dict
    )


class Remedy(Written):
    """What a failed competency asks for before the next try: reading, then a short re-check of fresh questions.

    `questions` is how many of each failed objective, `misses` how many of them may be missed.
    """

    questions: int = Field(default=3, ge=1, le=20)
    misses: int = Field(default=0, ge=0, le=19)


class Policy(Written):
    """How a quiz is taken: `minutes` and `tries` (in a lifetime) are unlimited where they are left out.

    `cool_down` is how many days to wait after the first failed try, the second and so on; the last one
    holds for all that follow. `pretest` is the least share of a form, in percent, that is asked to be tried out
    and not scored.
    """

    mode: Mode
    minutes: int | None = Field(default=None, ge=1, le=600)
    tries: int | None = Field(default=None, ge=1, le=100)
    window: Window | None = None
    cool_down: tuple[Annotated[float, Field(ge=0, le=3660)], ...] = ()
    low_score: LowScore | None = None
    pretest: float = Field(default=0, ge=0, le=50)
    pass_percent: float | None = Field(default=None, ge=0, le=100)
    grace_days: int = Field(default=90, ge=0, le=3660)
    """For how long after its `review_by` an exam still asks an item."""
    shuffle_options: bool = True
    forms: Papers = Papers.DRAWN
    partial_credit: PartialCredit = PartialCredit.ALL_OR_NOTHING
    ordering_credit: OrderCredit = OrderCredit.ALL_OR_NOTHING
    matching_credit: MatchCredit = MatchCredit.EACH_PAIR
    confidence: bool = False
    """Ask how sure the learner is beside each answer, and show the certainty-based marks beside the percent."""
    confidence_decides: bool = False
    """Let the certainty-based percent, and not the plain one, decide whether the quiz is passed."""
    scores_may_fall: bool = False
    """Let a key change that is found later lower a score, or turn a pass into a fail."""
    challenge_days: int | None = Field(default=None, ge=1, le=365)
    """Within how many days a challenge is answered; where it is left out, as NEEDLEWISE_CHALLENGE_DAYS says."""

    @model_validator(mode="after")
    def _asks_for_what_decides(self) -> Self:
        if self.confidence_decides and not self.confidence:
            raise ValueError("'confidence_decides: true' needs 'confidence: true'")
        return self

    @property
    def credit(self) -> Credit:
        return Credit(self.partial_credit, self.ordering_credit, self.matching_credit)


class Programme(Written):
    """A quiz that can be taken: banks to draw from, a blueprint and a policy."""

    programme: Slug
    title: Text
    summary: Text
    order: int = 100
    banks: tuple[Slug, ...] = Field(min_length=1)
    modules: tuple[Slug, ...] = ()
    policy: Policy
    blueprint: Blueprint
    rules: Rules | None = None
    standard: Standard | None = None
    remedy: Remedy | None = None
    certificate: Certification | None = None

    @model_validator(mode="after")
    def _decides_by_its_own_sections(self) -> Self:
        rules = self.rules or Rules.model_construct()
        titles = {section.title for section in self.blueprint.sections}
        for place, rule in enumerate(rules.sections):
            if rule.section not in titles:
                words = f"a rule names the section '{rule.section}', which the blueprint does not have"
                raise placed(words, "rules", "sections", place, "section")
        for place, cluster in enumerate(rules.clusters):
            if cluster.at_least < FEWEST_OF_A_COMPETENCY:
                words = (
                    f"the cluster '{cluster.name}' must rest on {FEWEST_OF_A_COMPETENCY} questions at least, so that "
                    "one slip is not fatal: write 'at_least: 3' or more"
                )
                raise placed(words, "rules", "clusters", place, "at_least")
        return self

    @property
    def slug(self) -> str:
        return self.programme

    @cached_property
    def version(self) -> str:
        """The programme as it stands, named by its content: SHA-256 in hex.

        What is as by default is left out, so that a field which a later release adds changes no version.
        """
        return sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    def rating_of(self, item_id: str) -> float | None:
        """Give the panel's rating of an item, where it has one."""
        return self.standard.ratings.get(item_id) if self.standard else None
