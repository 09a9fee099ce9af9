"""Answers that came too soon for the question to have been read, and whether they were right."""

from dataclasses import dataclass

import numpy as np

from training.core.tally import QUICKEST, TIMES, TIMES_PER_OCTAVE
from training.measurement.intervals import wilson_bounds
from training.measurement.items import response_times
from training.measurement.responses import Array
from training.measurement.sums import ItemSums

SHARE_OF_USUAL, LONGEST = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Rapid:
    """An entry per item: below how many seconds an answer is rapid, how many were timed, which share was rapid.

    `low` is the lower end of that share's 95 % interval, `right` the facility of the rapid answers, `right_else` that
    of the others; NaN where there are none.
    """

    seconds: Array
    n: Array
    share: Array
    low: Array
    right: Array
    right_else: Array


def rapid_answers(sums: ItemSums, points: Array) -> Rapid:
    """Count answers within a tenth of the item's median time, ten seconds at most; `points` are by class of time.

    Wise & Kong (2005), Appl Meas Educ 18:163, with the normative threshold of Wise & Ma (2012), NCME, taken from the
    median. Only classes of time that end below the threshold are counted, so that the share is never too large.
    """
    times = response_times(sums)
    seconds = np.minimum(SHARE_OF_USUAL * times.median, LONGEST)
    ends = QUICKEST * 2 ** ((np.arange(TIMES) + 1) / TIMES_PER_OCTAVE)
    quick = ends[None, :] <= seconds[:, None]
    count, earned = (sums.times * quick).sum(axis=1), (points * quick).sum(axis=1)
    rest = times.n - count
    with np.errstate(invalid="ignore", divide="ignore"):
        share = count / times.n
        right, right_else = earned / count, (points.sum(axis=1) - earned) / rest
    return Rapid(seconds, times.n, share, wilson_bounds(share, times.n).low, right, right_else)
