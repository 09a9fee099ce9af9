"""Groups of learners compared item by item at equal ability: which items are harder for some, where it is too early."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.measurement.fairness import SCREEN, Dif, compared
from training.measurement.marks import is_binary
from training.measurement.policy import TWO_PL_FROM
from training.measurement.responses import Array, Responses, totals

STRATA = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group against the reference, an entry per item."""

    focal: str
    n: int
    items: tuple[Dif, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Every group that is large enough against the largest.

    `matched` says how equals were found, `notes` what is not told, and why.
    """

    reference: str
    n: int
    matched: str
    compared: tuple[Comparison, ...]
    notes: tuple[str, ...]


def compare_groups(responses: Responses, group: Sequence[str], ability: Array | None = None) -> Groups:
    """Compare each group (one name per person, "" for none) with the largest, by Mantel and Haenszel.

    Persons are matched on how many they had right where all answered the same items, else in tenths of their ability
    (or of their share right where no model was fitted): Donoghue & Allen (1993), J Educ Stat 18:131, on thick matching.
    Groups of fewer than 50 persons are not compared.
    """
    sizes = Counter(name for name in group if name)
    if not is_binary(responses):
        return Groups("", 0, "", (), ("Some scores are neither 0 nor 1: groups are compared on right and wrong only.",))
    if len(sizes) < 2:  # noqa: PLR2004 - nothing to compare
        return Groups("", 0, "", (), ("There are no two groups to compare.",))
    (reference, n), *others = sorted(sizes.items(), key=lambda each: (-each[1], each[0]))
    small = [f"{name} ({many})" for name, many in others if min(many, n) < SCREEN]
    notes = [f"Too few to compare: {', '.join(small)}. It takes {SCREEN} in each group."] if small else []
    large = [(name, many) for name, many in others if min(many, n) >= SCREEN]
    if any(many < TWO_PL_FROM for _, many in large):
        notes.append(
            f"Groups of fewer than {TWO_PL_FROM} are a screen only: look at what it raises, decide nothing by it."
        )
    names = np.array(group, dtype=object)
    strata, matched = _strata(responses, ability)
    found = []
    for name, many in large:
        kept = (names == reference) | (names == name)
        found.append(Comparison(name, many, compared(_of(responses, kept), names == name, strata)))
    return Groups(reference, n, matched, tuple(found), tuple(notes))


def _of(responses: Responses, kept: Array) -> Responses:
    some = kept[responses.person]
    return Responses(
        responses.person[some], responses.item[some], responses.score[some], responses.persons, responses.items
    )


def _strata(responses: Responses, ability: Array | None) -> tuple[Array | None, str]:
    """Give a number to each person of those to be compared with each other; None for the number right."""
    if len(responses) == responses.persons * responses.items:
        return None, "the number right"
    level = totals(responses).fraction if ability is None else np.nan_to_num(ability)
    edges = np.quantile(level, np.linspace(0, 1, STRATA + 1)[1:-1])
    return np.searchsorted(edges, level).astype(np.float64), (
        "tenths of the share right" if ability is None else "tenths of ability"
    )
