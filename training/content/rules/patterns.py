"""Patterns among the options that show which is the key: a lone pair of opposites, the one that all are like."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.core.problem import Severity

_LINK = re.compile(r",|;|\+|" + "|".join(rf"{word}(?<=\b{word})\b" for word in ("and", "then", "with", "but", "or")))
"""Each alternative begins with a letter of its own, which lets the search leap from one to the next."""
_OPPOSITES = """increase decrease, increases decreases, increased decreased, raise lower, raises lowers, more less,
    higher lower, above below, left right, before after, always never, with without, can cannot, anterior posterior,
    medial lateral, proximal distal, superior inferior, deep superficial, flexion extension, abduction adduction,
    longer shorter, larger smaller, faster slower, acute chronic, active passive, present absent, open closed,
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
    return len(unlike) == 1 and _OPPOSITE.get(unlike[0][0]) == unlike[0][1]


def _denied(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether one text is the other with "not" or "no" in it, which leaves nothing over."""
    return len(one) == len(other) + 1 and any(
        word in _NOT and (*one[:place], *one[place + 1 :]) == other for place, word in enumerate(one)
    )


@rule("B215", severity=Severity.ADVICE)
def convergence(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A key that has most in common with the other options.

    Authors vary the key to make distractors, so the option that shares the most parts is the key. Build the
    options so that each part stands in as many of them.
    """
    if asked.key is None or len(asked.choices) <= FEWEST:
        return
    parts: list[frozenset[str]] = []
    for choice in asked.choices:
        parts.append(_parts(choice))
        if len(parts[-1]) < 2:  # noqa: PLR2004 - one part can be shared by accident
            return
    counts = Counter(chain.from_iterable(parts))
    shared = [sum(counts[each] - 1 for each in own) for own in parts]
    key = asked.choices.index(asked.key)
    rest = max(share for place, share in enumerate(shared) if place != key)
    if shared[key] >= 2 and shared[key] > rest:  # noqa: PLR2004 - two ways in which it converges
        yield Advice(
            asked.key.path, "the key shares more parts with the others than any distractor", "balance the parts"
        )


def _parts(choice: Choice) -> frozenset[str]:
    return frozenset(part for each in _LINK.split(choice.text.lower()) if (part := each.strip(" .\n\t")))
