"""Learning modules: a YAML file, Markdown sections and figures in one folder."""

from collections.abc import Mapping

from training.content.markdown import Text, text_problems
from training.content.reading import fitted
from training.content.shapes import ModuleNote, SectionNote
from training.content.source import Path, Source, read_source
from training.content.wording import did_you_mean
from training.core.library import LearningModule, ModuleSection
from training.core.problem import Problem


def load_module(
    file: str, text: str | bytes, beside: Mapping[str, bytes]
) -> tuple[LearningModule | None, list[Problem]]:
    """Read a module. `beside` holds the files of its folder by their path in it; figures need not hold their bytes."""
    source, problems = read_source(file, text)
    if source is None:
        return None, problems
    note, found = fitted(ModuleNote, source, (), source.data)
    if note is None:
        return None, problems + found
    folder = file.rpartition("/")[0]
    sections: list[ModuleSection] = []
    for number, section in enumerate(note.sections):
        made, found = _section(source, number, section, note, beside)
        problems += found
        if made is not None:
            sections.append(made)
    revision, found = _revision(source, note, beside)
    problems += [*found, *_twice(source, note)]
    return (_module(note, tuple(sections), folder, revision) if sections else None), problems


def _module(note: ModuleNote, sections: tuple[ModuleSection, ...], folder: str, revision: str) -> LearningModule:
    return LearningModule(
        note.module, note.title, note.summary, note.order, note.minutes, note.objectives, sections,
        note.key_points, note.references, folder, note.status, note.reviewed, note.review_by, revision,
    )  # fmt: skip


def _section(
    source: Source, number: int, section: SectionNote, note: ModuleNote, beside: Mapping[str, bytes]
) -> tuple[ModuleSection | None, list[Problem]]:
    """Read a section's text; without it the section is left out, with flaws in it it is kept."""
    body, problems = _text(source, ("sections", number, "file"), section.file, note, beside, frozenset(section.claims))
    if body is None:
        return None, problems
    made = ModuleSection(section.id, section.title, body, section.check, section.objectives, section.claims)
    return made, problems


def _revision(source: Source, note: ModuleNote, beside: Mapping[str, bytes]) -> tuple[str, list[Problem]]:
    if note.revision is None:
        return "", []
    body, problems = _text(source, ("revision",), note.revision, note, beside)
    return body or "", problems


def _text(
    source: Source, place: Path, file: str, note: ModuleNote, beside: Mapping[str, bytes],
    claims: frozenset[str] = frozenset(),
) -> tuple[str | None, list[Problem]]:  # fmt: skip
    """Read a Markdown file of the module and find its flaws."""
    raw = beside.get(file)
    if raw is None:
        hint = did_you_mean(file, (name for name in beside if name.endswith(".md")))
        return None, [source.problem(place, "B121", f"there is no file '{file}' beside the module", hint)]
    name = f"{source.file.rpartition('/')[0]}/{file}"
    try:
        body = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Problem(name, 1, 1, "Y008", "the file is not UTF-8", "save it as UTF-8 in your editor")]
    return body, list(text_problems(Text(name, body), frozenset(beside), frozenset(note.references), claims))


def _twice(source: Source, note: ModuleNote) -> list[Problem]:
    ids = [section.id for section in note.sections]
    return [
        source.problem(("sections", number, "id"), "B111", f"a second section '{each}'")
        for number, each in enumerate(ids)
        if each in ids[:number]
    ]
