"""Item types: ways of writing a question. A new type is one file here and one line in `plain.py`."""

from training.core.items.case import PART_TYPES, Case
from training.core.items.item import CHECK_YOURSELF, ExampleAnswers, Item, Status
from training.core.items.plain import PLAIN_TYPES

ITEM_TYPES: tuple[type[Item], ...] = (*PLAIN_TYPES, Case)

BY_TYPE: dict[str, type[Item]] = {item_type.TYPE: item_type for item_type in ITEM_TYPES}

__all__ = ["BY_TYPE", "CHECK_YOURSELF", "ITEM_TYPES", "PART_TYPES", "ExampleAnswers", "Item", "Status"]
