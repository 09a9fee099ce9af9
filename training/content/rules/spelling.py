"""Rare words that are almost a term of the house: most are slips of the pen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from rapidfuzz.distance import OSA

from training.content.rules.asked import Read
from training.content.rules.words import bare, tokens
from training.content.spellings import Spelling
from training.core.term import Term

SHORTEST = 7
"""Letters below which a neighbour is as likely another word."""
RARE = 2
"""More often than this in all banks, and a word is meant."""


def strange_words(reads: Iterable[Read], terms: Iterable[Term], spellings: Sequence[Spelling]) -> dict[str, str]:
    """Find words that are one slip from a word of the terms and stand in few places: the word, and the term's."""
    whole = [each for each in spellings if not each.is_part]
    names = [*(name for term in terms for name in term.names), *(each.prefer for each in whole)]
    others = (word for each in whole for word in (*each.avoid, *each.alike))
    known = {word for phrase in (*names, *others) for word in tokens(phrase)}
    wanted = sorted({word for phrase in names for word in tokens(phrase) if len(word) >= SHORTEST})
    if not wanted:
        return {}
    counts = Counter(chain.from_iterable(read.tokens for read in reads))
    rare = [word for word, count in counts.items() if count <= RARE and len(word) >= SHORTEST and word not in known]
    return {word: near for word in rare if word.isalpha() and (near := _near(word, wanted))}


def _near(word: str, wanted: Sequence[str]) -> str:
    """Give the term's word that is one slip away: a letter left out, doubled, mistaken or swapped with the next."""
    for each in wanted:
        if abs(len(each) - len(word)) <= 1 and OSA.distance(word, each, score_cutoff=1) == 1 and not _kin(word, each):
            return each
    return ""


def _kin(word: str, other: str) -> bool:
    """Say whether one word is another form of the other: needle and needles, not a slip."""
    return bare(word) == bare(other) or word.startswith(other) or other.startswith(word) or word[:-1] == other[:-1]
