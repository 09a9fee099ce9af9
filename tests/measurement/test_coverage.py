"""The intervals hold the truth about as often as they say: a small version of the simulation in docs/measurement.md."""

import re
from pathlib import Path

import pytest

from tests.measurement.coverage import MARK, PAGE, SIZES, coverage


@pytest.mark.parametrize("n", SIZES)
def test_intervals_hold_the_truth_nineteen_times_in_twenty(n: int) -> None:
    """Banks share cohorts, so a figure of n cohorts of thirty items is surer than n alone; three standard errors of n."""
    cohorts = 150
    for name, (share, count) in coverage(n, cohorts).items():
        own = min(count, cohorts if "Rasch" not in name and "2PL" not in name else cohorts // 5)
        assert share == pytest.approx(0.95, abs=0.02 + 3 * (0.95 * 0.05 / own) ** 0.5), name


def test_the_published_table_keeps_its_promise() -> None:
    """Every figure in the page is within two points of 95 %, and all sizes and intervals are there."""
    table = Path(PAGE).read_text("utf-8").split(MARK)[1]
    figures = [float(each) for each in re.findall(r"([\d.]+) %", table)]

    assert len(figures) >= 3 * 3 + 2 * 4 + 4
    assert all(93 <= figure <= 97 for figure in figures)
