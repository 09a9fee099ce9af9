"""After a failed competency: what to read again, and a short re-check of fresh questions on just that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.core.blueprint import Blueprint, Mode, Policy, Programme, Quota, Remedy, Section
from training.core.decision import Decision
from training.core.form import Form
from training.core.items.item import Item
from training.core.library import LearningModule, Library
from training.core.rules import ClusterRule, Rules

RECHECK = ".recheck"
"""What stands after a programme's name in the attempts that re-check a competency; no programme can be named so."""


@dataclass(frozen=True, slots=True)
class SectionToRead:
    """One section of a module that teaches what was failed."""

    module: LearningModule
    section: str
    title: str


def failed_objectives(decision: Decision, form: Form) -> tuple[str, ...]:
    """List the objectives of the questions missed in must-pass clusters and among sentinels, in order."""
    missed = {slot for ground in decision.against if ground.rule in ("cluster", "sentinels") for slot in ground.missed}
    found = {form.slots[slot].question.objective for slot in missed}
    return tuple(sorted(found, key=lambda objective: [int(part) for part in objective.split(".")]))


def to_read(objectives: Sequence[str], library: Library) -> tuple[SectionToRead, ...]:
    """Name the sections that teach these objectives, by the module's own word or by their questions.

    Where no section is known to teach an objective, every section of the modules that name it is listed.
    """
    items = {item.id: item for item in library.items()}
    wanted = set(objectives)
    found = [each for each, taught in _sections(library, items) if taught & wanted]
    covered = {name for _, taught in _sections(library, items) for name in taught}
    for module in _approved(library):
        if wanted.difference(covered).intersection(module.objectives):
            found += [SectionToRead(module, each.id, each.title) for each in module.sections]
    return tuple(dict.fromkeys(found))


def _sections(library: Library, items: Mapping[str, Item]) -> Iterator[tuple[SectionToRead, set[str]]]:
    for module in _approved(library):
        for section in module.sections:
            taught = {items[each].objective for each in section.check if each in items}
            taught |= set(getattr(section, "objectives", ()))
            yield SectionToRead(module, section.id, section.title), taught


def _approved(library: Library) -> list[LearningModule]:
    shown = [module for module in library.modules.values() if module.status == "approved"]
    return sorted(shown, key=lambda module: (module.order, module.slug))


def recheck(programme: Programme, remedy: Remedy, objectives: Sequence[str], library: Library) -> Programme:
    """Make the short quiz on these objectives: up to `questions` of each, as many as its banks have."""
    banks = [library.banks[slug] for slug in programme.banks if slug in library.banks]
    have = [item.objective for bank in banks for item in bank.items if item.scorable]
    counts = {name: min(remedy.questions, have.count(name)) for name in objectives}
    quotas = tuple(Quota(count=count, objective=name) for name, count in counts.items() if count)
    clusters = tuple(_cluster(name, remedy.misses) for name, count in counts.items() if count)
    return programme.model_copy(
        update={
            "programme": f"{programme.slug}{RECHECK}",
            "title": f"{programme.title}: re-check",
            "policy": _exam(programme.policy),
            "blueprint": Blueprint(sections=(Section(title="Re-check", quotas=quotas),)),
            "rules": Rules.model_construct(
                preset=None, overall=None, sections=(), clusters=clusters, sentinels=None, compensation=None
            ),
            "remedy": None,
        }
    )


def _exam(policy: Policy) -> Policy:
    """Mark a re-check as the programme marks partly right answers."""
    return Policy(
        mode=Mode.EXAM, partial_credit=policy.partial_credit, ordering_credit=policy.ordering_credit,
        matching_credit=policy.matching_credit,
    )  # fmt: skip


def _cluster(objective: str, misses: int) -> ClusterRule:
    # Not validated: a re-check may rest on fewer than three questions where there are no more.
    return ClusterRule.model_construct(
        name=f"Objective {objective}", objectives=(objective,), domains=(), safety=(), cut=None, misses=misses,
        at_least=1,
    )  # fmt: skip
