"""Letting the bots answer: what each wins, against what chance alone would give it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from training.content.bots.cues import CUES, Scores
from training.content.rules.asked import Asked, asked_of
from training.core.bank import Bank
from training.core.chance import distribution
from training.core.dice import Dice
from training.core.interval import wilson
from training.core.items import Item

ERROR = 0.05
"""How often a clean bank may be called beaten, by any of the bots together."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Win:
    """An item that a bot won, and the cues that decided: a bot's own, or the weightiest of the combination."""

    item_id: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posed:
    """One question as the bots meet it: where it is from, what each cue says of each option, and which is right."""

    bank: str
    item_id: str
    domain: str
    cues: Mapping[str, tuple[float, ...]]
    key: int
    """The place of the right option, from 0."""

    @property
    def size(self) -> int:
        return len(next(iter(self.cues.values())))


@dataclass(frozen=True, slots=True)
class Performance:
    """How one bot did: over the questions it had an opinion on, how many it had right, and what chance gives.

    `low` and `high` bound the share it would win of many such questions, wide enough for all the bots together;
    `p` is the probability of so many right answers by chance. `won` names each item won and the cues that gave it.
    """

    bot: str
    questions: int
    right: int
    chance: float
    low: float
    high: float
    p: float
    bots: int
    won: tuple["Win", ...]

    @property
    def share(self) -> float:
        return self.right / self.questions if self.questions else 0.0

    @property
    def beats_chance(self) -> bool:
        return self.p < ERROR / self.bots


def posed(banks: Iterable[Bank]) -> list[Posed]:
    """Give every question with one right option among others, of items that quizzes may ask."""
    return [
        _posed(bank, item, asked, asked.choices.index(asked.key))
        for bank in banks
        for item in bank.items
        if item.drawable
        for asked in asked_of(item)
        if asked.key is not None
    ]


def _posed(bank: Bank, item: Item, asked: Asked, key: int) -> Posed:
    cues = {name: tuple(cue(asked)) for name, cue in CUES.items()}
    return Posed(bank.slug, item.id, item.domain, cues, key)


def performances(questions: Sequence[Posed], all_questions: Sequence[Posed], trained: Mapping[str, Weights],
                 *, groups: int = 1) -> tuple[Performance, ...]:  # fmt: skip
    """Let every bot answer these questions; `trained` has the combination's weights for each bank, from the others.

    `groups` is how many banks or domains are looked at, so that the interval allows for all of them.
    """
    many = (len(CUES) + 2) * groups
    votes: dict[str, list[Votes]] = {name: [{name: list(each.cues[name])} for each in questions] for name in CUES}
    votes["position"] = [{"position": _by_place(each, all_questions)} for each in questions]
    votes["combination"] = [_weighed(each, trained.get(each.bank, {})) for each in questions]
    return tuple(_performance(name, questions, rows, many) for name, rows in votes.items())


Votes = Mapping[str, Scores]
"""What each cue that a bot goes by says of every option."""


def _by_place(question: Posed, everything: Sequence[Posed]) -> Scores:
    """Prefer the places where the key stands most often in the other banks.

    In the same bank, leaving the question itself out would tell against its own place.
    """
    others = (each for each in everything if each.bank != question.bank and each.size == question.size)
    counts = Counter(each.key for each in others)
    return [float(counts[place]) for place in range(question.size)]


def _weighed(question: Posed, weights: Weights) -> Votes:
    """Weigh all cues, each measured against the other options of the question."""
    return {name: [weight * value for value in standardised(question.cues[name])] for name, weight in weights.items()}


def _total(votes: Votes, size: int) -> Scores:
    return [sum(row[place] for row in votes.values()) for place in range(size)]


def _deciding(votes: Votes, place: int) -> tuple[str, ...]:
    """Name the cues that speak loudest for an option: one, or several that say as much."""
    most = max(row[place] for row in votes.values())
    return tuple(name for name, row in votes.items() if row[place] >= most - 1e-9)


def standardised(values: Sequence[float]) -> list[float]:
    """Give each value's distance from the mean of its question, in standard deviations; 0 where all are alike."""
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread for value in values] if spread > 1e-12 else [0.0] * len(values)  # noqa: PLR2004


def _performance(bot: str, questions: Sequence[Posed], votes: Sequence[Votes], bots: int) -> Performance:
    """Count what a bot wins. Ties are broken by lot, so that by chance each answer is right with 1 in its options."""
    won, chances = [], []
    for question, vote in zip(questions, votes, strict=True):
        row = _total(vote, question.size)
        best = [place for place, score in enumerate(row) if score >= max(row) - 1e-12]
        if len(best) == question.size:
            continue
        chances.append(1 / question.size)
        if best[Dice(f"{bot} {question.item_id} {question.key}").below(len(best))] == question.key:
            won.append(Win(question.item_id, _deciding(vote, question.key)))
    return _measured(bot, len(won), chances, tuple(won), bots)


def _measured(bot: str, right: int, chances: Sequence[float], won: tuple[Win, ...], bots: int) -> Performance:
    n = len(chances)
    if not n:
        return Performance(bot, 0, 0, 0.0, 0.0, 1.0, 1.0, bots, ())
    p = min(1.0, sum(distribution(chances)[right:]))
    # Bonferroni: wide enough for all the bots together.
    span = wilson(right / n, n, NormalDist().inv_cdf(1 - ERROR / bots / 2))
    return Performance(bot, n, right, sum(chances) / n, span.low, span.high, p, bots, won)
