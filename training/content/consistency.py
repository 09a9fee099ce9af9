"""What a programme says twice, what its certificate names and nobody wrote, and numbers that contradict each other."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from training.content.crossing import Known
from training.content.finding import Finding
from training.content.parts import Kind, Part
from training.content.source import Path
from training.content.wording import did_you_mean
from training.core.blueprint import Programme
from training.core.certification import Certification
from training.core.problem import Severity
from training.core.rules import Rules

SHORTEST_MONTH = 28


def consistency_findings(parts: Sequence[Part], known: Known) -> Iterator[Finding]:
    """Find all this in every programme."""
    for part in parts:
        if part.unit.kind is Kind.PROGRAMME and part.thing is not None:
            programme: Programme = part.thing
            yield from _said_twice(part.unit.file, programme)
            yield from _against_itself(part.unit.file, programme)
            if programme.certificate:
                yield from _not_there(part.unit.file, programme.certificate, known)


def emblem_findings(parts: Sequence[Part], exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Find certificates whose emblem is not there."""
    for part in parts:
        certificate = part.thing.certificate if part.unit.kind is Kind.PROGRAMME and part.thing else None
        if certificate and certificate.look.emblem and not exists(certificate.look.emblem):
            hint = "write the path from the content root, such as static/emblem.svg"
            words = f"there is no picture '{certificate.look.emblem}'"
            yield Finding(part.unit.file, ("certificate", "look", "emblem"), "B115", words, hint)


def _not_there(file: str, certificate: Certification, known: Known) -> Iterator[Finding]:
    rules, boards = known.registers[Kind.HOURS], known.registers[Kind.JURISDICTIONS]
    quiz = certificate.renewal.quiz if certificate.renewal else None
    rule = certificate.hours.rule if certificate.hours else None
    named: list[tuple[Path, str, str | None, frozenset[str] | None]] = [
        (("certificate", "hours", "rule"), "rule of hours", rule, rules),
        (("certificate", "renewal", "quiz"), "quiz", quiz, known.files[Kind.PROGRAMME]),
        *((("certificate", "jurisdictions", place), "jurisdiction", each, boards)
          for place, each in enumerate(certificate.jurisdictions)),
    ]  # fmt: skip
    for path, what, name, among in named:
        if name and among is not None and name not in among:
            hint = did_you_mean(name, among) or f"known here: {', '.join(sorted(among)) or 'none'}"
            yield Finding(file, path, "B145", f"there is no {what} '{name}'", hint)


def _said_twice(file: str, programme: Programme) -> Iterator[Finding]:
    rules, certificate = programme.rules or Rules.model_construct(), programme.certificate
    checklist = certificate.practical.checklist if certificate and certificate.practical else ()
    lists: tuple[tuple[Path, str, str, list[str]], ...] = (
        (("blueprint", "sections"), "title", "section", [each.title for each in programme.blueprint.sections]),
        (("rules", "sections"), "section", "rule of a section", [each.section for each in rules.sections]),
        (("rules", "clusters"), "name", "cluster", [each.name for each in rules.clusters]),
        (("certificate", "practical", "checklist"), "id", "line of the checklist", [each.id for each in checklist]),
    )
    for path, field, what, names in lists:
        for place, name in enumerate(names):
            if name in names[:place]:
                words, hint = f"a second {what} '{name}'", "give each a name of its own, or make one of the two"
                yield Finding(file, (*path, place, field), "B146", words, hint)


def _against_itself(file: str, programme: Programme) -> Iterator[Finding]:
    for path, words, hint in (*_pauses(programme), *_floors(programme), *_windows(programme)):
        yield Finding(file, path, "B147", words, hint, Severity.WARNING)


def _pauses(programme: Programme) -> Iterator[tuple[Path, str, str]]:
    for place, (before, after) in enumerate(pairwise(programme.policy.cool_down), 1):
        if after < before:
            words = f"the pause shrinks from {before:g} to {after:g} days with another failed try"
            yield ("policy", "cool_down", place), words, "let pauses grow, or at least stay"


def _floors(programme: Programme) -> Iterator[tuple[Path, str, str]]:
    rules, remedy = programme.rules, programme.remedy
    if rules and rules.compensation and rules.sections:
        floor, least = rules.compensation.floor, min(each.cut for each in rules.sections)
        if floor >= least:
            words = (
                f"no section may fall below {floor:g} %, yet one passes at {least:g} %: there is nothing to make up for"
            )
            yield ("rules", "compensation", "floor"), words, "write a floor below the sections' cuts"
    if remedy and remedy.misses >= remedy.questions:
        words = (
            f"the re-check asks {remedy.questions} of an objective and forgives {remedy.misses}: it cannot be failed"
        )
        yield ("remedy", "misses"), words, "forgive fewer than are asked"


def _windows(programme: Programme) -> Iterator[tuple[Path, str, str]]:
    certificate = programme.certificate
    if certificate is None or certificate.renewal is None or certificate.validity_months is None:
        return
    days = certificate.validity_months * SHORTEST_MONTH
    if certificate.renewal.opens_days_before >= days:
        words = (
            f"the renewal opens {certificate.renewal.opens_days_before} days before a term of about {days} days ends"
        )
        yield ("certificate", "renewal", "opens_days_before"), words, "open it later than the certificate is issued"
