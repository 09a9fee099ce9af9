"""The items a blueprint can draw from, indexed once so that every draw is quick."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil

from training.core.blueprint import Mode, Programme, Quota
from training.core.interaction import options_of
from training.core.items.item import Item
from training.core.library import Library
from training.core.question import Question, digest


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A question ready to be asked, and how its options may be shuffled."""

    question: Question
    digest: str
    free: tuple[str, ...]
    anchored: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """An item ready to be drawn: its questions (several for a case), its enemies.

    `item` is given where its values are random, so that its questions are made anew for each form.
    """

    item_id: str
    parts: tuple[Part, ...]
    enemies: frozenset[str]
    item: Item | None = None

    @property
    def size(self) -> int:
        """How many questions of a quota it fills."""
        return len(self.parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """One quota, the section it belongs to and the candidates that fit it, ordered by item id."""

    quota: Quota
    section: int
    candidates: Sequence[Candidate]
    size: int
    """How many questions its candidates have together."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A programme with its cells; `overlapping` where one item fits several cells."""

    programme: Programme
    cells: tuple[Cell, ...]
    overlapping: bool
    domains: tuple[tuple[str, str], ...]
    content: str
    items: Mapping[str, Item] = field(default_factory=dict)
    """The items that candidates were made from, by id."""
    pretest: tuple[Candidate, ...] = ()
    """Approved items on trial: they are asked but not scored, each a single question."""

    def as_of(self, today: date) -> "Pool":
        """Leave out, of an exam, the items whose review date passed longer ago than the policy allows."""
        policy = self.programme.policy
        last = today - timedelta(days=policy.grace_days)
        late = {item.id for item in self.items.values() if item.review_by and item.review_by < last}
        if policy.mode is not Mode.EXAM or not late:
            return self
        cells = (
            _cell(cell.quota, cell.section, [each for each in cell.candidates if each.item_id not in late])
            for cell in self.cells
        )
        return replace(self, cells=tuple(cells))


def build_pool(programme: Programme, library: Library) -> Pool:
    """Index the drawable items of the programme's banks by the cells of its blueprint."""
    banks = [library.banks[slug] for slug in programme.banks if slug in library.banks]
    items = sorted(
        (item for bank in banks for item in bank.items if may_ask(programme, item)), key=lambda item: item.id
    )
    made = dict(zip((item.id for item in items), _candidates(items, library), strict=True))
    kinds = _by_kind(items)
    cells = tuple(
        _cell(quota, number, [made[item.id] for item in _taken(quota, kinds)])
        for number, section in enumerate(programme.blueprint.sections)
        for quota in section.quotas
    )
    fits = Counter(candidate.item_id for cell in cells for candidate in cell.candidates)
    overlapping = any(count > 1 for count in fits.values())
    trial = on_trial(programme, library)
    pretest = tuple(_candidates(trial, library))
    titles, by_id = tuple(library.domain_titles().items()), {item.id: item for item in [*items, *trial]}
    return Pool(programme, cells, overlapping, titles, library.digest, by_id, pretest)


def may_ask(programme: Programme, item: Item) -> bool:
    """Say whether a programme's attempts may ask an item of its banks, and score it."""
    return item.scorable if programme.policy.mode is Mode.EXAM else item.drawable


def _cell(quota: Quota, section: int, candidates: Sequence[Candidate]) -> Cell:
    return Cell(quota, section, tuple(candidates), sum(candidate.size for candidate in candidates))


def _by_kind(items: Sequence[Item]) -> list[list[Item]]:
    """Group items that no quota can tell apart, so that each quota is asked once for a group."""
    kinds: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        kinds.setdefault((item.objective, item.level, item.safety, item.tags, item.type), []).append(item)
    return list(kinds.values())


def _taken(quota: Quota, kinds: Sequence[Sequence[Item]]) -> list[Item]:
    found = (item for kind in kinds if quota.takes(kind[0]) for item in kind)
    return sorted(found, key=lambda item: item.id)


def _candidates(items: Sequence[Item], library: Library) -> Iterable[Candidate]:
    enemies = _enemies_both_ways(items)
    for item in items:
        parts = tuple(part_of(_with_citations(question, item, library)) for question in item.questions(seed=0))
        yield Candidate(item.id, parts, enemies.get(item.id, frozenset()), item if item.varies else None)


def part_of(question: Question) -> Part:
    """Make a question ready to be asked."""
    options = options_of(question.interaction)
    return Part(
        question, digest(question),
        tuple(option.id for option in options if not option.anchored),
        tuple(option.id for option in options if option.anchored),
    )  # fmt: skip


def _with_citations(question: Question, item: Item, library: Library) -> Question:
    known = (library.references.get(key) for key in item.references)
    return replace(question, citations=tuple(reference.cited() for reference in known if reference))


def _enemies_both_ways(items: Sequence[Item]) -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    for item in items:
        for enemy in item.enemies:
            pairs.setdefault(item.id, set()).add(enemy)
            pairs.setdefault(enemy, set()).add(item.id)
    return {item_id: frozenset(found) for item_id, found in pairs.items()}


def on_trial(programme: Programme, library: Library) -> list[Item]:
    """List the items of a programme's banks that may be asked to try them out, each a single question."""
    banks = [library.banks[slug] for slug in programme.banks if slug in library.banks]
    found = (item for bank in banks for item in bank.items if item.on_trial and item.size == 1)
    return sorted(found, key=lambda item: item.id)


def needed_on_trial(percent: float, scored: int) -> int:
    """Say how many pretest questions make at least so many percent of a form beside those that are scored."""
    share = percent / 100
    return ceil(round(scored * share / (1 - share), 6))


def shortfall(quota: Quota, have: int) -> str:
    """Word one shortage."""
    return f"{quota.name}: needs {quota.count}, has {have}"
