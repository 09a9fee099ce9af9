"""What is said about dry needling and what the evidence bears; and what learners wrongly believe."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from training.core.items.item import ObjectiveId, Slug, Text, Written
from training.core.verified import Verified

ArticleId = Annotated[str, StringConstraints(pattern=r"^s[0-4]$")]


class Verdict(StrEnum):
    """What the evidence makes of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTESTED = "contested"
    OVERSTATED = "overstated"
    INSUFFICIENT = "insufficient"
    UNSUPPORTED = "unsupported"
    UNVERIFIED = "unverified"
    CONTRADICTED = "contradicted"
    OMISSION = "omission"
    MARKETING = "marketing"
    """Advertising, or otherwise not testable."""


class Certainty(StrEnum):
    """How sure the evidence is, in GRADE's words; of a range the lower end."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    NOT_RATED = "not-rated"


class Claim(Written):
    """Something that is said about dry needling, with a verdict that may change."""

    id: Slug
    statement: Text
    verdict: Verdict
    certainty: Certainty = Certainty.NOT_RATED
    finding: Text
    """What the evidence says."""
    wording: Text | None = None
    """How to put it so that it stays true under every guideline."""
    articles: tuple[ArticleId, ...] = ()
    references: tuple[Slug, ...] = ()
    verified: Verified
    """How far the basis of the verdict was read."""
    checked: date


class Misconception(Written):
    """A wrong belief that a distractor may embody."""

    id: Slug
    statement: Text
    why: Text
    """Why it is wrong."""
    objective: ObjectiveId
    claims: tuple[Slug, ...] = ()
    never_keyed: bool = False
    """Unsafe in every setting: no item may have it as its key."""
    verified: Verified
