"""What the registers name: sources, objectives and claims that must exist."""

from collections.abc import Iterator, Sequence

from training.content.crossing import Known
from training.content.finding import Finding
from training.content.parts import Kind, Part
from training.content.registers import REGISTERS
from training.content.source import Path
from training.content.wording import did_you_mean
from training.core.items.item import Written


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
