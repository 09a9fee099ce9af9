"""Lists of things that others name by their id: claims, misconceptions, terms, muscles."""

from collections.abc import Mapping
from typing import NamedTuple

from training.content.reading import entries, fitted, strangers
from training.content.source import read_source
from training.core.claim import Claim, Misconception
from training.core.contact_hours import HoursRule
from training.core.items.item import Written
from training.core.jurisdiction import Jurisdiction
from training.core.muscle import Muscle
from training.core.problem import Problem
from training.core.term import Term


class Register(NamedTuple):
    """Where a list stands below the content root, what the field is called that holds it, and what an entry is."""

    file: str
    field: str
    model: type[Written]
    about: str


REGISTERS: Mapping[str, Register] = {
    "claims": Register(
        "question_banks/claims.yaml", "claims", Claim, "What is said about dry needling, and what the evidence bears."
    ),
    "misconceptions": Register(
        "question_banks/misconceptions.yaml", "misconceptions", Misconception, "What learners wrongly believe."
    ),
    "glossary": Register("question_banks/glossary.yaml", "terms", Term, "The words of the field as we use them."),
    "hours": Register("programmes/registers/hours.yaml", "rules", HoursRule, "How accreditors count contact hours."),
    "jurisdictions": Register(
        "programmes/registers/jurisdictions.yaml", "jurisdictions", Jurisdiction, "What boards ask of a certificate."
    ),
    "muscles": Register("modules/atlas/muscles.yaml", "muscles", Muscle, "The rows of the muscle atlas."),
}


def load_register(kind: str, file: str, text: str | bytes) -> tuple[dict[str, Written], list[Problem]]:
    """Read a register by id; of two entries with one id the first stands."""
    register = REGISTERS[kind]
    source, problems = read_source(file, text)
    found: dict[str, Written] = {}
    if source is None:
        return found, problems
    written, bad = entries(source, register.field)
    problems += [*bad, *strangers(source, frozenset({register.field}))]
    for number, data in enumerate(written):
        entry, bad = fitted(register.model, source, (register.field, number), data)
        problems += bad
        if entry is None:
            continue
        name: str = entry.id  # type: ignore[attr-defined] # every register's entries have one
        if name in found:
            problems.append(source.problem((register.field, number, "id"), "B111", f"a second '{name}'"))
        found.setdefault(name, entry)
    return found, problems
