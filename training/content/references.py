"""The shared list of sources: what each is, where it stands, and how far it was read."""

from training.content.reading import entries, fitted, strangers
from training.content.shapes import ReferenceNote
from training.content.source import read_source
from training.core.library import Reference
from training.core.problem import Problem


def load_references(file: str, text: str | bytes) -> tuple[dict[str, Reference], list[Problem]]:
    """Read the sources by key; of two with one key the first stands."""
    source, problems = read_source(file, text)
    found: dict[str, Reference] = {}
    if source is None:
        return found, problems
    written, bad = entries(source, "references")
    problems += [*bad, *strangers(source, frozenset({"references"}))]
    for number, data in enumerate(written):
        note, bad = fitted(ReferenceNote, source, ("references", number), data)
        problems += bad
        if note is None:
            continue
        if note.key in found:
            problems.append(source.problem(("references", number, "key"), "B111", f"a second reference '{note.key}'"))
            continue
        found[note.key] = _reference(note)
    return found, problems


def _reference(note: ReferenceNote) -> Reference:
    return Reference(
        note.key, note.citation, note.verified, note.year, note.kind or "", note.doi or "", note.url or "",
        note.checked, note.note or "", note.retracted,
    )  # fmt: skip
