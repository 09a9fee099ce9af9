"""Patterns among the options that show which is the key: a lone pair of opposites, the one that all are like."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.core.problem import Severity

_COARSE = ("and", "then", "with", "but", "or")
_FINE = (
    *_COARSE, "as", "at", "above", "to", "through", "within", "without", "by", "beyond", "below", "of", "on", "over",
    "for", "from", "per", "in", "into", "under",
)  # fmt: skip


def _links(words: Sequence[str]) -> re.Pattern[str]:
    """Make a pattern of marks and words. Each begins with itself, which lets the search leap from one to the next."""
    return re.compile("[,;:+/]|" + "|".join(rf"{word}(?<=\b{word})\b" for word in words))


_LINKS = (_links(_COARSE), _links(_FINE))
_DIGIT = re.compile(r"\d")
_ARTICLES = ("the ", "an ", "a ")
_OPPOSITES = """increase decrease, increases decreases, increased decreased, raise lower, raises lowers, more less,
    higher lower, above below, left right, before after, always never, with without, can cannot, anterior posterior,
    medial lateral, proximal distal, superior inferior, deep superficial, flexion extension, abduction adduction,
    longer shorter, larger smaller, faster slower, acute chronic, active passive, present absent, open closed,
    rises falls, rise fall, rising falling, gains loses, up down, positive negative, on off, inside outside, high low,
    fast slow, strong weak, upper lower, internal external, inner outer, afferent efferent, dilates constricts,
    dilation constriction, vasodilation vasoconstriction, tachycardia bradycardia, sympathetic parasympathetic,
    contraction relaxation, contracts relaxes, hot cold, early late"""
_OPPOSITE = {word: other for pair in _OPPOSITES.split(",") for word, other in (pair.split(), reversed(pair.split()))}
_NOT = frozenset(("not", "no", "never", "without"))
FEWEST = 3


@rule("B213", severity=Severity.ADVICE)
def opposites(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """One pair of opposites among the options, and the key is one of them.

    One of two opposites must be right, so the rest can be struck out unread. Write two pairs, or none.
    """
    if asked.key is None or len(asked.choices) <= FEWEST:
        return
    pairs = [
        (one, other)
        for place, one in enumerate(asked.choices)
        for other in asked.choices[place + 1 :]
        if _opposed(one.tokens, other.tokens)
    ]
    if len(pairs) == 1 and asked.key in pairs[0]:
        other = pairs[0][1] if pairs[0][0] is asked.key else pairs[0][0]
        words = f"the key and '{other.text}' are the only opposites"
        yield Advice(asked.key.path, words, "add the opposite of another option, or take this one out")


def _opposed(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two texts are alike but for one word and its opposite, or for a "not"."""
    if len(one) != len(other):
        return _denied(one, other) or _denied(other, one)
    unlike = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    return len(unlike) == 1 and (_OPPOSITE.get(unlike[0][0]) == unlike[0][1] or _over_and_under(*unlike[0]))


def _over_and_under(one: str, other: str) -> bool:
    """Say whether two words are alike but for hyper and hypo."""
    first, second = sorted((one, other))
    return first.startswith("hyper") and second.startswith("hypo") and first[5:] == second[4:]


def _denied(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether one text is the other with "not" or "no" in it, which leaves nothing over."""
    return len(one) == len(other) + 1 and any(
        word in _NOT and (*one[:place], *one[place + 1 :]) == other for place, word in enumerate(one)
    )


@rule("B215", severity=Severity.ADVICE)
def convergence(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A key that has most in common with the other options.

    Authors vary the key to make distractors, so the option that shares the most parts is the key. Build the
    options so that each part stands in as many of them. Parts are what stands between commas, "and", "for" and the
    like.
    """
    if asked.key is None or len(asked.choices) <= FEWEST:
        return
    shared = sum(len(asked.key.content & each.content) for each in asked.distractors)
    if shared < 2 and not _DIGIT.search(asked.key.text):  # noqa: PLR2004 - two ways in which it converges
        return
    key = asked.choices.index(asked.key)
    if any(_stands_out([_parts(choice, link) for choice in asked.choices], key) for link in _LINKS):
        yield Advice(
            asked.key.path, "the key shares more parts with the others than any distractor", "balance the parts"
        )


def _stands_out(rows: Sequence[Sequence[str]], key: int) -> bool:
    """Say whether the key converges, by its parts or by what stands at which place."""
    if len(rows[key]) < 2 or sum(len(row) > 1 for row in rows) < FEWEST:  # noqa: PLR2004 - one is shared by accident
        return False
    return _converges(rows, key) or _converges([tuple(enumerate(row)) for row in rows], key)


def _converges(rows: Sequence[Sequence[object]], key: int) -> bool:
    """Say whether the key alone shares the most parts with the others, and at least two."""
    counts = Counter(chain.from_iterable(frozenset(row) for row in rows))
    shared = [sum(counts[part] - 1 for part in frozenset(row)) for row in rows]
    rest = max(share for place, share in enumerate(shared) if place != key)
    return shared[key] >= 2 and shared[key] > rest  # noqa: PLR2004 - two ways in which it converges


def _parts(choice: Choice, link: re.Pattern[str]) -> tuple[str, ...]:
    """Split an option at marks and small words: what is between them, without an article."""
    found = (each.strip(" .\n\t") for each in link.split(choice.text.lower()))
    bare = (next((each[len(the) :] for the in _ARTICLES if each.startswith(the)), each) for each in found)
    return tuple(part for part in bare if part)
