"""The panel's cut with its error, how judges differ, and Hofstee's compromise."""

import numpy as np
import pytest

from training.measurement.standard_setting import angoff, hofstee

RATINGS = np.array([[0.6, 0.8, 0.7], [0.5, 0.9, 0.7], [0.7, 0.9, 0.8]])


def test_the_cut_is_the_mean_of_the_judges_with_its_standard_error() -> None:
    """Judges at 70, 70 and 80 percent: mean 73.33, deviation 5.77, standard error 3.33."""
    cut = angoff(RATINGS)

    assert cut.cut == pytest.approx(73.333, abs=1e-3)
    assert cut.deviation == pytest.approx(5.7735, abs=1e-4)
    assert cut.standard_error == pytest.approx(3.3333, abs=1e-4)
    assert cut.items == pytest.approx((0.6, 0.8667, 0.7333), abs=1e-4)


def test_each_judges_leniency_and_consistency_are_told() -> None:
    judges = angoff(RATINGS).judges

    assert [round(judge.leniency, 2) for judge in judges] == [-3.33, -3.33, 6.67]
    assert judges[0].consistency == pytest.approx(np.corrcoef(RATINGS[0], RATINGS[1:].mean(axis=0))[0, 1])


def test_one_judge_has_no_error_and_no_consistency() -> None:
    cut = angoff(RATINGS[:1])

    assert (cut.cut, cut.standard_error, cut.judges[0].consistency) == (pytest.approx(70), None, None)


def test_a_missing_rating_is_left_out() -> None:
    holes = RATINGS.copy()
    holes[0, 1] = np.nan

    assert angoff(holes).judges[0].cut == pytest.approx(65)


def test_hofstee_meets_the_curve_of_failures_on_the_diagonal() -> None:
    """Scores 1 to 100: failing at a cut of c fails c - 1 percent. From (60, 80) to (80, 0): c - 1 = 80 - 4 (c - 60)."""
    found = hofstee([(60, 80, 0, 80)], list(range(1, 101)))

    assert found is not None
    assert found.cut == pytest.approx(64.2, abs=0.9)
    assert found.fails == pytest.approx(found.cut - 1, abs=1.1)


def test_bounds_that_no_cut_meets_give_nothing() -> None:
    assert hofstee([(60, 80, 0, 5)], [10.0] * 20) is None
    assert hofstee([], [50.0]) is None
    assert hofstee([(60, 80, 0, 5)], []) is None
