"""How likely a count is by chance alone: exact tails of binomial and Poisson-binomial distributions."""

from collections.abc import Sequence
from math import comb


def at_least(successes: int, trials: int, chance: float) -> float:
    """Give the probability of so many successes or more in independent trials with one chance each."""
    return min(
        1.0, sum(comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes, trials + 1))
    )


def distribution(chances: Sequence[float]) -> list[float]:
    """Give the probability of each number of successes, from none on, where every trial has a chance of its own.

    The Poisson-binomial distribution by adding one trial after the other; exact but for rounding.
    """
    known = [1.0]
    for chance in chances:
        grown = [0.0] * (len(known) + 1)
        for count, share in enumerate(known):
            grown[count] += share * (1 - chance)
            grown[count + 1] += share * chance
        known = grown
    return known
