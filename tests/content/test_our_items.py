"""Our own items: what they rest on, whom their distractors attract, and that no two of them say the same."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from training.content.libraries import load_library
from training.core.coverage import covered, stock
from training.core.items import Item
from training.core.items.item import Status
from training.core.library import Library
from training.core.question import Safety
from training.core.verified import Verified

ROOT = Path(__file__).parents[2]
NEARLY_THE_SAME = 0.45
FROM_MEMORY = {"a06", "a28", "d07", "m30"}
"""Claims and a misconception that the brief has from memory alone: items on them wait in review."""


@cache
def library() -> Library:
    return load_library(ROOT)[0]


def scored() -> Iterator[Item]:
    return (item for item in library().items() if item.scorable)


def test_what_can_harm_rests_on_something_that_was_opened() -> None:
    seen = {key for key, each in library().references.items() if each.verified is Verified.SEEN}

    assert [item.id for item in scored() if item.safety is not Safety.NONE and seen.isdisjoint(item.references)] == []


def test_nearly_every_misconception_attracts_somebody_in_a_scored_item() -> None:
    embodied = {each for item in scored() for each in _named(item.model_dump(), "misconception")}

    assert set(library().misconceptions) - embodied == FROM_MEMORY & set(library().misconceptions)


def test_nearly_every_claim_is_one_that_a_scored_item_rests_on() -> None:
    rested_on = {name for item in scored() for name in item.claims}
    waiting = {name for item in library().items() if item.status is Status.REVIEW for name in item.claims}

    assert set(library().claims) - rested_on == FROM_MEMORY & set(library().claims)
    assert waiting >= FROM_MEMORY & set(library().claims)


def test_every_bank_names_what_its_distractors_believe() -> None:
    banks = {item.id: slug for slug, bank in library().banks.items() for item in bank.items if item.scorable}
    naming = {banks[item.id] for item in scored() if any(_named(item.model_dump(), "misconception"))}

    assert set(banks.values()) == naming


def test_two_items_that_say_nearly_the_same_never_meet_in_one_form() -> None:
    items = list(scored())
    vectors = _weighed({item.id: _words(item) for item in items})
    enemies = {frozenset((item.id, other)) for item in items for other in item.enemies}
    ids = list(vectors)

    alike = [
        (one, other)
        for place, one in enumerate(ids)
        for other in ids[place + 1 :]
        if frozenset((one, other)) not in enemies
        and sum(weight * vectors[other].get(word, 0.0) for word, weight in vectors[one].items()) >= NEARLY_THE_SAME
    ]

    assert alike == []


def test_the_readme_says_how_many_items_there_are() -> None:
    readme, total, rows = (ROOT / "README.md").read_text("utf-8"), stock(library()), covered(library())
    asked = sum(1 for row in rows if row.drawable)

    assert f"{total.items} items can be drawn in quizzes; they cover {asked} of the blueprint's {len(rows)}" in readme
    assert f"{total.waiting} more items wait" in readme


def _named(node: Any, field: str) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get(field):
            yield node[field]
        for each in node.values():
            yield from _named(each, field)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _named(each, field)


def _words(item: Item) -> Counter[str]:
    """What an item asks and what its key says; words are cut, so that plural and singular meet."""
    dump = item.model_dump()
    told = [each["text"] for part in ("steps", "rows", "vignettes") for each in dump.get(part) or ()]
    said = " ".join([item.stem, *told, *_keyed(dump), dump["why"] if isinstance(dump.get("why"), str) else ""])
    return Counter(word[:7] for word in re.findall(r"[a-z]{4,}", said.lower()))


def _keyed(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("correct") and "text" in node:
            yield f"{node['text']} {node.get('why') or ''}"
        for each in node.values():
            yield from _keyed(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _keyed(each)


def _weighed(counted: Mapping[str, Counter[str]]) -> dict[str, dict[str, float]]:
    """Weigh each word by how rare it is, and bring every item to the same length."""
    spread = Counter(word for words in counted.values() for word in words)
    found = {}
    for name, words in counted.items():
        raw = {word: (1 + math.log(n)) * math.log(len(counted) / spread[word]) for word, n in words.items()}
        length = math.hypot(*raw.values()) or 1.0
        found[name] = {word: weight / length for word, weight in raw.items()}
    return found
