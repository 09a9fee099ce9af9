"""How well the banks cover the blueprint: items for every objective, and what is missing to its figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from training.core.items import BY_TYPE
from training.core.items.item import CHECK_YOURSELF, Item, Status
from training.core.library import Domain, Library, Objective
from training.core.question import Level, Safety

NEEDED: Mapping[Safety, int] = {Safety.NONE: 4, Safety.CRITICAL: 6, Safety.SENTINEL: 8}
"""Items for an objective, so that a second and a third try meet fresh ones."""

ITEMS, OF_EACH_TYPE = 480, 12
LEAST_JUDGEMENT, MOST_TRUE_FALSE = 60, 5
"""Percent of the items that ask for more than recall, and that are true or false."""


@dataclass(frozen=True, slots=True)
class Covered:
    """An objective, the approved items that exams can draw for it, by level, and those still in work."""

    domain: Domain
    objective: Objective
    drawable: int
    levels: Mapping[str, int]
    in_work: int
    waiting: int
    """Of those in work, the ones in review."""
    check_yourself: int

    @property
    def needed(self) -> int:
        return NEEDED[self.objective.safety]

    @property
    def held_back(self) -> bool:
        """Whether its items are written and wait, as they must, for what the objective awaits."""
        return bool(self.objective.awaits) and self.drawable + self.waiting >= self.needed

    @property
    def missing(self) -> int:
        return 0 if self.held_back else max(0, self.needed - self.drawable)


def covered(library: Library) -> list[Covered]:
    """Count the items of every objective, in the blueprint's order."""
    of: dict[str, list[Item]] = {}
    for item in library.items():
        of.setdefault(item.objective, []).append(item)
    return [
        _covered(domain, objective, of.get(objective.id, []))
        for domain in library.domains
        for objective in domain.objectives
    ]


def _covered(domain: Domain, objective: Objective, found: Sequence[Item]) -> Covered:
    drawable = [item for item in found if item.scorable]
    status = Counter(item.status for item in found)
    waiting = sum(1 for item in found if _waits(item))
    return Covered(
        domain, objective, len(drawable), Counter(item.level.value for item in drawable),
        status[Status.DRAFT] + status[Status.REVIEW], waiting,
        sum(1 for item in found if item.status is Status.APPROVED and CHECK_YOURSELF in item.tags),
    )  # fmt: skip


def _waits(item: Item) -> bool:
    return item.status is Status.REVIEW and CHECK_YOURSELF not in item.tags


@dataclass(frozen=True, slots=True)
class Stock:
    """All the items that exams can draw, in numbers; `practice` counts by type those that only practice may ask."""

    items: int
    levels: Mapping[str, int]
    types: Mapping[str, int]
    waiting: int
    practice: Mapping[str, int] = field(default_factory=dict)

    @property
    def judgement(self) -> float:
        """Percent that ask for application or judgement."""
        return self._percent(self.items - self.levels.get(Level.RECALL, 0))

    @property
    def true_false(self) -> float:
        """Percent that are true or false."""
        return self._percent(self.types.get("true_false", 0))

    def _percent(self, some: int) -> float:
        return 100 * some / self.items if self.items else 0.0


def stock(library: Library) -> Stock:
    """Count everything that can be drawn, and what waits in review."""
    items = list(library.items())
    drawable = [item for item in items if item.scorable]
    return Stock(
        len(drawable), Counter(item.level.value for item in drawable), Counter(item.type for item in drawable),
        sum(1 for item in items if _waits(item)),
        Counter(item.type for item in items if item.drawable and item.practice_only),
    )  # fmt: skip


def wants(rows: Sequence[Covered], total: Stock) -> list[str]:
    """Name every figure that is not reached, in words."""
    found = [
        f"objective {row.objective.id} ({row.objective.safety}): needs {row.needed} items, has {row.drawable}"
        for row in rows
        if row.missing
    ]
    if total.items < ITEMS:
        found.append(f"all: needs {ITEMS} items, has {total.items}")
    if total.judgement < LEAST_JUDGEMENT:
        found.append(f"application or judgement: needs {LEAST_JUDGEMENT} %, has {total.judgement:.0f} %")
    if total.true_false > MOST_TRUE_FALSE:
        found.append(f"true or false: at most {MOST_TRUE_FALSE} %, has {total.true_false:.1f} %")
    in_use = Counter(total.types) + Counter(total.practice)
    found += [
        f"type {name}: needs {OF_EACH_TYPE} items, has {in_use[name]}"
        for name in BY_TYPE
        if name != "true_false" and in_use[name] < OF_EACH_TYPE
    ]
    return found


def held_back(rows: Sequence[Covered]) -> list[str]:
    """Name each objective whose items wait for something that the project cannot give itself."""
    return [
        f"objective {row.objective.id} ({row.objective.safety}): {row.waiting} items wait for {row.objective.awaits}"
        for row in rows
        if row.held_back
    ]
