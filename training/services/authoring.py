"""The author's side, to read: banks and their items, problems, coverage of the objectives, one item in full."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from training.content.rules import codes
from training.content.rules import manual as manual_page
from training.content.source import read_source
from training.content.trying import Tried
from training.core.bank import Bank
from training.core.coverage import Covered, covered
from training.core.dice import Dice
from training.core.form import order_of
from training.core.items import Item
from training.core.library import Domain, Library, Objective, Reference
from training.core.permission import Action, Actor, permit
from training.core.pool import part_of
from training.core.problem import Problem, Severity
from training.core.question import Question
from training.core.refusal import NotFound
from training.services.app import App


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items are wanted; what is left empty may be anything. `text` is looked for in all an author wrote."""

    bank: str = ""
    domain: str = ""
    objective: str = ""
    level: str = ""
    safety: str = ""
    status: str = ""
    type: str = ""
    text: str = ""

    def takes(self, bank: Bank, item: Item) -> bool:
        """Say whether an item of a bank is wanted."""
        facts = {"bank": bank.slug, "domain": item.domain, "objective": item.objective, "level": item.level,
                 "safety": item.safety, "status": item.status, "type": item.type}  # fmt: skip
        wanted = {name: getattr(self, name) for name in facts if getattr(self, name)}
        return all(facts[name] == value for name, value in wanted.items()) and self._mentions(item)

    def _mentions(self, item: Item) -> bool:
        words = self.text.casefold().split()
        if not words:
            return True
        written = item.model_dump_json().casefold()
        return all(word in written for word in words)


Written = tuple[int, tuple[Problem, ...]]
"""Where an item stands in its file, and what is wrong with it there."""

PICTURED = ("modules", "question_banks")
PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})
FILTERS = tuple(field.name for field in fields(ItemFilter))


@dataclass(frozen=True, slots=True)
class Listed:
    """An item and the bank it is in."""

    bank: Bank
    item: Item


@dataclass(frozen=True, slots=True)
class BankSummary:
    """A bank, how many items of each sort it has, and how many problems its file has."""

    bank: Bank
    drawable: int
    status: Mapping[str, int]
    type: Mapping[str, int]
    level: Mapping[str, int]
    safety: Mapping[str, int]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Preview:
    """One item in full: the question as a learner gets it, what surrounds it, and its neighbours in the list.

    `order` is how its options are shown; of a case `question` is number `part` of `parts`, both counted from 1.
    `line` is where it begins in its bank's file, 0 where the file cannot be read just now. `place` counts from 0.
    """

    bank: Bank
    item: Item
    question: Question
    domain: Domain | None
    objective: Objective | None
    references: tuple[tuple[str, Reference | None], ...]
    enemies: tuple[str, ...]
    order: tuple[str, ...]
    part: int
    parts: int
    line: int
    problems: tuple[Problem, ...]
    place: int
    total: int
    previous: str | None
    next: str | None


def banks(app: App, actor: Actor) -> list[BankSummary]:
    """List the banks by title."""
    permit(actor, Action.READ_CONTENT)
    found = app.content.problems(app.now().date())
    return [_summary(bank, found) for bank in sorted(app.library.banks.values(), key=lambda each: each.title)]


def items(app: App, actor: Actor, wanted: ItemFilter) -> list[Listed]:
    """List the items wanted, bank by bank in the authors' order."""
    permit(actor, Action.READ_CONTENT)
    return _listed(app.library, wanted)


def library(app: App, actor: Actor) -> Library:
    """Give the content as it stands, for what can be chosen from."""
    permit(actor, Action.READ_CONTENT)
    return app.library


def pictures(app: App, actor: Actor) -> list[str]:
    """List the pictures of the content folder, as items name them."""
    permit(actor, Action.READ_CONTENT)
    root = app.settings.content_dir
    found = (file for folder in PICTURED for file in (root / folder).rglob("*") if file.suffix.lower() in PICTURES)
    return sorted(file.relative_to(root).as_posix() for file in found)


def problems(app: App, actor: Actor) -> Sequence[Problem]:
    """List what is wrong in the files as they stand now: errors first, then by place."""
    permit(actor, Action.READ_CONTENT)
    weight = {severity: number for number, severity in enumerate(Severity)}
    return sorted(app.content.problems(app.now().date()), key=lambda each: (weight[each.severity], each))


def manual(app: App, actor: Actor, code: str) -> str:  # noqa: ARG001 - every service takes the same two
    """Give the manual page of a problem code, in Markdown. Raises NotFound."""
    permit(actor, Action.READ_CONTENT)
    if code not in codes():
        raise NotFound(f"There is no problem code {code}.")
    return manual_page(code)


