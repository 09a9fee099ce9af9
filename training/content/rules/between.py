"""Flaws that no item has alone: a favourite place for the key, an item that answers another, the same item twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import ceil
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from training.content.rules.amounts import comparable
from training.content.rules.asked import Asked
from training.content.rules.numeric import numeric_values
from training.content.rules.registry import Advice, Placed, Remark, Scope, Setting, rule
from training.content.rules.words import STOP, numbers
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
"""The fewest words of a key that make it recognisable in another stem by themselves."""
ASKED = 2
"""The fewest words of its question that must come with a shorter key."""


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
    all items whose options are numbers, ranges or shares, below 1 in 200: a bank has few of them. Let the key be the
    smallest and the largest as often.
    """
    rows = [(asked, comparable(asked.amounts)) for each in bank for asked in each.asked if asked.key]
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
    has both. Three words that only the key has are enough; of a shorter key, two words of its question must come too.
    """
    asking = [(placed, sought) for placed in everything for asked in placed.asked if (sought := _sought(asked))]
    brief = frozenset(word for _, sought in asking for word in sought.wanted if _brief(word))
    stems = [(each, _heard(each, brief)) for each in everything]
    counts = Counter(chain.from_iterable(heard for _, heard in stems))
    rarest = [min(sorted(sought.wanted), key=counts.__getitem__) for _, sought in asking]
    wanted = frozenset(rarest)
    told: Told = defaultdict(list)
    for placed, heard in stems:
        for word in heard & wanted:
            told[placed.item.objective, word].append((placed, heard))
    for (placed, sought), word in zip(asking, rarest, strict=True):
        yield from _told_elsewhere(placed, sought, told.get((placed.item.objective, word), ()))


Told = dict[tuple[str, str], list[tuple[Placed, frozenset[str]]]]
"""The items on an objective whose stems say a word, and all that they say."""


def _heard(placed: Placed, brief: frozenset[str]) -> frozenset[str]:
    """Give what stems say that may tell a key: their words that carry meaning, and what is brief in some key."""
    return frozenset[str]().union(*(each.content | brief.intersection(each.tokens) for each in placed.asked))


class Sought(NamedTuple):
    """A key, the words that only it has, and those that it is asked with."""

    key: str
    wanted: frozenset[str]
    lead: frozenset[str]

    def told_by(self, heard: frozenset[str]) -> bool:
        """Say whether what is heard holds the key. A key of few words must come with what it answers."""
        return self.wanted <= heard and (len(self.wanted) >= TOLD or len(self.lead & heard) >= ASKED)


def _sought(asked: Asked) -> Sought | None:
    if asked.key is None:
        return None
    wanted = asked.key.content.difference(asked.content, *(each.content for each in asked.distractors))
    brief = [word for word in asked.key.tokens if _brief(word)]
    if brief:
        wanted = wanted.union(brief).difference(asked.tokens, *(each.tokens for each in asked.distractors))
    return Sought(asked.key.text, wanted, asked.lead_words) if wanted else None


@lru_cache(maxsize=50_000)
def _brief(word: str) -> bool:
    """Say whether a word is a number, or as short as the C of vitamin C, and tells all the same."""
    return (len(word) < TOLD and word not in STOP and word != "s") or any(map(str.isdigit, word))


def _told_elsewhere(placed: Placed, sought: Sought, told: Sequence[tuple[Placed, frozenset[str]]]) -> Iterator[Remark]:
    for other, heard in told[:COMMON]:
        if sought.told_by(heard) and _strangers(placed, other):
            words = f"the stem has the key of {placed.item.id}: '{sought.key}'"
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
