"""The items a blueprint can draw from, indexed once so that every draw is quick."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from training.core.blueprint import Blueprint, Programme, Quota
from training.core.interaction import options_of
from training.core.items.item import Item
from training.core.library import Library
from training.core.question import Question, digest


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """An item ready to be drawn: its question, how its options may be shuffled, its enemies."""

    item_id: str
    question: Question
    digest: str
    free: tuple[str, ...]
    anchored: tuple[str, ...]
    enemies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One quota, the section it belongs to and the candidates that fit it, ordered by item id."""

    quota: Quota
    section: int
    candidates: Sequence[Candidate]


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


def build_pool(programme: Programme, library: Library) -> Pool:
    """Index the drawable items of the programme's banks by the cells of its blueprint."""
    banks = [library.banks[slug] for slug in programme.banks if slug in library.banks]
    items = sorted((item for bank in banks for item in bank.items if item.drawable), key=lambda item: item.id)
    made = dict(zip((item.id for item in items), _candidates(items, library), strict=True))
    kinds = _by_kind(items)
    cells = tuple(
        Cell(quota, number, tuple(made[item.id] for item in _taken(quota, kinds)))
        for number, section in enumerate(programme.blueprint.sections)
        for quota in section.quotas
    )
    fits = Counter(candidate.item_id for cell in cells for candidate in cell.candidates)
    overlapping = any(count > 1 for count in fits.values())
    titles, by_id = tuple(library.domain_titles().items()), {item.id: item for item in items}
    return Pool(programme, cells, overlapping, titles, library.digest, by_id)


def _by_kind(items: Sequence[Item]) -> list[list[Item]]:
    """Group items that no quota can tell apart, so that each quota is asked once for a group."""
    kinds: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        kinds.setdefault((item.objective, item.level, item.safety, item.tags), []).append(item)
    return list(kinds.values())


def _taken(quota: Quota, kinds: Sequence[Sequence[Item]]) -> list[Item]:
    found = (item for kind in kinds if quota.takes(kind[0]) for item in kind)
    return sorted(found, key=lambda item: item.id)


def _candidates(items: Sequence[Item], library: Library) -> Iterable[Candidate]:
    enemies = _enemies_both_ways(items)
    for item in items:
        question = _with_citations(item.question(seed=0), item, library)
        options = options_of(question.interaction)
        yield Candidate(
            item.id, question, digest(question),
            tuple(option.id for option in options if not option.anchored),
            tuple(option.id for option in options if option.anchored),
            enemies.get(item.id, frozenset()),
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


def shortfalls(blueprint: Blueprint, items: Sequence[Item]) -> list[str]:
    """Name each quota that the drawable items cannot fill, taken by itself: `domain 5 × apply: needs 6, has 4`."""
    drawable = [item for item in items if item.drawable]
    return [
        shortfall(quota, have)
        for section in blueprint.sections
        for quota in section.quotas
        if (have := sum(1 for item in drawable if quota.takes(item))) < quota.count
    ]


def shortfall(quota: Quota, have: int) -> str:
    """Word one shortage."""
    return f"{quota.name}: needs {quota.count}, has {have}"
