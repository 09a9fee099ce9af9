"""Running the rules over a library, less what comments allow."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path

from training.content.finding import Finding
from training.content.joining import Joined
from training.content.parts import Kind, Part
from training.content.rules.allowing import less_allowed
from training.content.rules.asked import Read, asked_of
from training.content.rules.families import spelt
from training.content.rules.instead import Instead
from training.content.rules.registry import Advice, Placed, Rule, Scope, Setting, rules_for
from training.content.rules.spelling import strange_words
from training.content.rules.words import phrases
from training.content.source import Path as Place
from training.content.tracing import Tracer
from training.core.items import Status
from training.core.library import Library
from training.core.problem import Problem


@dataclass(frozen=True, slots=True)
class Advised:
    """A problem that a rule found, and where a rule can mend it: the path of the value and what it should be."""

    problem: Problem
    path: Place = ()
    fixed: str | None = None


def lint(root: Path, joined: Joined, today: date) -> list[Problem]:
    """Give the advice of every rule on all content, less what comments allow."""
    return [each.problem for each in advised(root, joined, today)]


def advised(root: Path, joined: Joined, today: date) -> list[Advised]:
    """Give the advice of every rule with what would mend it. Files without advice or comments are not read again."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in _findings(joined, today):
        by_file[finding.file].append(finding)
    return [each for part in joined.parts.values() for each in _in_file(root, part, by_file[part.unit.file])]


def lint_bank(joined: Joined, part: Part, raw: bytes, today: date, *, across: bool) -> list[Problem]:
    """Give the advice on one bank by its text, which need not be in its file yet; `across` banks too, which is slow."""
    found = (each for each in _about_bank(joined, part, today, across=across) if each.file == part.unit.file)
    return [each.problem for each in _in_text(part, raw, list(found))]


def _about_bank(joined: Joined, part: Part, today: date, *, across: bool) -> Iterator[Finding]:
    own = _placed(part)
    others = [each for each in joined.parts.values() if each.unit.kind is Kind.BANK and each is not part]
    setting = setting_for(joined, today, [own])
    yield from _about_items(own, setting)
    if across:
        yield from _between([*own, *(row for each in others for row in _placed(each))], setting)


def _in_file(root: Path, part: Part, findings: Sequence[Finding]) -> list[Advised]:
    path = root / part.unit.file
    return _in_text(part, path.read_bytes() if path.is_file() else b"", findings)


def _in_text(part: Part, raw: bytes, findings: Sequence[Finding]) -> list[Advised]:
    tracer = Tracer(part.unit.file, raw, part.lines)
    found = [Advised(each.at(tracer.place(each.path)), each.path, each.fixed) for each in findings]
    source = tracer.whole() if b"lint: allow" in raw else None
    if source is None:
        return found
    # What cannot be read draws no advice, so nothing is said of comments that seem idle in it.
    kept, idle = less_allowed(source, [each.problem for each in found], whole=not part.broken)
    return [each for each in found if each.problem in kept] + [Advised(problem) for problem in idle]


def _findings(joined: Joined, today: date) -> Iterator[Finding]:
    parts = list(joined.parts.values())
    banks = [_placed(part) for part in parts if part.unit.kind is Kind.BANK]
    setting = setting_for(joined, today, banks)
    for placed in banks:
        yield from _about_items(placed, setting)
    yield from _between([each for placed in banks for each in placed], setting)
    for part in parts:
        yield from _about_part(part, setting)


def _about_items(placed: Sequence[Placed], setting: Setting) -> Iterator[Finding]:
    yield from _about_each(placed, setting)
    if placed:
        for rule in rules_for(Scope.BANK):
            yield from (_finding(placed[0].file, advice, rule) for advice in rule.check(placed, setting))


def _between(everything: Sequence[Placed], setting: Setting) -> Iterator[Finding]:
    for rule in rules_for(Scope.LIBRARY):
        for placed_at, advice in rule.check(everything, setting):
            yield _finding(placed_at.file, advice, rule, placed_at.path)


def setting_for(joined: Joined, today: date, banks: Iterable[Sequence[Placed]]) -> Setting:
    """Collect what the rules may know."""
    library = joined.library
    kinds = {part.unit.kind: part.thing for part in joined.parts.values()}
    spellings = kinds.get(Kind.SPELLINGS, ())
    reads = [each.read for placed in banks for each in placed]
    avoided = Instead({word: term.term for term in library.glossary.values() for word in term.avoid})
    words = frozenset[str]().union(*(read.tokens for read in reads)) if spellings else ()
    return Setting(
        today, library.references, {each.id: each for each in library.objectives()}, library,
        spelt(spellings, words),
        _phrases(library), avoided, strange_words(reads, library.glossary.values(), spellings),
    )  # fmt: skip


def _phrases(library: Library) -> frozenset[tuple[str, ...]]:
    bodies = (section.body for module in library.modules.values() for section in module.sections)
    return frozenset(phrase for body in bodies for phrase in phrases(body))


def _placed(part: Part) -> list[Placed]:
    rows = zip(part.thing.items, part.positions, strict=True)
    return [
        Placed(part.unit.file, number, item, asked := asked_of(item), Read(item, asked))
        for item, number in rows
        if item.status != Status.RETIRED
    ]


_WITHIN: Mapping[Scope, Callable[[Placed], Sequence[object]]] = {
    Scope.ITEM: lambda placed: (placed.item,),
    Scope.TEXT: lambda placed: (placed.read,),
    Scope.QUESTION: lambda placed: placed.asked,
}


def _about_each(placed: Sequence[Placed], setting: Setting) -> list[Finding]:
    """Ask rule by rule, which is quicker than item by item; give what they say item by item."""
    found: list[tuple[int, Finding]] = []
    for scope, within in _WITHIN.items():
        rows = [(each, thing) for each in placed for thing in within(each)]
        for rule in rules_for(scope):
            check = rule.check
            found += [
                (each.number, _finding(each.file, advice, rule, each.path))
                for each, thing in rows
                for advice in check(thing, setting)
            ]
    found.sort(key=itemgetter(0))
    return [finding for _, finding in found]


def _about_part(part: Part, setting: Setting) -> Iterator[Finding]:
    things: list[tuple[Scope, object, Place]] = []
    if part.unit.kind is Kind.MODULE and part.thing is not None:
        things = [(Scope.MODULE, part.thing, ())]
    elif part.unit.kind is Kind.PROGRAMME and part.thing is not None:
        things = [(Scope.PROGRAMME, part.thing, ())]
    elif part.unit.kind is Kind.REFERENCES and not part.broken:
        # Only where every entry was read is the number of an entry its place in the file.
        rows = enumerate(part.thing.values())
        things = [(Scope.REFERENCE, reference, ("references", number)) for number, reference in rows]
    for scope, thing, place in things:
        for rule in rules_for(scope):
            yield from (_finding(part.unit.file, advice, rule, place) for advice in rule.check(thing, setting))


def _finding(file: str, advice: Advice, rule: Rule, place: Place = ()) -> Finding:
    path = (*place, *advice.path)
    return Finding(file, path, rule.code, advice.message, advice.hint, rule.severity, advice.fixed)
