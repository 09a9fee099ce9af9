"""What can only be seen between files: names used twice, names used and not defined, quotas that cannot be filled."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.content.finding import Finding
from training.content.parts import Kind, Part
from training.content.registers import REGISTERS
from training.content.ruling import rule_findings, standard_findings
from training.content.source import Path
from training.content.wording import did_you_mean
from training.core.blueprint import Programme, Quota
from training.core.items import CHECK_YOURSELF, Item
from training.core.items.unfinished import UNPLACED, UNSOURCED
from training.core.jurisdiction import FROM_THE_LEARNER, declared, lacking
from training.core.library import Domain, LearningModule, Library, Reference
from training.core.pool import may_ask, needed_on_trial, on_trial, shortfall
from training.core.problem import Severity


@dataclass(frozen=True, slots=True)
class Known:
    """The names that may be used; None where their own file is broken, so that nothing can be said."""

    objectives: frozenset[str] | None
    references: frozenset[str] | None
    items: frozenset[str] | None
    registers: Mapping[Kind, frozenset[str] | None]
    files: Mapping[Kind, frozenset[str]]
    """Banks and modules that are there, whether or not they can be read."""

    @classmethod
    def of(cls, domains: Sequence[Domain], references: Mapping[str, Reference], parts: Sequence[Part]) -> "Known":
        """Collect the names."""
        broken = {part.unit.kind for part in parts if part.broken}
        banks = [part for part in parts if part.unit.kind is Kind.BANK]
        ids = frozenset(each.id for domain in domains for each in domain.objectives)
        return cls(
            None if Kind.OBJECTIVES in broken else ids,
            None if Kind.REFERENCES in broken else frozenset(references),
            _item_ids(banks) if all(part.thing.slug for part in banks) else None,
            {kind: None if kind in broken else _registered(parts, kind) for kind in map(Kind, REGISTERS)},
            {kind: frozenset(part.unit.stem for part in parts if part.unit.kind is kind) for kind in Kind},
        )


def _registered(parts: Iterable[Part], kind: Kind) -> frozenset[str]:
    return frozenset(name for part in parts if part.unit.kind is kind for name in part.thing)


def _item_ids(banks: Iterable[Part]) -> frozenset[str]:
    return frozenset(name for part in banks for name in (*part.unread, *(item.id for item in part.thing.items)))


def name_findings(parts: Sequence[Part]) -> Iterator[Finding]:
    """Find things that are not named as their file is."""
    fields = {Kind.BANK: "bank", Kind.MODULE: "module", Kind.PROGRAMME: "programme"}
    for part in parts:
        field = fields.get(part.unit.kind)
        slug = part.thing.slug if field and part.thing else ""
        if field and slug and slug != part.unit.stem:
            what = "folder" if part.unit.kind is Kind.MODULE else "file"
            yield Finding(
                part.unit.file, (field,), "B110", f"{field} '{slug}' stands in a {what} named '{part.unit.stem}'",
                "give both the same name",
            )  # fmt: skip


def picture_findings(parts: Iterable[Part], exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Find items whose picture is not there."""
    for part in parts:
        for number, path, file in part.pictures:
            if not exists(file):
                hint = "write the path from the content root, such as modules/<module>/figures/<name>.svg"
                yield _at(part, number, path, "B115", f"there is no picture '{file}'", hint)


def bank_findings(parts: Sequence[Part], known: Known) -> Iterator[Finding]:
    """Find what is wrong between the items of all banks and the shared lists."""
    home: dict[str, str] = {}
    for part in parts:
        for item in part.thing.items:
            home.setdefault(item.id, part.unit.file)
    met: set[str] = set()
    for part in parts:
        for item, number in zip(part.thing.items, part.positions, strict=True):
            if item.id in met:
                where = f"in {home[item.id]}" if home[item.id] != part.unit.file else "above in this file"
                words = f"a second item '{item.id}'; the first stands {where}"
                yield _at(part, number, ("id",), "B111", words, "rename it")
            met.add(item.id)
            yield from _unknown_names(part, number, item, known)
            if item.enemies:
                yield from _unknown_enemies(part, number, item, known)


