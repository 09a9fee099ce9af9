"""The parts together: one library, and what is wrong between files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from training.content.consistency import consistency_findings, emblem_findings
from training.content.crossing import (
    Known,
    bank_findings,
    module_findings,
    name_findings,
    picture_findings,
    programme_findings,
)
from training.content.finding import Finding
from training.content.parts import Kind, Part
from training.content.register_crossing import named_findings, register_findings
from training.content.registers import REGISTERS
from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.library import Domain, LearningModule, Library, Reference
from training.core.problem import Severity

Thing = TypeVar("Thing")
Verdict = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A library, the parts it was made of, and what was found between them."""

    library: Library
    parts: Mapping[str, Part]
    verdict: Verdict
    pictures: Verdict

    @property
    def findings(self) -> Verdict:
        """All that was found, missing pictures included, which no verdict of an earlier time can know."""
        return self.verdict + self.pictures

    @property
    def errors(self) -> frozenset[tuple[str, str, str]]:
        """What is wrong between files, without places: they move when lines are added above."""
        return frozenset(
            (each.file, each.code, each.message) for each in self.findings if each.severity is Severity.ERROR
        )


def digest_of_all(parts: Iterable[Part]) -> str:
    """Name the content of a whole library."""
    return sha256("".join(f"{part.unit.file}\0{part.digest}\0" for part in parts).encode()).hexdigest()


def join(parts: Mapping[str, Part], exists: Callable[[str], bool], verdict: Verdict | None = None) -> Joined:
    """Make a library of parts. `exists` says whether an item's picture is there.

    A verdict reached earlier on the same content spares looking at every item again.
    """
    rows = list(parts.values())
    domains: tuple[Domain, ...] = next((part.thing for part in rows if part.unit.kind is Kind.OBJECTIVES), ())
    references: dict[str, Reference] = next((part.thing for part in rows if part.unit.kind is Kind.REFERENCES), {})
    bank_parts = [part for part in rows if part.unit.kind is Kind.BANK and part.thing.slug]
    pictures = [*picture_findings(bank_parts, exists), *emblem_findings(rows, exists)]
    known = Known.of(domains, references, rows) if verdict is None else None
    findings = list(verdict or ())
    if known:
        findings += [*name_findings(rows), *bank_findings(bank_parts, known), *named_findings(bank_parts, known)]
    banks: dict[str, Bank] = {}
    for part in bank_parts:
        banks.setdefault(part.thing.slug, _without(part, [*findings, *pictures]))
    modules: dict[str, LearningModule] = _by_slug(rows, Kind.MODULE)
    programmes: dict[str, Programme] = _by_slug(rows, Kind.PROGRAMME)
    registers = {kind: _register(rows, kind) for kind in REGISTERS}
    library = Library(banks, modules, programmes, domains, references, digest_of_all(rows), **registers)
    if known:
        findings += register_findings(rows, known)
        findings += [*module_findings(rows, library, known), *programme_findings(rows, library, known)]
        findings += consistency_findings(rows, known)
    return Joined(library, parts, tuple(findings), tuple(pictures))


def _without(part: Part, findings: Sequence[Finding]) -> Bank:
    """Take the items out that something between files speaks against."""
    barred = {
        entry[1]
        for each in findings
        if each.severity is Severity.ERROR and (entry := each.entry) and each.file == part.unit.file
    }
    bank: Bank = part.thing
    if not barred:
        return bank
    kept = (item for item, number in zip(bank.items, part.positions, strict=True) if number not in barred)
    return replace(bank, items=tuple(kept))


def _register(parts: Iterable[Part], kind: str) -> dict[str, Any]:
    return next((part.thing for part in parts if part.unit.kind == kind), {})


def _by_slug(parts: Iterable[Part], kind: Kind) -> dict[str, Thing]:
    found = [part.thing for part in parts if part.unit.kind is kind and part.thing is not None]
    return {thing.slug: thing for thing in found}
