"""Deriving the contact hours of a programme: the words of its modules, its questions, what it declares, one rule."""

from training.core.blueprint import Programme
from training.core.certification import Hours
from training.core.contact_hours import Derivation, Workload, contact_hours, words_of
from training.core.library import Library
from training.core.refusal import NotFound, Refusal


def workload(library: Library, programme: Programme, questions: int | None = None) -> Workload:
    """Count what a programme asks of a learner; `questions` where a form has another number than the blueprint."""
    declared = programme.certificate.hours if programme.certificate else None
    declared = declared or Hours(rule="none")
    modules = [library.modules[slug] for slug in programme.modules if slug in library.modules]
    words = words_of([section.body for module in modules for section in module.sections])
    asked = programme.blueprint.total if questions is None else questions
    return Workload(words, asked, declared.difficulty, declared.media_minutes)


def hours(library: Library, programme: Programme, rule: str = "", questions: int | None = None) -> Derivation:
    """Derive a programme's hours by the rule it declares, or by another one. Raises Refusal or NotFound."""
    declared = programme.certificate.hours if programme.certificate else None
    chosen = rule or (declared.rule if declared else "")
    known = f"The rules are: {', '.join(sorted(library.hours)) or 'none yet'}."
    if not chosen:
        raise Refusal(f"The programme '{programme.slug}' declares no rule for its hours. {known}")
    if chosen not in library.hours:
        raise NotFound(f"There is no rule '{chosen}' for hours. {known}")
    return contact_hours(library.hours[chosen], workload(library, programme, questions))