def _unknown_names(part: Part, number: int, item: Item, known: Known) -> Iterator[Finding]:
    # An imported draft may wait for its objective and its source: B141 lists them, B142 once it is no draft.
    if known.objectives is not None and item.objective not in known.objectives and item.objective != UNPLACED:
        hint = did_you_mean(item.objective, known.objectives)
        yield _at(part, number, ("objective",), "B112", f"there is no objective {item.objective}", hint)
    if known.references is None or known.references.issuperset(item.references):
        return
    for place, key in enumerate(item.references):
        if key not in known.references and key != UNSOURCED:
            hint = did_you_mean(key, known.references) or "add it to question_banks/references.yaml"
            yield _at(part, number, ("references", place), "B113", f"there is no reference '{key}'", hint)


def _unknown_enemies(part: Part, number: int, item: Item, known: Known) -> Iterator[Finding]:
    for place, enemy in enumerate(item.enemies):
        if known.items is not None and enemy not in known.items:
            hint = did_you_mean(enemy, known.items) or "an enemy is the id of another item"
            yield _at(
                part, number, ("enemies", place), "B114", f"there is no item '{enemy}'", hint, severity=Severity.WARNING
            )
        elif enemy == item.id:
            words = "an item cannot be its own enemy"
            yield _at(part, number, ("enemies", place), "B114", words, "take it out", severity=Severity.WARNING)


def _at(
    part: Part, number: int, path: tuple[str | int, ...], code: str, message: str, hint: str = "",
    *, severity: Severity = Severity.ERROR,
) -> Finding:  # fmt: skip
    return Finding(part.unit.file, ("items", number, *path), code, message, hint, severity)


def module_findings(parts: Sequence[Part], library: Library, known: Known) -> Iterator[Finding]:
    """Find what modules name that does not exist."""
    items = {item.id: item for item in library.items()}
    for part in parts:
        if part.unit.kind is Kind.MODULE and part.thing is not None:
            yield from _module_names(part.unit.file, part.thing, known)
            yield from _section_names(part.unit.file, part.thing, known)
            yield from _module_checks(part.unit.file, part.thing, items, known)


def _module_names(file: str, module: LearningModule, known: Known) -> Iterator[Finding]:
    for field, code, words, names, among in (
        ("objectives", "B112", "there is no objective {}", module.objectives, known.objectives),
        ("references", "B113", "there is no reference '{}'", module.references, known.references),
    ):
        for place, name in enumerate(names):
            if among is not None and name not in among:
                yield Finding(file, (field, place), code, words.format(name), did_you_mean(name, among))


def _section_names(file: str, module: LearningModule, known: Known) -> Iterator[Finding]:
    own, claims = frozenset(module.objectives), known.registers[Kind.CLAIMS]
    for number, section in enumerate(module.sections):
        for place, name in enumerate(section.objectives):
            if name not in own:
                hint = did_you_mean(name, own) or "add it to the module's objectives"
                words = f"objective {name} is not among the module's"
                yield Finding(file, ("sections", number, "objectives", place), "B129", words, hint)
        for place, name in enumerate(section.claims):
            if claims is not None and name not in claims:
                words = f"there is no claim '{name}'"
                yield Finding(file, ("sections", number, "claims", place), "B134", words, did_you_mean(name, claims))


def _module_checks(file: str, module: LearningModule, items: Mapping[str, Item], known: Known) -> Iterator[Finding]:
    for number, section in enumerate(module.sections):
        for place, item_id in enumerate(section.check):
            path: Path = ("sections", number, "check", place)
            if known.items is not None and item_id not in known.items:
                hint = did_you_mean(item_id, known.items)
                yield Finding(file, path, "B127", f"there is no item '{item_id}'", hint)
            elif item_id in items and CHECK_YOURSELF not in items[item_id].tags:
                hint = f"add the tag '{CHECK_YOURSELF}' to the item, so that no quiz draws it"
                yield Finding(file, path, "B128", f"item '{item_id}' is not tagged {CHECK_YOURSELF}", hint)


