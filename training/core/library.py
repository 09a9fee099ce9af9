"""Everything that can be learnt and asked: banks, modules, programmes, objectives, references, registers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.claim import Claim, Misconception
from training.core.contact_hours import HoursRule
from training.core.items.item import Item
from training.core.jurisdiction import Jurisdiction
from training.core.muscle import Muscle
from training.core.question import Citation, Safety
from training.core.term import Term
from training.core.verified import Verified


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that items and modules cite by its key."""

    key: str
    citation: str
    verified: Verified
    year: int | None = None
    kind: str = ""
    doi: str = ""
    url: str = ""
    checked: date | None = None
    note: str = ""
    retracted: date | None = None

    @property
    def link(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    def cited(self) -> Citation:
        """Give the source as a form keeps it."""
        return Citation(self.key, self.citation, self.link)


@dataclass(frozen=True, slots=True)
class Objective:
    """One thing a learner should be able to do."""

    id: str
    text: str
    safety: Safety = Safety.NONE
    awaits: str = ""
    """What has to come before items on it may be approved, where the evidence does not bear a key yet."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A field of the blueprint with its weight in percent and its objectives."""

    id: str
    title: str
    weight: int
    critical_items: int
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class ModuleSection:
    """A part of a module: Markdown with figures and citations, then questions to check oneself."""

    id: str
    title: str
    body: str
    check: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LearningModule:
    """A text to learn from; `folder` is its path from the content root, for its figures."""

    slug: str
    title: str
    summary: str
    order: int
    minutes: int
    objectives: tuple[str, ...]
    sections: tuple[ModuleSection, ...]
    key_points: tuple[str, ...]
    references: tuple[str, ...]
    folder: str
    status: str = "approved"
    reviewed: date | None = None
    review_by: date | None = None
    revision: str = ""
    """The one-page sheet to revise with, in Markdown."""


@dataclass(frozen=True, slots=True)
class Library:
    """All content at one moment; `digest` changes whenever any of it does."""

    banks: Mapping[str, Bank] = field(default_factory=dict)
    modules: Mapping[str, LearningModule] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    domains: tuple[Domain, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)
    digest: str = ""
    claims: Mapping[str, Claim] = field(default_factory=dict)
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    muscles: Mapping[str, Muscle] = field(default_factory=dict)
    hours: Mapping[str, HoursRule] = field(default_factory=dict)
    jurisdictions: Mapping[str, Jurisdiction] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        for bank in self.banks.values():
            yield from bank.items

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items() if item.id == item_id), None)

    def objectives(self) -> Iterator[Objective]:
        for domain in self.domains:
            yield from domain.objectives

    def domain_titles(self) -> dict[str, str]:
        return {domain.id: domain.title for domain in self.domains}
