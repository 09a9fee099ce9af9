"""The rules that decide an attempt, as written in a programme: all of them must hold, whatever the total says."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from training.core.items.item import ObjectiveId, Text, Written
from training.core.question import Safety

FEWEST_OF_A_COMPETENCY = 3
"""A competency is judged on at least so many questions, so that one slip is not fatal."""


class Preset(StrEnum):
    """Rules that come with the product: `brief` is the evidence brief's, `swiss_pattern` a 75/61 pattern."""

    BRIEF = "brief"
    SWISS_PATTERN = "swiss_pattern"


class OverallRule(Written):
    """The share of all points that is needed, in percent.

    With `angoff` the cut is the mean of the panel's ratings of the questions drawn, so that it moves
    with the form; a question without a rating counts as `cut`.
    """

    cut: float = Field(ge=0, le=100)
    angoff: bool = False


class SectionRule(Written):
    """The share of one section's points that is needed, in percent; the section by its title."""

    section: Text
    cut: float = Field(ge=0, le=100)


class ClusterRule(Written):
    """A competency that must be passed by itself: the questions it takes, and how many of them must be right.

    What is left out of `objectives`, `domains` and `safety` may be anything. Either `cut` (percent of
    the points) or `misses` (questions that may be lost) is given.
    """

    name: Text
    objectives: tuple[ObjectiveId, ...] = ()
    domains: tuple[str, ...] = ()
    safety: tuple[Safety, ...] = ()
    cut: float | None = Field(default=None, ge=0, le=100)
    misses: int | None = Field(default=None, ge=0, le=100)
    at_least: int = Field(default=FEWEST_OF_A_COMPETENCY, ge=1, le=100)

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if (self.cut is None) == (self.misses is None):
            raise ValueError("a cluster needs either 'cut' (percent) or 'misses' (a number), not both")
        if not (self.objectives or self.domains or self.safety):
            raise ValueError("a cluster needs 'objectives', 'domains' or 'safety' to say what it takes")
        return self

    def takes(self, objective: str, safety: Safety) -> bool:
        """Say whether a question of this objective and safety belongs to the cluster."""
        return (
            (not self.objectives or objective in self.objectives)
            and (not self.domains or objective.partition(".")[0] in self.domains)
            and (not self.safety or safety in self.safety)
        )


class SentinelRule(Written):
    """How many sentinel questions may be missed; none unless said otherwise."""

    misses: int = Field(default=0, ge=0, le=100)


class Compensation(Written):
    """A few sections just below their cut are made up for by a total well above its own.

    `surplus` is by how many percent points the total must exceed its cut, `floor` below what percent
    no section may fall, `sections` how many may be made up for.
    """

    surplus: float = Field(gt=0, le=100)
    floor: float = Field(ge=0, le=100)
    sections: int = Field(default=1, ge=1, le=20)


class Rules(Written):
    """All that must hold for a pass. A preset fills in what is not written."""

    preset: Preset | None = None
    overall: OverallRule | None = None
    sections: tuple[SectionRule, ...] = ()
    clusters: tuple[ClusterRule, ...] = ()
    sentinels: SentinelRule | None = None
    compensation: Compensation | None = None

    @model_validator(mode="after")
    def _decides_something(self) -> Self:
        if not (self.preset or self.overall or self.sections or self.clusters or self.sentinels):
            raise ValueError("the rules are empty: write 'overall', 'sections', 'clusters', 'sentinels' or a 'preset'")
        if self.compensation and not (self.sections and self.full.overall):
            raise ValueError("'compensation' needs an 'overall' cut and 'sections' to make up for")
        return self

    @property
    def full(self) -> "Rules":
        """The rules with their preset's filled in."""
        if self.preset is None:
            return self
        base = PRESETS[self.preset]
        return self.model_copy(
            update={
                "preset": None,
                "overall": self.overall or base.overall,
                "sections": self.sections or base.sections,
                "clusters": self.clusters or base.clusters,
                "sentinels": self.sentinels or base.sentinels,
                "compensation": self.compensation or base.compensation,
            }
        )


_CRITICAL = (Safety.CRITICAL, Safety.SENTINEL)

PRESETS: dict[Preset, Rules] = {
    # The evidence brief, section J2: an Angoff cut (75 to 80 % before there is one), 90 % of what
    # is safety-critical, and no failed sentinel.
    Preset.BRIEF: Rules(
        overall=OverallRule(cut=75, angoff=True),
        clusters=(ClusterRule(name="Safety-critical questions", safety=_CRITICAL, cut=90),),
        sentinels=SentinelRule(misses=0),
    ),
    # A published pattern of a conjunctive rule: 75 % of the safety questions and 61 % of the others.
    Preset.SWISS_PATTERN: Rules(
        clusters=(
            ClusterRule(name="Safety questions", safety=_CRITICAL, cut=75),
            ClusterRule(name="General questions", safety=(Safety.NONE,), cut=61),
        ),
    ),
}