def coverage(app: App, actor: Actor) -> list[Covered]:
    """Count the items of every objective, in the blueprint's order."""
    permit(actor, Action.READ_CONTENT)
    return covered(app.library)


def preview(
    app: App, actor: Actor, item_id: str, wanted: ItemFilter, seed: int | None = None, part: int = 1
) -> Preview:
    """Give one item in full, with its neighbours among the items wanted.

    A seed shuffles its options and draws its random values; `part` says which question of a case is wanted.

    Raises NotFound.
    """
    permit(actor, Action.READ_CONTENT)
    content = app.library
    listed = _listed(content, wanted)
    here = next((each for each in listed if each.item.id == item_id), None)
    if here is None:  # it may have left the list since: an edit changed what the list filters by
        listed = _listed(content, ItemFilter())
        here = next((each for each in listed if each.item.id == item_id), None)
    if here is None:
        raise NotFound(f"There is no item '{item_id}' in the banks.")
    lines = _lines(app, here)
    found = (each for each in app.content.problems(app.now().date()) if each.line in lines)
    about = tuple(each for each in found if each.file == here.bank.file)
    return _preview(content, here, listed, seed, part, (lines.start, about))


def exists(app: App, actor: Actor, item_id: str) -> bool:
    """Say whether the content that is served has an item."""
    permit(actor, Action.READ_CONTENT)
    return app.library.item(item_id) is not None


def preview_tried(
    actor: Actor, tried: Tried, bank: Bank, item: Item, seed: int | None = None, part: int = 1
) -> Preview:
    """Give an item in full as it stands in a text that is not saved yet."""
    permit(actor, Action.READ_CONTENT)
    here = Listed(bank, item)
    lines = tried.lines.get(item.id, range(0))
    about = tuple(each for each in tried.problems if each.line in lines)
    return _preview(tried.library, here, [here], seed, part, (lines.start, about))


def _preview(
    content: Library, here: Listed, listed: Sequence[Listed], seed: int | None, part: int, written: Written
) -> Preview:
    line, problems = written
    item, place = here.item, listed.index(here)
    references = tuple((key, content.references.get(key)) for key in item.references)
    questions = item.questions(seed or 0)
    number = min(max(part, 1), len(questions))
    citations = tuple(reference.cited() for _, reference in references if reference)
    question = replace(questions[number - 1], citations=citations)
    order = order_of(part_of(question), Dice(seed) if seed is not None else None)
    domain = next((each for each in content.domains if each.id == item.domain), None)
    return Preview(
        here.bank, item, question, domain,
        next((each for each in content.objectives() if each.id == item.objective), None), references,
        _enemies(content, item), order, number, len(questions), line, problems,
        place, len(listed), listed[place - 1].item.id if place else None,
        listed[place + 1].item.id if place + 1 < len(listed) else None,
    )  # fmt: skip


def _lines(app: App, here: Listed) -> range:
    """Find the lines of an item in its bank's file as it is now; none where the file cannot be read."""
    try:
        source, _ = read_source(here.bank.file, (app.settings.content_dir / here.bank.file).read_bytes())
    except OSError:
        return range(0)
    written = source.data.get("items") if source and isinstance(source.data, dict) else None
    ids = [each.get("id") if isinstance(each, dict) else None for each in written or ()]
    if source is None or here.item.id not in ids:
        return range(0)
    number = ids.index(here.item.id)
    after = source.place(("items", number + 1))[0] if number + 1 < len(ids) else source.text.count("\n") + 2
    return range(source.place(("items", number))[0], after)


def _listed(content: Library, wanted: ItemFilter) -> list[Listed]:
    in_order = sorted(content.banks.values(), key=lambda each: each.title)
    return [Listed(bank, item) for bank in in_order for item in bank.items if wanted.takes(bank, item)]


def _enemies(content: Library, item: Item) -> tuple[str, ...]:
    """Name the item's enemies, whichever of the two says so."""
    said = set(item.enemies) | {other.id for other in content.items() if item.id in other.enemies}
    return tuple(sorted(said))


def _summary(bank: Bank, found: Sequence[Problem]) -> BankSummary:
    mine = Counter(problem.severity for problem in found if problem.file == bank.file)
    return BankSummary(
        bank, sum(item.drawable for item in bank.items),
        Counter(item.status.value for item in bank.items), Counter(item.type for item in bank.items),
        Counter(item.level.value for item in bank.items), Counter(item.safety.value for item in bank.items),
        mine[Severity.ERROR], mine[Severity.WARNING] + mine[Severity.ADVICE],
    )  # fmt: skip
