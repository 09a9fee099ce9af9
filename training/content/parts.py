"""The content folder as parts, each read by itself: a bank, a programme, a module's folder, the shared lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from training.content.banks import items_above, read_bank
from training.content.modules import load_module
from training.content.objectives import load_objectives
from training.content.programmes import load_programme
from training.content.references import load_references
from training.content.registers import REGISTERS, load_register
from training.content.source import read_source
from training.content.spellings import load_spellings
from training.core.bank import Bank
from training.core.problem import Problem, Severity


class Kind(StrEnum):
    """What a part holds."""

    OBJECTIVES = "objectives"
    REFERENCES = "references"
    CLAIMS = "claims"
    MISCONCEPTIONS = "misconceptions"
    GLOSSARY = "glossary"
    MUSCLES = "muscles"
    HOURS = "hours"
    JURISDICTIONS = "jurisdictions"
    SPELLINGS = "spellings"
    BANK = "bank"
    MODULE = "module"
    PROGRAMME = "programme"


SHARED: Mapping[str, Kind] = {
    kind.value: kind
    for kind in (Kind.OBJECTIVES, Kind.REFERENCES, Kind.CLAIMS, Kind.MISCONCEPTIONS, Kind.GLOSSARY, Kind.SPELLINGS)
}
"""The lists that stand among the banks, by their file's name."""

ELSEWHERE = (Kind.MUSCLES, Kind.HOURS, Kind.JURISDICTIONS)
"""The lists that stand by themselves."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a part stands: its YAML file by path from the root, and for a module what lies beside it."""

    kind: Kind
    file: str
    beside: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        return (self.file, *self.beside)

    @property
    def stem(self) -> str:
        """The name that the thing inside must have."""
        path = Path(self.file)
        return path.parent.name if self.kind is Kind.MODULE else path.stem


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What was read: the thing itself, its problems; of a bank the entry of each item, and the ids of those unread."""

    unit: Unit
    digest: str
    thing: Any
    problems: tuple[Problem, ...] = field(default=())
    positions: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    pictures: tuple[tuple[int, tuple[str | int, ...], str], ...] = ()
    """Of a bank: the entries with a picture, where it is written there, and its file.

    Whether that exists is asked anew at every start."""
    lines: tuple[int, ...] = ()
    """Of a bank: the line on which each entry begins, so that one can be found again without reading all."""

    @property
    def broken(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def unreadable(self) -> bool:
        """Say whether nothing could be made of it; of other broken parts what is good is served."""
        return self.broken and not (self.thing.slug if self.unit.kind is Kind.BANK else self.thing)


def find_units(root: Path) -> list[Unit]:
    """List the parts under a content root in a fixed order: what others refer to comes first."""
    return list(_units(root))


def _units(root: Path) -> Iterator[Unit]:
    banks = _yaml_files(root / "question_banks")
    for path in sorted(banks, key=lambda path: (path.stem not in SHARED, path.name)):
        yield Unit(SHARED.get(path.stem, Kind.BANK), path.relative_to(root).as_posix())
    for kind in ELSEWHERE:
        if (root / REGISTERS[kind].file).is_file():
            yield Unit(kind, REGISTERS[kind].file)
    for path in sorted((root / "modules").glob("*/module.yaml")):
        yield Unit(Kind.MODULE, path.relative_to(root).as_posix(), _beside(root, path))
    for path in _yaml_files(root / "programmes"):
        yield Unit(Kind.PROGRAMME, path.relative_to(root).as_posix())


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for pattern in ("*.yaml", "*.yml") for path in folder.glob(pattern) if path.is_file())


def _beside(root: Path, module: Path) -> tuple[str, ...]:
    home = root.resolve()
    found = (path for path in module.parent.rglob("*") if path != module and path.is_file())
    # A link may not lead out of the content folder.
    inside = (path for path in found if path.resolve().is_relative_to(home) and not path.name.startswith("."))
    return tuple(sorted(path.relative_to(root).as_posix() for path in inside))


def contents(root: Path, unit: Unit) -> dict[str, bytes]:
    """Read the bytes of a part's files; one that vanished meanwhile reads as empty."""
    return {file: _bytes(root / file) for file in unit.files}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def digest_of(unit: Unit, raw: Mapping[str, bytes]) -> str:
    """Name a part's content: SHA-256 over its files' names and bytes, in hex."""
    total = sha256(unit.kind.encode())
    for file, data in raw.items():
        total.update(f"\0{file}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def read_part(unit: Unit, raw: Mapping[str, bytes], digest: str) -> Part:
    """Read one part from the bytes of its files."""
    text = raw[unit.file]
    thing: Any
    match unit.kind:
        case Kind.OBJECTIVES:
            thing, problems = load_objectives(unit.file, text)
        case Kind.REFERENCES:
            thing, problems = load_references(unit.file, text)
        case _ if unit.kind in REGISTERS:
            thing, problems = load_register(unit.kind, unit.file, text)
        case Kind.SPELLINGS:
            thing, problems = load_spellings(unit.file, text)
        case Kind.BANK:
            return _bank_part(unit, text, digest)
        case Kind.MODULE:
            folder = unit.file.rpartition("/")[0] + "/"
            beside = {file.removeprefix(folder): raw[file] for file in unit.beside}
            thing, problems = load_module(unit.file, text, beside)
        case Kind.PROGRAMME:
            thing, problems = load_programme(unit.file, text)
    return Part(unit, digest, thing, tuple(problems))


def _bank_part(unit: Unit, text: bytes, digest: str) -> Part:
    source, problems = read_source(unit.file, text)
    if source is None:
        return Part(unit, digest, Bank("", "", (), unit.file), (*problems, *items_above(unit.file, text, problems)))
    read = read_bank(source)
    rows = zip(read.positions, read.bank.items, strict=True)
    pictures = tuple((number, *each) for number, item in rows for each in item.pictures)
    found, lines = (*problems, *read.problems), source.entry_lines("items")
    return Part(unit, digest, read.bank, found, read.positions, read.unread, pictures, lines)
