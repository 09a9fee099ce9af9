"""A named set of items, one YAML file."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.items.item import Item


@dataclass(frozen=True, slots=True)
class Bank:
    """Items as authored, in the author's order."""

    slug: str
    title: str
    items: Sequence[Item]
    file: str = ""
