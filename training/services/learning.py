"""Reading modules: which there are, how far the learner got, the questions to check oneself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training.core.claim import Claim
from training.core.interaction import Value, incomplete, objection
from training.core.key import fraction
from training.core.library import LearningModule, Reference
from training.core.muscle import Muscle
from training.core.permission import Action, Actor, may, permit
from training.core.question import Citation, Question
from training.core.refusal import NotFound, Refusal
from training.core.term import Term
from training.services.app import App
from training.store import reading


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far a learner got in a module: which sections are finished, and where she was last."""

    module: LearningModule
    finished: frozenset[str]
    last_section: str | None
    last_at: datetime | None

    @property
    def share(self) -> float:
        return len(self.finished) / len(self.module.sections) if self.module.sections else 0.0

    @property
    def resume_at(self) -> str:
        """The section to open: where she was, or the next one where that is finished, or the first."""
        ids = [section.id for section in self.module.sections]
        if self.last_section not in ids:
            return ids[0]
        here = ids.index(self.last_section)
        unread = [section for section in ids[here:] if section not in self.finished]
        return unread[0] if unread else self.last_section


def modules(app: App, actor: Actor) -> list[ReadingProgress]:
    """List the approved modules in the authors' order, each with this learner's progress."""
    permit(actor, Action.LEARN)
    shown = [module for module in app.library.modules.values() if module.status == "approved"]
    rows = app.database.read(lambda tx: reading.of_person(tx, actor.id))
    return [_progress(module, rows) for module in sorted(shown, key=lambda each: (each.order, each.title))]


def open_module(app: App, actor: Actor, slug: str) -> ReadingProgress:
    """Give one module with this learner's progress; unapproved ones to instructors only. Raises NotFound."""
    module = _module(app, actor, slug)
    return _progress(module, app.database.read(lambda tx: reading.of_person(tx, actor.id)))


def note_reading(app: App, actor: Actor, slug: str, section: str, *, finished: bool) -> None:
    """Remember that a section was opened, or read to its end. Raises NotFound."""
    module = _module(app, actor, slug)
    if section not in {each.id for each in module.sections}:
        raise NotFound("There is no such section.")
    row_id, now = app.new_id(), app.now()
    app.database.write(
        lambda tx: reading.add(
            tx, row_id=row_id, person=actor.id, module=slug, section=section, finished=finished, at=now
        )
    )


def check_questions(app: App, actor: Actor, slug: str, section: str) -> list[Question]:
    """Give the questions to check oneself with after a section."""
    module = _module(app, actor, slug)
    wanted = next((each.check for each in module.sections if each.id == section), ())
    found = (app.library.item(item_id) for item_id in wanted)
    return [
        replace(question, citations=tuple(_cited(app, item.references)))
        for item in found
        if item is not None
        for question in item.questions(seed=0)
    ]


def check_answer(question: Question, value: Value) -> float:
    """Mark an answer to a check-yourself question: a fraction from 0 to 1, kept nowhere. Raises Refusal."""
    wrong = objection(question.interaction, value) or incomplete(question.interaction, value)
    if wrong:
        raise Refusal(wrong)
    return fraction(question.key, value)


def citations(app: App, module: LearningModule) -> list[Citation]:
    """Give the module's references in its own order, as they are shown."""
    return _cited(app, module.references)


def glossary(app: App, actor: Actor) -> Sequence[Term]:
    """Give the terms of the field in the register's order."""
    permit(actor, Action.LEARN)
    return tuple(app.library.glossary.values())


def muscles(app: App, actor: Actor) -> Sequence[Muscle]:
    """Give the rows of the muscle atlas in the register's order."""
    permit(actor, Action.LEARN)
    return tuple(app.library.muscles.values())


def references(app: App, actor: Actor) -> Mapping[str, Reference]:
    """Give the sources by their key."""
    permit(actor, Action.LEARN)
    return app.library.references


def claims(app: App, actor: Actor) -> Mapping[str, Claim]:
    """Give what is said about dry needling, with its verdicts, by id."""
    permit(actor, Action.LEARN)
    return app.library.claims


def _cited(app: App, keys: Sequence[str]) -> list[Citation]:
    known = (app.library.references.get(key) for key in keys)
    return [reference.cited() for reference in known if reference]


def _module(app: App, actor: Actor, slug: str) -> LearningModule:
    permit(actor, Action.LEARN)
    module = app.library.modules.get(slug)
    if module is None or (module.status != "approved" and not may(actor, Action.READ_CONTENT)):
        raise NotFound("There is no such module.")
    return module


def _progress(module: LearningModule, rows: Mapping[tuple[str, str], reading.Reading]) -> ReadingProgress:
    mine = [row for (slug, _), row in rows.items() if slug == module.slug]
    last = max(mine, key=lambda row: row.at, default=None)
    return ReadingProgress(
        module, frozenset(row.section for row in mine if row.finished),
        last.section if last else None, last.at if last else None,
    )  # fmt: skip
