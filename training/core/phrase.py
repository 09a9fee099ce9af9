"""Short phrases as people type them: what counts as the same, and what is only nearly so."""

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")
_LONG_ENOUGH = 4
"""Shorter words are never taken for plurals: `pus`, `gas`."""


def normalised(text: str, *, plural: bool = True) -> str:
    """Bring a phrase into the form in which it is compared.

    Case, accents, punctuation, hyphens and runs of spaces do not count; with `plural` neither does a
    plural in -s or -es at the end of a word of four letters or more.
    """
    # Twice: a letter of another shape may hide a capital, and folding case may bring out an accent.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    # Apostrophes vanish, so that `patients'` is `patients`; everything else that is no letter or digit parts words.
    words = [word for word in _BETWEEN.split(re.sub("['’‘`´]", "", bare)) if word]
    return " ".join(_singular(word) for word in words) if plural else " ".join(words)


def _singular(word: str) -> str:
    if len(word) < _LONG_ENOUGH or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def distance(left: str, right: str) -> int:
    """Count the letters to add, drop, change or swap to get from one to the other (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, mine in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, theirs in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mine != theirs))
            swapped = i > 1 and j > 1 and mine == right[j - 2] and left[i - 2] == theirs
            row.append(min(cost, above[j - 2] + 1) if swapped else cost)
    return row[-1]


def nearly(left: str, right: str) -> bool:
    """Say whether two normalised phrases differ by a slip of the fingers: one letter in six, and one at least."""
    slips = max(1, len(right) // 6)
    return left != right and abs(len(left) - len(right)) <= slips and distance(left, right) <= slips
