"""Misconceptions are found in every type of item, wherever an author writes one."""

import pytest

from training.content.banks import load_bank
from training.core.items import ITEM_TYPES
from training.core.items.item import Item
from training.core.resting import beliefs_of


def example(item_type: type[Item], old: str, new: str) -> Item:
    """The type's own example, with a misconception at one of its options."""
    lines = item_type.EXAMPLE.replace(old, new, 1).splitlines()
    entry = "\n".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))
    bank, problems = load_bank("demo.yaml", f"bank: demo\ntitle: Demo\nitems:\n{entry}\n")
    assert problems == []
    return bank.items[0]


@pytest.mark.parametrize("item_type", ITEM_TYPES, ids=lambda each: each.TYPE)
def test_the_place_found_is_where_the_author_wrote_it(item_type: type[Item]) -> None:
    for place, name in beliefs_of(example(item_type, "", "")):
        node = example(item_type, "", "").model_dump()
        for step in place:
            node = node[step]
        assert node == name


def test_an_option_that_embodies_one_is_found_quickly_and_slowly_alike() -> None:
    single = next(each for each in ITEM_TYPES if each.TYPE == "single_best")
    first = next(line for line in single.EXAMPLE.splitlines() if line.strip().startswith("why:"))
    item = example(single, first, f"{' ' * (len(first) - len(first.lstrip()))}misconception: m43\n{first}")

    assert list(beliefs_of(item)) == [(("options", 0, "misconception"), "m43")]
