"""All content from one folder: every good part of it, every problem in it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from training.content.cache import Cache
from training.content.finding import Finding
from training.content.garbage import left_lying
from training.content.joining import Joined, digest_of_all, join
from training.content.parts import Kind, Part, Unit, contents, digest_of, find_units, read_part
from training.content.rules import lint
from training.content.tracing import located
from training.core.library import Library
from training.core.problem import Problem


def load_library(root: Path, cache: Path | None = None, *, today: date | None = None) -> tuple[Library, list[Problem]]:
    """Load everything under a content root. Never fails: what is wrong comes as problems, in file order.

    `cache` is a folder for what was read before, keyed by content. With `today` the advice on writing
    and on review dates is given too.
    """
    with left_lying():
        store = Cache(cache)
        joined = join_parts(root, read_parts(root, store), store)
        store.save()
        return joined.library, problems_of(root, joined, today)


def read_parts(root: Path, store: Cache, known: Mapping[str, Part] | None = None) -> dict[str, Part]:
    """Read every part, by its file. A part whose bytes are known, in memory or in the cache, is not parsed."""
    with left_lying():
        return {unit.file: _part(root, unit, store, (known or {}).get(unit.file)) for unit in find_units(root)}


def _part(root: Path, unit: Unit, store: Cache, known: Part | None) -> Part:
    raw = contents(root, unit)
    digest = digest_of(unit, raw)
    if known and known.digest == digest:
        return known
    part = store.part(unit, digest) or read_part(unit, raw, digest)
    store.keep(part)
    return part


def join_parts(root: Path, parts: Mapping[str, Part], store: Cache | None = None) -> Joined:
    """Join parts into a library, with the verdict of an earlier time where the content is the same."""
    digest = digest_of_all(parts.values())
    verdict = store.verdict(digest) if store else None
    joined = join(parts, lambda file: is_inside(root, file), verdict)
    if store:
        store.keep_verdict(digest, joined.verdict)
    return joined


def is_inside(root: Path, file: str) -> bool:
    """Say whether a path names a file below the root, and does not lead out of it."""
    path = (root / file).resolve()
    return not Path(file).is_absolute() and path.is_relative_to(root.resolve()) and path.is_file()


def problems_of(root: Path, joined: Joined, today: date | None) -> list[Problem]:
    """List all that is wrong with the parts and between them, sorted by place."""
    own = [problem for part in joined.parts.values() for problem in part.problems]
    between = located(root, [*joined.findings, *_missing_lists(joined)], joined.parts)
    advice = lint(root, joined, today) if today else []
    return sorted({*own, *between, *advice})


def _missing_lists(joined: Joined) -> Iterator[Finding]:
    kinds = {part.unit.kind for part in joined.parts.values()}
    if Kind.BANK in kinds:
        for kind in (Kind.OBJECTIVES, Kind.REFERENCES):
            if kind not in kinds:
                hint = "items name their objectives and sources by it"
                yield Finding(f"question_banks/{kind}.yaml", (), "B116", f"there is no list of {kind}", hint)
