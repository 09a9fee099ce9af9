"""Banks, items, problems and coverage in words and rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import dedent

from training.core.coverage import Covered
from training.core.items import BY_TYPE, CHECK_YOURSELF, Item, Status
from training.core.library import Library
from training.core.problem import Problem, Severity
from training.core.question import Level, Safety
from training.services.authoring import BankSummary, ItemFilter, Listed
from training.ui.views.words import count, plain

STEM = 110
"""Characters of a stem in a list."""

BADGES = {Safety.SENTINEL: "red", Safety.CRITICAL: "orange"}
STATUS_BADGES = {Status.APPROVED: "green", Status.REVIEW: "blue", Status.DRAFT: "gray", Status.RETIRED: "gray"}
EXAMPLE = re.compile(r"^((?:Bad|Good)[^\n]*:)\n((?:    [^\n]*\n|\n)+)", re.MULTILINE)
STATUSES = (Status.APPROVED, Status.REVIEW, Status.DRAFT, Status.RETIRED)
SEVERITIES = {
    Severity.ERROR: (":red[:material/error:]", "Error", "the item is left out until it is mended"),
    Severity.WARNING: (":orange[:material/warning:]", "Warning", "the item is used, but look at it"),
    Severity.ADVICE: (":blue[:material/lightbulb:]", "Advice", "worth a thought"),
}


def word(name: str) -> str:
    """Say a name from the files as a word: `single_best` is Single best."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def any_of(what: str, names: Sequence[str]) -> dict[str, str]:
    """Give choices from names as they stand in the files, with the one that leaves all open first."""
    return {"": f"Any {what}"} | {name: word(name) for name in names}


def item_choices(library: Library, domain: str) -> dict[str, dict[str, str]]:
    """Give what each filter of the items may be; objectives are those of the domain where one is chosen."""
    objectives = [each for place in library.domains if domain in ("", place.id) for each in place.objectives]
    return {
        "bank": {"": "Any bank"} | {slug: bank.title for slug, bank in sorted(library.banks.items())},
        "domain": {"": "Any domain"} | {each.id: f"{each.id} {each.title}" for each in library.domains},
        "objective": {"": "Any objective"} | {each.id: f"{each.id} {each.text}" for each in objectives},
        "level": any_of("level", list(Level)),
        "safety": any_of("safety", list(Safety)),
        "status": any_of("status", list(Status)),
        "type": any_of("type", list(BY_TYPE)),
    }


def filtered_by(wanted: ItemFilter, library: Library) -> str:
    """Say in Markdown which filters are in use."""
    choices = item_choices(library, wanted.domain)
    said = [choices[name].get(value, value) for name in choices if (value := getattr(wanted, name))]
    return " · ".join(plain(each) for each in [*said, *([f"“{wanted.text}”"] if wanted.text else [])])


@dataclass(frozen=True, slots=True)
class BankCard:
    """One bank in the list."""

    slug: str
    title: str
    file: str
    counts: str
    rows: tuple[tuple[str, str], ...]
    trouble: str


def bank_card(summary: BankSummary) -> BankCard:
    """Prepare one bank."""
    total = len(summary.bank.items)
    trouble = [count(summary.errors, "error")] if summary.errors else []
    trouble += [count(summary.warnings, "warning")] if summary.warnings else []
    return BankCard(
        summary.bank.slug, plain(summary.bank.title), summary.bank.file,
        f"{count(total, 'item')} · {summary.drawable} for quizzes",
        (
            ("Status", _counts(summary.status, STATUSES)), ("Type", _counts(summary.type, list(BY_TYPE))),
            ("Level", _counts(summary.level, list(Level))), ("Safety", _counts(summary.safety, list(Safety))),
        ),
        " and ".join(trouble),
    )  # fmt: skip


def _counts(counts: Mapping[str, int], order: Sequence[str]) -> str:
    return " · ".join(f"{counts[name]} {word(name).lower()}" for name in order if counts.get(name)) or "–"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item in the list: the link's words, and what is worth knowing of it as Markdown badges."""

    id: str
    label: str
    about: str


def item_row(listed: Listed) -> ItemRow:
    """Prepare one item."""
    item = listed.item
    stem = item.stem if len(item.stem) <= STEM else item.stem[: STEM - 1].rsplit(" ", 1)[0] + " …"
    return ItemRow(item.id, plain(stem), f"`{item.id}` {badges(item)}")


