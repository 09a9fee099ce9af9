"""Item types: ways of writing a question. A new type is one file here and one line in ITEM_TYPES."""

from training.core.items.item import CHECK_YOURSELF, ExampleAnswers, Item, Status
from training.core.items.multiple_response import MultipleResponse
from training.core.items.numeric import Numeric
from training.core.items.single_best import SingleBest
from training.core.items.true_false import TrueFalse

ITEM_TYPES: tuple[type[Item], ...] = (
    SingleBest,
    MultipleResponse,
    TrueFalse,
    Numeric,
)

BY_TYPE: dict[str, type[Item]] = {item_type.TYPE: item_type for item_type in ITEM_TYPES}

__all__ = ["BY_TYPE", "CHECK_YOURSELF", "ITEM_TYPES", "ExampleAnswers", "Item", "Status"]
