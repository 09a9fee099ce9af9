"""What rests on a claim: all that must be looked at again when its verdict changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.claim import Claim, Misconception
from training.core.items.item import Item
from training.core.items.options import OptionsItem
from training.core.library import LearningModule, Library, ModuleSection
from training.core.pool import may_ask

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class RestingItem:
    """An item that names the claim, or one of whose distractors embodies a misconception that does."""

    bank: Bank
    item: Item
    named: bool
    beliefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestingSection:
    """A section of a module that names the claim."""

    module: LearningModule
    section: ModuleSection


@dataclass(frozen=True, slots=True)
class Resting:
    """All content that rests on one claim; of the programmes, those that can draw one of the items."""

    claim: Claim
    misconceptions: tuple[Misconception, ...]
    items: tuple[RestingItem, ...]
    sections: tuple[RestingSection, ...]
    programmes: tuple[Programme, ...]


def resting_on(library: Library, claim: Claim) -> Resting:
    """Find everything that rests on a claim."""
    beliefs = tuple(each for each in library.misconceptions.values() if claim.id in each.claims)
    items = tuple(_items(library, claim.id, frozenset(each.id for each in beliefs)))
    sections = tuple(
        RestingSection(module, section)
        for module in library.modules.values()
        for section in module.sections
        if claim.id in section.claims
    )
    programmes = tuple(each for each in library.programmes.values() if any(_may_draw(each, row) for row in items))
    return Resting(claim, beliefs, items, sections, programmes)


def _items(library: Library, claim: str, beliefs: frozenset[str]) -> Iterator[RestingItem]:
    for bank in library.banks.values():
        for item in bank.items:
            named = claim in item.claims
            mine = tuple(sorted({name for _, name in beliefs_of(item) if name in beliefs})) if beliefs else ()
            if named or mine:
                yield RestingItem(bank, item, named, mine)


def _may_draw(programme: Programme, row: RestingItem) -> bool:
    quotas = (quota for section in programme.blueprint.sections for quota in section.quotas)
    return (
        may_ask(programme, row.item)
        and row.bank.slug in programme.banks
        and any(quota.takes(row.item) for quota in quotas)
    )


def beliefs_of(item: Item) -> Iterator[tuple[Place, str]]:
    """Give the misconceptions that an item's distractors embody, and where each stands in it."""
    if isinstance(item, OptionsItem):  # most items, and much quicker
        notes = ((("options", number, "misconception"), each.misconception) for number, each in enumerate(item.options))
        return ((place, name) for place, name in notes if name)
    return _named(item.model_dump(exclude_defaults=True), "misconception")


def _named(node: Any, field: str, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Find a field anywhere in plain data, whatever the type of item."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name == field and isinstance(value, str):
                yield (*place, name), value
            else:
                yield from _named(value, field, (*place, name))
    elif isinstance(node, list | tuple):
        for number, value in enumerate(node):
            yield from _named(value, field, (*place, number))
