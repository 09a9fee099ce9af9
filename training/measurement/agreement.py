"""How far two who judged independently agree beyond chance."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations


def cohens_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Give kappa = (observed - expected) / (1 - expected) agreement of two judges (Cohen, 1960).

    Where both give one and the same verdict throughout, nothing is left to chance and the quotient is 0 / 0: that is 1.
    """
    if not first or len(first) != len(second):
        raise ValueError("two judges must have judged the same things, and at least one")
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    left, right = Counter(first), Counter(second)
    expected = sum(left[each] * right[each] for each in left) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def least_kappa(judges: Sequence[Sequence[Hashable]]) -> float:
    """Give the least kappa between any two judges; 1 where there is one judge only."""
    return min((cohens_kappa(a, b) for a, b in combinations(judges, 2)), default=1.0)
