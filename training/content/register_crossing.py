"""What registers name, and what items name of registers: it must exist."""

from collections.abc import Iterator, Sequence

from training.content.crossing import Known
from training.content.finding import Finding
from training.content.parts import Kind, Part
from training.content.registers import REGISTERS
from training.content.source import Path
from training.content.wording import did_you_mean
from training.core.items.item import Written
from training.core.resting import beliefs_of


def named_findings(parts: Sequence[Part], known: Known) -> Iterator[Finding]:
    """Find the claims and misconceptions that items name and no register has."""
    claims, beliefs = known.registers[Kind.CLAIMS], known.registers[Kind.MISCONCEPTIONS]
    for part in parts:
        for item, number in zip(part.thing.items, part.positions, strict=True):
            for place, name in enumerate(item.claims):
                if claims is not None and name not in claims:
                    path: Path = ("items", number, "claims", place)
                    words = f"there is no claim '{name}'"
                    yield Finding(part.unit.file, path, "B134", words, did_you_mean(name, claims))
            if beliefs is None:
                continue
            for where, name in beliefs_of(item):
                if name not in beliefs:
                    hint = did_you_mean(name, beliefs) or "they stand in question_banks/misconceptions.yaml"
                    words = f"there is no misconception '{name}'"
                    yield Finding(part.unit.file, ("items", number, *where), "B137", words, hint)


def register_findings(parts: Sequence[Part], known: Known) -> Iterator[Finding]:
    """Find what the entries of registers name that does not exist."""
    for part in parts:
        # Of a broken file the entries' numbers are not those of the list.
        if part.unit.kind in REGISTERS and not part.broken:
            field = REGISTERS[part.unit.kind].field
            for number, entry in enumerate(part.thing.values()):
                yield from _entry_findings(part.unit.file, (field, number), entry, known)


def _entry_findings(file: str, path: Path, entry: Written, known: Known) -> Iterator[Finding]:
    for field, code, words, among in (
        ("references", "B113", "there is no reference '{}'", known.references),
        ("claims", "B134", "there is no claim '{}'", known.registers[Kind.CLAIMS]),
    ):
        for place, name in enumerate(getattr(entry, field, ())):
            if among is not None and name not in among:
                yield Finding(file, (*path, field, place), code, words.format(name), did_you_mean(name, among))
    objective = getattr(entry, "objective", None)
    if objective and known.objectives is not None and objective not in known.objectives:
        hint = did_you_mean(objective, known.objectives)
        yield Finding(file, (*path, "objective"), "B112", f"there is no objective {objective}", hint)
