"""How likely somebody passes who truly knows a given share: by a closed form, and by simulation under any rules."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, comb

import numpy as np
from numpy.typing import NDArray

Right = NDArray[np.bool_]
"""Simulated papers, papers x questions: whether each answer is right."""

SIMULATED = 20_000
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Odds:
    """For somebody who knows `knows` (0 to 1): the chance to pass once, and within the tries allowed."""

    knows: float
    once: float
    within: float


def chance_of_success(knows: float, options: int) -> float:
    """Give the chance of a right answer to one question: what is known, and a guess among the options otherwise.

    With no options (0) nothing can be guessed. The knowledge-or-random-guessing model, as in Lord & Novick (1968),
    chapter 14.
    """
    return knows + (1 - knows) / options if options else knows


def binomial_odds(chance: float, questions: int, cut: float) -> float:
    """Give the chance of at least `cut` (0 to 1) of `questions` right, each with the same chance: the binomial tail."""
    needed = ceil(cut * questions - 1e-9)
    return float(
        sum(comb(questions, n) * chance**n * (1 - chance) ** (questions - n) for n in range(needed, questions + 1))
    )


def within(once: float, tries: int) -> float:
    """Give the chance of at least one pass in several independent tries: 1 - (1 - p)^tries."""
    return 1 - (1 - once) ** tries


def simulated_odds(chances: NDArray[np.float64], passes: Callable[[Right], Right], rng: np.random.Generator) -> float:
    """Give the share of simulated papers that pass; `chances` holds each question's chance of a right answer."""
    passed = 0
    for _ in range(SIMULATED // AT_ONCE):
        passed += int(passes(rng.random((AT_ONCE, len(chances))) < chances).sum())
    return passed / SIMULATED
