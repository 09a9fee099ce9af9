"""Banks tried as they would be with other texts: what they give beside the rest, and what would be wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from training.content.finding import Finding
from training.content.joining import Joined, join
from training.content.libraries import is_inside
from training.content.parts import Kind, Part, Unit, digest_of, read_part
from training.content.rules import lint_bank
from training.content.source import Source, read_source
from training.content.tracing import located
from training.core.bank import Bank
from training.core.library import Library
from training.core.problem import Problem, Severity

FEW = 2000
"""Items in all banks up to which rules that compare every item with every other are run as an author types."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Banks by file, as they would be; `problems` are theirs, `new_errors` all those that stand in no file now.

    A new error may be in another file: an item that goes may be asked for by a module.
    """

    banks: Mapping[str, Bank]
    library: Library
    lines: Mapping[str, range]
    """Where each item stands in its text, by id; nothing of a text that cannot be read."""
    problems: tuple[Problem, ...]
    new_errors: tuple[Problem, ...]


def tried(root: Path, before: Joined, texts: Mapping[str, str], today: date) -> Tried:
    """Try texts of banks, by file."""
    parts = {file: _part(file, text) for file, text in texts.items()}
    joined = join({**before.parts, **parts}, lambda file: is_inside(root, file))
    sources = {file: read_source(file, text)[0] for file, text in texts.items()}
    across = sum(1 for _ in joined.library.items()) <= FEW
    found = set[Problem]()
    for file, part in parts.items():
        between = (each for each in joined.findings if each.file == file)
        advice = lint_bank(joined, part, texts[file].encode(), today, across=across)
        found |= {*part.problems, *(_placed(sources[file], each) for each in between), *advice}
    lines = {name: place for source in sources.values() if source for name, place in entries_of(source)}
    banks = {file: part.thing for file, part in parts.items()}
    new = _new_errors(root, before, joined, texts, found)
    return Tried(banks, joined.library, lines, tuple(sorted(found)), tuple(sorted(new)))


def entries_of(source: Source) -> Iterator[tuple[str, range]]:
    """Give each item's id and its lines, up to the next item or to the end of the text."""
    written = source.data.get("items") if isinstance(source.data, dict) else None
    rows = written if isinstance(written, list) else []
    starts = [source.place(("items", number))[0] for number in range(len(rows))]
    for row, start, after in zip(rows, starts, [*starts[1:], source.text.count("\n") + 2], strict=False):
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield row["id"], range(start, after)


def _part(file: str, text: str) -> Part:
    unit, raw = Unit(Kind.BANK, file), {file: text.encode()}
    return read_part(unit, raw, digest_of(unit, raw))


def _placed(source: Source | None, finding: Finding) -> Problem:
    return finding.at(source.place(finding.path) if source else (1, 1))


def _new_errors(
    root: Path, before: Joined, after: Joined, texts: Mapping[str, str], found: set[Problem]
) -> Iterator[Problem]:
    """Find the errors that were not there before, wherever they stand; their places may have moved."""
    old = Counter((each.file, each.code, each.message) for each in _errors(before))
    for each in sorted(problem for problem in found if problem.severity is Severity.ERROR):
        name = each.file, each.code, each.message
        if old[name]:
            old[name] -= 1
        else:
            yield each
    elsewhere = [each for each in after.findings if each.file not in texts and each.severity is Severity.ERROR]
    new = [each for each in elsewhere if (each.file, each.code, each.message) not in before.errors]
    yield from located(root, new, after.parts)


def _errors(joined: Joined) -> Iterator[Finding | Problem]:
    found: list[Finding | Problem] = [*joined.findings]
    found += [problem for part in joined.parts.values() for problem in part.problems]
    yield from (each for each in found if each.severity is Severity.ERROR)
