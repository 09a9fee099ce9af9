"""A module as it is read: section by section, with numbered sources, figures and set-off passages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from training.core.claim import Claim
from training.core.library import LearningModule
from training.core.question import Citation
from training.core.term import Term
from training.services.learning import ReadingProgress
from training.ui.views.claims import said, verdict_badge
from training.ui.views.linking import TermLinks
from training.ui.views.words import cited, count, plain

_CITED = re.compile(r"\s?\[@([^\]]+)\]")
_FIGURE = re.compile(r'^!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]+)(?:\s+"(?P<caption>[^"]*)")?\)\s*$')
_CLAIMS = re.compile(r"^\[claims:(?P<ids>[^\]]*)\]$")
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
_LEAD = re.compile(r"^\*\*(?P<kind>Vignette|Worked decision|Contested|Verify locally)\.?\*\*\s*", re.IGNORECASE)

REFERENCES = "references"
"""The anchor that the numbers in the text lead to."""


class Kind(StrEnum):
    """What a passage is: the running text, or one that is set off from it."""

    PROSE = "prose"
    FIGURE = "figure"
    VIGNETTE = "vignette"
    DECISION = "worked decision"
    CONTESTED = "contested"
    VERIFY_LOCALLY = "verify locally"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a section in Markdown; a figure has its caption in `text`."""

    kind: Kind
    text: str
    file: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the list of contents."""

    id: str
    title: str
    read: bool
    here: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of a module, ready to draw."""

    module: str
    module_title: str
    id: str
    title: str
    position: str
    contents: tuple[Entry, ...]
    share: float
    share_text: str
    passages: tuple[Passage, ...]
    read: bool
    previous: Entry | None
    next: Entry | None
    key_points: tuple[str, ...]
    revision: bool
    sources: tuple[str, ...]
    sources_title: str

    @property
    def done_label(self) -> str:
        if self.next is None:
            return "Module is finished" if self.share == 1 else "Finish module"
        return "Next section" if self.read else "Mark as read and go on"


def section_view(
    progress: ReadingProgress, section_id: str, citations: Sequence[Citation], terms: Sequence[Term] = (),
    claims: Mapping[str, Claim] = MappingProxyType({}),
) -> SectionView | None:  # fmt: skip
    """Prepare one section; None where the module has none of this id. The last one also holds the key points."""
    module = progress.module
    ids = [section.id for section in module.sections]
    if section_id not in ids:
        return None
    here = ids.index(section_id)
    section = module.sections[here]
    contents = tuple(
        Entry(each.id, each.title, each.id in progress.finished, each.id == section_id) for each in module.sections
    )
    last = here == len(ids) - 1
    numbers = {citation.key: number for number, citation in enumerate(citations, start=1)}
    used = set(numbers) if last else _keys_in(section.body)
    return SectionView(
        module.slug, module.title, section.id, section.title, f"Section {here + 1} of {len(ids)}", contents,
        progress.share, f"{len(progress.finished)} of {count(len(ids), 'section')} read",
        tuple(passages(section.body, module, numbers, TermLinks(terms), claims)), section.id in progress.finished,
        contents[here - 1] if here else None, None if last else contents[here + 1],
        tuple(_numbered(point, numbers) for point in module.key_points) if last else (), bool(last and module.revision),
        tuple(f"**\\[{numbers[each.key]}\\]** {cited(each)}" for each in citations if each.key in used),
        "References of this module" if last else "References in this section",
    )  # fmt: skip


def revision_view(module: LearningModule) -> list[Passage]:
    """Prepare a module's revision sheet; the sources stand in the module."""
    return passages(_CITED.sub("", module.revision), module, {})


def passages(
    body: str, module: LearningModule, numbers: dict[str, int], links: TermLinks | None = None,
    claims: Mapping[str, Claim] = MappingProxyType({}),
) -> list[Passage]:  # fmt: skip
    """Cut a section's Markdown into running text, figures and set-off passages, in order."""
    found: list[Passage] = []
    for block in re.split(r"\n{2,}", body.strip()):
        shown = _CLAIMS.match(block.strip())
        passage = _verdicts(shown["ids"], claims) if shown else _passage(block, module, numbers, links or TermLinks(()))
        if found and passage.kind is Kind.PROSE and found[-1].kind is Kind.PROSE:
            found[-1] = Passage(Kind.PROSE, f"{found[-1].text}\n\n{passage.text}")
        else:
            found.append(passage)
    return found


def _verdicts(ids: str, claims: Mapping[str, Claim]) -> Passage:
    """Show claims as the register has them now; what a claim is called here stays the same when its verdict changes."""
    shown = [claims[name] for name in re.findall(r"[\w-]+", ids) if name in claims]
    lines = (f"- {said(each)} {verdict_badge(each)}  \n  {plain(each.finding)}" for each in shown)
    return Passage(Kind.CLAIMS, "\n".join(lines))


def _passage(block: str, module: LearningModule, numbers: dict[str, int], links: TermLinks) -> Passage:
    figure = _FIGURE.match(block.strip())
    if figure:
        caption = _numbered(figure["caption"] or "", numbers)
        return Passage(Kind.FIGURE, caption, f"{module.folder}/{figure['file']}", figure["alt"])
    if block.startswith(">"):
        inside = "\n".join(re.sub(r"^> ?", "", line) for line in block.splitlines())
        lead = _LEAD.match(inside)
        if lead:
            return Passage(Kind(lead["kind"].lower()), _numbered(links.linked(inside[lead.end() :]), numbers))
    return Passage(Kind.PROSE, _numbered(links.linked(block), numbers))


def _keys_in(body: str) -> set[str]:
    return {key for group in _CITED.findall(body) for key in _split(group)}


def _split(group: str) -> list[str]:
    return [key.strip().removeprefix("@") for key in group.split(";")]


def _numbered(text: str, numbers: dict[str, int]) -> str:
    """Turn `[@key; @other]` into small numbers that lead to the references; unknown keys stay readable.

    A number keeps its percent sign beside it, also at the end of a line.
    """

    def link(match: re.Match[str]) -> str:
        shown = sorted(str(numbers.get(key, key)) for key in _split(match[1]))
        return f" [\\[{', '.join(sorted(shown, key=_as_number))}\\]](#{REFERENCES})"

    return _BEFORE_PERCENT.sub("\N{NO-BREAK SPACE}", _CITED.sub(link, text))


def _as_number(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdecimal() else (10**6, text)


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in the list."""

    slug: str
    title: str
    summary: str
    about: str
    share: float
    share_text: str
    label: str
    resume_at: str
    revision: bool


def module_card(progress: ReadingProgress) -> ModuleCard:
    """Prepare a module for the list."""
    module = progress.module
    sections = count(len(module.sections), "section")
    done = f"{len(progress.finished)} of {sections} read"
    label = "Read again" if progress.share == 1 else "Read on" if progress.last_at else "Start reading"
    return ModuleCard(
        module.slug, module.title, plain(module.summary), f"{sections} · about {count(module.minutes, 'minute')}",
        progress.share, "Finished" if progress.share == 1 else done if progress.last_at else "Not started",
        label, progress.resume_at, bool(module.revision),
    )  # fmt: skip