def programme_findings(parts: Sequence[Part], library: Library, known: Known) -> Iterator[Finding]:
    """Find what programmes name that does not exist, and quotas that their banks cannot fill."""
    for part in parts:
        if part.unit.kind is Kind.PROGRAMME and part.thing is not None:
            yield from _programme_names(part.unit.file, part.thing, library, known)
            yield from _fields_lacking(part.unit.file, part.thing, library)
            yield from rule_findings(part.unit.file, part.thing)
            if library.banks.keys() >= set(part.thing.banks):
                yield from standard_findings(part.unit.file, part.thing, library)
                yield from _programme_shortfalls(part.unit.file, part.thing, library)


def _programme_names(file: str, programme: Programme, library: Library, known: Known) -> Iterator[Finding]:
    for field, code, what, names, among in (
        ("banks", "B131", "bank", programme.banks, {*library.banks, *known.files[Kind.BANK]}),
        ("modules", "B133", "module", programme.modules, {*library.modules, *known.files[Kind.MODULE]}),
    ):
        for place, name in enumerate(names):
            if name not in among:
                yield Finding(file, (field, place), code, f"there is no {what} '{name}'", did_you_mean(name, among))


def _programme_shortfalls(file: str, programme: Programme, library: Library) -> Iterator[Finding]:
    profiles = _profiles(programme, library)
    for number, section in enumerate(programme.blueprint.sections):
        for place, quota in enumerate(section.quotas):
            have = _fitting(quota, profiles)
            if have < quota.count:
                path = ("blueprint", "sections", number, "quotas", place)
                hint = "write more items of this kind, or ask for fewer"
                yield Finding(file, path, "B132", shortfall(quota, have), hint)
    needed = needed_on_trial(programme.policy.pretest, programme.blueprint.total)
    have = len(on_trial(programme, library)) if needed else 0
    if have < needed:
        hint = "tag more approved items 'pretest', or ask for a smaller share"
        yield Finding(file, ("policy", "pretest"), "B132", f"pretest: needs {needed}, has {have}", hint)


def _fields_lacking(file: str, programme: Programme, library: Library) -> Iterator[Finding]:
    """Find what a jurisdiction asks for and no certificate of this programme will show."""
    certificate = programme.certificate
    for place, name in enumerate(certificate.jurisdictions if certificate else ()):
        board = library.jurisdictions.get(name)
        if certificate is None or board is None:
            continue
        lacks = lacking(board, declared(certificate) | FROM_THE_LEARNER)
        if lacks:
            words = f"{board.title} asks for {', '.join(lacks)}, which this certificate does not have"
            path, hint = ("certificate", "jurisdictions", place), "declare it under 'certificate'"
            yield Finding(file, path, "B148", words, hint, Severity.WARNING)


def _profiles(programme: Programme, library: Library) -> list[tuple[Item, int]]:
    """Count the questions it may ask of each kind of item: a representative, and how many there are."""
    banks = [library.banks[name] for name in dict.fromkeys(programme.banks) if name in library.banks]
    asked = [item for bank in banks for item in bank.items if may_ask(programme, item)]
    counts: Counter[tuple[object, ...]] = Counter()
    of_kind: dict[tuple[object, ...], Item] = {}
    for item in asked:
        kind = (item.objective, item.level, item.safety, item.tags, item.type)
        counts[kind] += item.size
        of_kind[kind] = item
    return [(of_kind[kind], count) for kind, count in counts.items()]


def _fitting(quota: Quota, profiles: Sequence[tuple[Item, int]]) -> int:
    return sum(count for item, count in profiles if quota.takes(item))
