"""Spellings of word parts: where "hemat-" is written "haemat-", so is every word that begins so."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from training.content.rules.instead import Instead
from training.content.spellings import Spelling

MOST_PARTS = 3
"""Parts of one word that may be spelt otherwise: anesthetized has two."""


def spelt(spellings: Sequence[Spelling], words: Iterable[str]) -> Instead:
    """Give how to write what must not be written, of parts of words only the words that stand somewhere."""
    whole = {avoided: each.prefer for each in spellings if not each.is_part for avoided in each.avoid}
    kept = frozenset(word for each in spellings for word in (each.prefer, *each.alike))
    pairs = _pairs(tuple(spellings))
    parts = ((word, _other(word, pairs)) for word in words if kept.isdisjoint(word.split("-")))
    return Instead({**{word: other for word, other in parts if word != other}, **whole})


Pairs = tuple[re.Pattern[str], dict[str, tuple[str, str]]]


@cache
def _pairs(spellings: Sequence[Spelling]) -> Pairs | None:
    """Make one pattern of all parts, which begin words or end them or both; its groups say what to write instead."""
    rows = [(part, each.prefer) for each in spellings for part in each.avoid if each.is_part]
    named = {f"part{number}": (part.strip("-"), prefer.strip("-")) for number, (part, prefer) in enumerate(rows)}
    opening: list[str] = []
    within: list[str] = []
    for name, (part, _) in zip(named, rows, strict=True):
        ends = "" if part.endswith("-") else "(?![a-z])"
        (within if part.startswith("-") else opening).append(f"(?P<{name}>{re.escape(named[name][0].lower())}{ends})")
    # What opens words is looked for at their beginnings alone, which is quick.
    patterns = [f"(?<![a-z])(?:{'|'.join(opening)})"] * bool(opening) + within
    return (re.compile("|".join(patterns)), named) if rows else None


def _other(word: str, pairs: Pairs | None) -> str:
    for _ in range(MOST_PARTS):
        found = pairs[0].search(word) if pairs else None
        if found is None or pairs is None:
            break
        part, instead = pairs[1][found.lastgroup or ""]
        word = word[: found.start()] + word[found.start() :].replace(part, instead, 1)
    return word
