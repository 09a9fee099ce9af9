"""Sums over attempts at one form, section or programme: they add up, and give its mean, spread and dependability."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from training.core.tally import BANDS
from training.measurement.responses import Array, Responses, totals


@dataclass(frozen=True, slots=True)
class ScoreSums:
    """Sums over attempts of the score as a fraction, its square and its error variance, in `unit`s as for `ItemSums`.

    The error variance of one attempt is s² / m: its m marks vary by s² about their mean. `bands` counts whole percents.
    """

    unit: int
    n: float
    fraction: float
    square: float
    error: float
    answered: float
    bands: Array

    @classmethod
    def empty(cls, unit: int = 1) -> Self:
        """Give the sums over no attempts."""
        return cls(unit, 0.0, 0.0, 0.0, 0.0, 0.0, np.zeros(BANDS))

    def __add__(self, other: "ScoreSums") -> "ScoreSums":
        return self._with(other, 1)

    def __sub__(self, other: "ScoreSums") -> "ScoreSums":
        return self._with(other, -1)

    def _with(self, other: "ScoreSums", sign: int) -> "ScoreSums":
        if self.unit != other.unit:
            msg = f"sums in units of 1/{self.unit} and 1/{other.unit} do not add"
            raise ValueError(msg)
        names = (field.name for field in fields(self) if field.name != "unit")
        return ScoreSums(self.unit, *(getattr(self, name) + sign * getattr(other, name) for name in names))

    @property
    def mean(self) -> float:
        """The mean fraction."""
        return self.fraction / self.n / self.unit if self.n else float("nan")

    @property
    def sd(self) -> float:
        """The standard deviation of the fraction, with n - 1."""
        if self.n < 2:  # noqa: PLR2004 - one score does not vary
            return float("nan")
        spread = self.square - self.fraction**2 / self.n
        return float(np.sqrt(max(spread, 0.0) / (self.n - 1))) / self.unit

    @property
    def sem(self) -> float:
        """The standard error of a fraction, over all forms that might have been drawn."""
        return float(np.sqrt(self.error / self.n)) / self.unit if self.n else float("nan")

    @property
    def dependability(self) -> float:
        """Phi = 1 - sem² / sd²: what of the spread is the learners' where each draws other items.

        Brennan & Kane (1977), J Educ Meas 14:277, for items nested in persons; for right and wrong with forms of equal
        length this is KR-21 (Kuder & Richardson 1937). It is below alpha, because a hard draw counts as error.
        """
        return 1 - (self.sem / self.sd) ** 2 if self.sd > 0 else float("nan")


def score_sums(responses: Responses, *, unit: int = 1) -> ScoreSums:
    """Sum up attempts; those of fewer than two answers have no error variance and are left out."""
    of = totals(responses)
    squares = np.zeros(responses.persons)
    for block in responses.blocks():
        score = responses.score[block].astype(np.float64)
        squares += np.bincount(responses.person[block], weights=score**2, minlength=responses.persons)
    kept = of.answered > 1
    answered, fraction = of.answered[kept], of.fraction[kept]
    error = (squares[kept] - answered * fraction**2) / (answered - 1) / answered
    value, noise = fraction * unit, error * unit**2
    if unit > 1:
        value, noise = np.rint(value), np.rint(noise)
    bands = np.bincount(np.rint(fraction * (BANDS - 1)).astype(int), minlength=BANDS).astype(float)
    return ScoreSums(
        unit,
        float(kept.sum()),
        float(value.sum()),
        float((value**2).sum()),
        float(noise.sum()),
        float(answered.sum()),
        bands,
    )
