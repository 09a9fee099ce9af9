"""What each kind of file must look like around the things that core already describes."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from training.core.items.item import ObjectiveId, Slug, Status, Text, Written
from training.core.question import Safety
from training.core.verified import Verified

SafePath = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*$")]
"""A path below the file or folder that names it: no way up, no root, nothing hidden."""

DomainId = Annotated[str, StringConstraints(pattern=r"^\d{1,2}$")]


class BankHead(Written):
    """A bank without its items, which are read one by one."""

    bank: Slug
    title: Text


class SectionNote(Written):
    """One part of a module: a Markdown file and the items to check oneself with afterwards."""

    id: Slug
    title: Text
    file: SafePath
    objectives: tuple[ObjectiveId, ...] = ()
    claims: tuple[Slug, ...] = ()
    check: tuple[Slug, ...] = ()


class ModuleNote(Written):
    """A module's own file; the text stands in Markdown files beside it."""

    module: Slug
    title: Text
    summary: Text
    order: int = 100
    minutes: int = Field(ge=1, le=600)
    status: Status = Status.DRAFT
    authors: tuple[Text, ...] = Field(min_length=1)
    reviewers: tuple[Text, ...] = ()
    reviewed: date | None = None
    review_by: date | None = None
    objectives: tuple[ObjectiveId, ...] = Field(min_length=1)
    sections: tuple[SectionNote, ...] = Field(min_length=1)
    key_points: tuple[Text, ...] = ()
    revision: SafePath | None = None
    references: tuple[Slug, ...] = ()


class ReferenceNote(Written):
    """One source."""

    key: Slug
    citation: Text
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s]+$")] | None = None
    year: int | None = Field(default=None, ge=1500, le=2200)
    kind: Slug | None = None
    verified: Verified
    checked: date | None = None
    retracted: date | None = None
    note: Text | None = None


class ObjectiveNote(Written):
    """One thing a learner should be able to do."""

    id: ObjectiveId
    text: Text
    safety: Safety = Safety.NONE
    awaits: Text | None = None


class DomainNote(Written):
    """A field of the blueprint."""

    id: DomainId
    title: Text
    weight: int = Field(ge=0, le=100)
    critical_items: int = Field(default=0, ge=0)
    emphasis: Text | None = None
    objectives: tuple[ObjectiveNote, ...] = Field(min_length=1)
