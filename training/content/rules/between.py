"""Flaws that no item has alone: a favourite place for the key, an item that answers another, the same item twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from math import ceil
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from training.content.rules.asked import Asked
from training.content.rules.numeric import numeric_values
from training.content.rules.registry import Advice, Placed, Remark, Scope, Setting, rule
from training.content.rules.words import numbers
from training.core.chance import at_least
from training.core.items.options import LETTERS
from training.core.problem import Severity

UNLIKELY = 0.001
"""The probability below which a pattern is no accident."""
RARE = 0.005
"""The same for where numeric keys lie, of which a bank has few."""
ALIKE = 0.75
"""The share of all words that two stems have in common when they are the same question."""
LIKE = 85.0
"""How alike, of 100, their letters are then."""
COMMON = 60
"""A word or pair of words that stands in more items than this tells nothing of duplicates."""
TOLD = 3
"""The fewest words of a key that make it recognisable in another stem."""


@rule("B220", Scope.BANK)
def key_position(bank: Sequence[Placed], setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A bank whose key stands in one place more often than chance allows.

    Quizzes shuffle options, but papers and exports do not, and readers look for a pattern. An exact binomial test
    for each place, halved by the number of places; below 1 in 1,000 it is no accident. Options that are numbers, or
    anchored, have their order by right and are not counted.
    """
    counted = [asked for each in bank for asked in each.asked if _free(asked)]
    for size, group in _by_size(counted).items():
        places = Counter(asked.choices.index(asked.key) for asked in group if asked.key)
        place, most = places.most_common(1)[0]
        if at_least(most, len(group), 1 / size) * size < UNLIKELY:
            words = f"the key is option {LETTERS[place]} in {most} of {len(group)} items with {size} options"
            yield Advice(("bank",), words, "move keys about")


def _free(asked: Asked) -> bool:
    anchored = any(each.anchored for each in asked.choices)
    return asked.key is not None and not anchored and not numeric_values(asked)


def _by_size(group: Sequence[Asked]) -> dict[int, list[Asked]]:
    sizes: dict[int, list[Asked]] = defaultdict(list)
    for asked in group:
        sizes[len(asked.choices)].append(asked)
    return sizes


