"""The blueprint's domains and objectives, and which of them are safety-critical."""

from training.content.reading import entries, fitted, strangers
from training.content.shapes import DomainNote
from training.content.source import Source, read_source
from training.core.library import Domain, Objective
from training.core.problem import Problem


def load_objectives(file: str, text: str | bytes) -> tuple[tuple[Domain, ...], list[Problem]]:
    """Read the domains in order."""
    source, problems = read_source(file, text)
    if source is None:
        return (), problems
    written, bad = entries(source, "domains")
    problems += [*bad, *strangers(source, frozenset({"domains"}))]
    domains: list[Domain] = []
    for number, data in enumerate(written):
        note, bad = fitted(DomainNote, source, ("domains", number), data)
        problems += bad
        if note is not None:
            problems += _misplaced(source, number, note)
            domains.append(_domain(note))
    return tuple(domains), problems + _twice(source, domains)


def _domain(note: DomainNote) -> Domain:
    objectives = tuple(Objective(each.id, each.text, each.safety, each.awaits or "") for each in note.objectives)
    return Domain(note.id, note.title, note.weight, note.critical_items, objectives)


def _misplaced(source: Source, number: int, note: DomainNote) -> list[Problem]:
    return [
        source.problem(
            ("domains", number, "objectives", place, "id"), "B105",
            f"objective {each.id} stands in domain {note.id}", f"its number must start with {note.id}.",
        )
        for place, each in enumerate(note.objectives)
        if each.id.partition(".")[0] != note.id
    ]  # fmt: skip


def _twice(source: Source, domains: list[Domain]) -> list[Problem]:
    ids = [each.id for each in domains] + [objective.id for domain in domains for objective in domain.objectives]
    doubles = sorted({each for each in ids if ids.count(each) > 1})
    return [source.problem(("domains",), "B111", f"'{each}' is given twice") for each in doubles]
