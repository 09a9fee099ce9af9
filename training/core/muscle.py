"""A muscle of the atlas: where it runs, what it is told to refer, and what the needle may meet."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from training.core.items.item import Slug, Text, Written
from training.core.verified import Verified


class Region(StrEnum):
    """A part of the body, as the modules divide it."""

    HEAD_NECK = "head-neck"
    SHOULDER_THORAX = "shoulder-thorax"
    ARM = "arm"
    TRUNK = "trunk"
    HIP_THIGH = "hip-thigh"
    LEG_FOOT = "leg-foot"


class Attachments(Written):
    """Where a muscle begins and ends."""

    proximal: Text
    distal: Text


class Readings(Written):
    """How far the basis of each part of a row was read."""

    attachments: Verified = Verified.RECALL
    nerve: Verified = Verified.RECALL
    referral: Verified = Verified.RECALL
    at_risk: Verified = Verified.RECALL
    approach: Verified = Verified.RECALL


class Muscle(Written):
    """One row of the atlas. Referral is the classically described pattern, not a law."""

    id: Slug
    name: Text
    region: Region
    attachments: Attachments
    nerve: Text
    referral: Text
    at_risk: tuple[Text, ...] = Field(min_length=1)
    """Structures that a needle may meet, the gravest first."""
    grave: bool = False
    """Whether one of them is the lung, the cord or a great vessel, or its injury has been reported."""
    approach: Text
    """The principle of the approach, which supervised practice must teach."""
    tier: Annotated[int, Field(ge=1, le=4)]
    """1 foundation, 2 intermediate, 3 advanced, 4 left out of a foundation certificate."""
    advanced: bool = False
    verified: Readings = Readings()
    references: tuple[Slug, ...] = ()
    note: Text | None = None