@rule("B222", Scope.BANK)
def middle_number(bank: Sequence[Placed], setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A bank whose numeric keys lie between the other numbers more often than chance allows.

    Authors put wrong numbers on both sides of the right one, so who takes a middle one gains. An exact test over
    all items whose options are numbers, below 1 in 200: a bank has few of them. Let the key be the smallest and the
    largest as often.
    """
    rows = [(asked, numeric_values(asked)) for each in bank for asked in each.asked if asked.key]
    rows = [(asked, values) for asked, values in rows if len(values) > 2]  # noqa: PLR2004 - two have no middle
    within = sum(
        min(values) < values[asked.choices.index(asked.key)] < max(values) for asked, values in rows if asked.key
    )
    chance = sum(1 - 2 / len(values) for _, values in rows) / len(rows) if rows else 0
    if rows and at_least(within, len(rows), chance) < RARE:
        words = f"the key lies between the other numbers in {within} of {len(rows)} items"
        yield Advice(("bank",), words, "let it be the smallest or the largest as often")


@rule("B221", Scope.LIBRARY, Severity.ADVICE)
def answers_another(everything: Sequence[Placed], setting: Setting) -> Iterator[Remark]:  # noqa: ARG001
    """A stem that holds the key of another item on the same objective.

    Who meets both in one form answers the second from the first. Name one among the other's `enemies`, and no form
    has both.
    """
    asking = [(placed, wanted) for placed in everything for asked in placed.asked if (wanted := _telling(asked))]
    sought = frozenset[str]().union(*(wanted for _, wanted in asking))
    told: dict[str, list[Telling]] = defaultdict(list)
    for placed in everything:
        stems = frozenset[str]().union(*(asked.content for asked in placed.asked))
        telling = (placed, stems)
        for word in stems & sought:
            told[word].append(telling)
    for placed, wanted in asking:
        yield from _told_elsewhere(placed, wanted, told)


Telling = tuple[Placed, frozenset[str]]
"""An item, and what its stems say."""


def _telling(asked: Asked) -> frozenset[str]:
    """Give the words that only the key has; few words may stand in another stem by accident."""
    if asked.key is None or numeric_values(asked):
        return frozenset()
    only = asked.key.content.difference(asked.content, *(each.content for each in asked.distractors))
    return only if len(only) >= TOLD else frozenset()


def _told_elsewhere(placed: Placed, wanted: frozenset[str], told: dict[str, list[Telling]]) -> Iterator[Remark]:
    fewest = min(len(told[word]) if word in told else 0 for word in wanted)
    if not fewest:
        return
    rarest = min(word for word in wanted if len(told[word]) == fewest)
    for other, stems in told[rarest][:COMMON]:
        if wanted <= stems and other.item.objective == placed.item.objective and _strangers(placed, other):
            words = f"the stem has the key of {placed.item.id}: {', '.join(sorted(wanted))}"
            yield Remark(other, Advice(other.asked[0].path, words, "make the two enemies"))


def _strangers(one: Placed, other: Placed) -> bool:
    return other.item.id != one.item.id and not _enemies(one, other)


def _enemies(one: Placed, other: Placed) -> bool:
    return other.item.id in one.item.enemies or one.item.id in other.item.enemies


@rule("B248", Scope.LIBRARY)
def near_duplicate(everything: Sequence[Placed], setting: Setting) -> Iterator[Remark]:  # noqa: ARG001
    """An item that is almost the same as another, in this bank or elsewhere, and not its enemy.

    Two thirds of a form may then ask one thing twice. Retire one, change it, or name it among the `enemies`.
    Stems and keys are compared by their words, then by their letters; numbers must be the same.
    """
    rows = [_row(placed) for placed in everything if placed.asked]
    counts = Counter(chain.from_iterable(row.features for row in rows))
    rank = {feature: place for place, feature in enumerate(sorted(sorted(counts), key=counts.__getitem__))}
    lone = sum(count == 1 for count in counts.values())
    rare = sum(count <= COMMON for count in counts.values())
    # Only items with the same numbers are compared.
    alike: dict[tuple[float, ...], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, row in enumerate(rows):
        holding = alike[row.numbers]
        ordered = sorted(map(rank.__getitem__, row.features))
        # Two sets that share ALIKE of their union share a feature among the rarest of each: only those are indexed,
        # less those that no other item has.
        rarest = [each for each in ordered[: len(ordered) - ceil(ALIKE * len(ordered)) + 1] if lone <= each < rare]
        met = dict.fromkeys(chain.from_iterable(holding[feature] for feature in rarest))
        twin = next((other for number in met if _same(other := rows[number], row)), None)
        if twin:
            words = f"almost the same as {twin.placed.item.id} in {twin.placed.file}"
            yield Remark(row.placed, Advice(row.placed.asked[0].path, words, "retire one, or make them enemies"))
        for feature in rarest:
            holding[feature].append(place)


class Row(NamedTuple):
    """An item as it is compared, worked out once."""

    placed: Placed
    features: frozenset[str]
    meaning: frozenset[str]
    whole: str
    numbers: tuple[float, ...]


def _row(placed: Placed) -> Row:
    """Give the words of stem and key, and of the stem each pair of neighbours that carry meaning."""
    asked = placed.asked[0]
    words = [word for word in asked.tokens if len(word) > TOLD]
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    keys = [word for each in asked.keys if not asked.fixed for word in each.tokens]
    meaning = asked.content.union(*(each.content for each in asked.keys))
    whole = " ".join((asked.stem, *(each.text for each in asked.keys)))
    return Row(placed, frozenset((*words, *pairs, *keys)), meaning, whole, numbers(asked.stem))


def _same(one: Row, other: Row) -> bool:
    size, other_size = len(one.meaning), len(other.meaning)
    if size < ALIKE * other_size or other_size < ALIKE * size:
        return False
    shared = len(one.meaning & other.meaning)
    if shared < ALIKE * (size + other_size - shared) or _enemies(one.placed, other.placed):
        return False
    return ratio(one.whole, other.whole) >= LIKE