def badges(item: Item) -> str:
    """Say status, safety, objective, level and type; colour only repeats what the words say."""
    said = [f":{STATUS_BADGES[item.status]}-badge[{word(item.status)}]"]
    if item.safety in BADGES:
        said.append(f":{BADGES[item.safety]}-badge[:material/health_and_safety: {word(item.safety)}]")
    said += [f":gray-badge[{each}]" for each in (item.objective, word(item.level), word(item.type))]
    if CHECK_YOURSELF in item.tags:
        said.append(":gray-badge[Check yourself]")
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem: where, what, and what to do."""

    code: str
    headline: str
    place: str
    hint: str


def problem_row(problem: Problem) -> ProblemRow:
    """Prepare one problem."""
    icon, name, _ = SEVERITIES[problem.severity]
    place = f"line {problem.line}, column {problem.column}"
    headline = f"{icon} **{name} {problem.code}** {plain(problem.message)}"
    return ProblemRow(problem.code, headline, place, plain(problem.hint[:1].upper() + problem.hint[1:]))


def manual_page(code: str, page: str) -> str:
    """Write a page of the manual in Markdown, its examples as code."""
    title, _, rest = page.partition("\n")
    # As text: the colours Streamlit gives to YAML are too pale to read.
    body = EXAMPLE.sub(lambda found: f"{found[1]}\n\n```text\n{dedent(found[2]).strip()}\n```\n\n", rest + "\n")
    return f"**{code}: {title.rstrip('.')}**\n\n{body.strip()}"


def problems_in_words(problems: Sequence[Problem]) -> str:
    """Say how many problems of each sort there are."""
    counts = {severity: sum(1 for each in problems if each.severity is severity) for severity in Severity}
    return ", ".join(
        f"{number} {SEVERITIES[severity][1].lower()}{'s' if number != 1 and severity is not Severity.ADVICE else ''}"
        for severity, number in counts.items()
        if number
    )


def by_file(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Put the problems of each file together, in the order they come."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.file, []).append(problem)
    return files


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One objective in the matrix: its place, how many items it has, and what to say of it."""

    domain: int
    column: int
    drawable: int
    safety: str
    told: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The matrix, the same as rows, and the gaps named."""

    domains: tuple[str, ...]
    cells: tuple[CoverageCell, ...]
    rows: tuple[tuple[str, ...], ...]
    gaps: tuple[str, ...]
    thin: tuple[str, ...]
    in_words: str
    summary: str


def coverage_view(covered: Sequence[Covered]) -> CoverageView:
    """Work out the coverage of the objectives by approved items."""
    domains = list(dict.fromkeys((each.domain.id, each.domain.title) for each in covered))
    place = {domain_id: number for number, (domain_id, _) in enumerate(domains)}
    held = [each for each in covered if each.held_back]
    gaps = _safety_first([each for each in covered if each.drawable == 0 and not each.held_back])
    thin = _safety_first([each for each in covered if each.drawable and each.missing])
    waiting = sum(each.waiting for each in covered)
    critical = sum(1 for each in gaps if each.objective.safety is not Safety.NONE)
    summary = (
        f"{len(covered) - len(gaps) - len(held)} of {count(len(covered), 'objective')} have approved items for exams. "
        f"{len(gaps)} have none, {critical} of them safety-critical; {len(thin)} have fewer than they need. "
        f"{count(waiting, 'item')} in review {'waits' if waiting == 1 else 'wait'} for an expert and "
        f"{'stays' if waiting == 1 else 'stay'} out of quizzes until then."
        + "".join(f" Objective {each.objective.id} awaits {each.objective.awaits}." for each in held)
    )
    return CoverageView(
        tuple(f"{domain_id} {title}" for domain_id, title in domains),
        tuple(_cell(each, place[each.domain.id]) for each in covered), tuple(_row(each) for each in covered),
        tuple(_named(each) for each in gaps), tuple(_named(each) for each in thin),
        f"Matrix of {count(len(covered), 'objective')} in {count(len(domains), 'domain')} with the number of approved "
        f"items of each. {summary}",
        summary,
    )  # fmt: skip


def _cell(each: Covered, domain: int) -> CoverageCell:
    levels = ", ".join(f"{name} {number}" for name, number in each.levels.items()) or "none"
    told = (
        f"{each.objective.id} {each.objective.text}", f"Safety: {each.objective.safety}",
        f"Approved: {each.drawable} ({levels})", f"In work: {each.in_work}, check yourself: {each.check_yourself}",
    )  # fmt: skip
    column = int(each.objective.id.partition(".")[2])
    return CoverageCell(domain, column, each.drawable, each.objective.safety.value, "\n".join(told))


def _row(each: Covered) -> tuple[str, ...]:
    safety = "" if each.objective.safety is Safety.NONE else each.objective.safety.value
    levels = tuple(str(each.levels.get(level, 0)) for level in Level)
    return (each.objective.id, plain(each.objective.text), safety, *levels, str(each.drawable), str(each.in_work))


def _named(each: Covered) -> str:
    safety = "" if each.objective.safety is Safety.NONE else f" :red-badge[{word(each.objective.safety)}]"
    work = f" ({each.in_work} in work)" if each.in_work else ""
    return f"**{each.objective.id}**{safety} {plain(each.objective.text)}: {each.drawable} of {each.needed}{work}"


def _safety_first(found: list[Covered]) -> list[Covered]:
    weight = {safety: number for number, safety in enumerate(Safety)}
    return sorted(found, key=lambda each: weight[each.objective.safety])
