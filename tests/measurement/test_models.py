"""What follows from fitted items: abilities, information, fit, fairness, links; by hand, by R, or by simulation."""

import numpy as np
import pytest

from tests.measurement.published import LSAT6, LSAT7
from tests.measurement.simulated import drawn
from training.measurement.calibration import calibrate
from training.measurement.fairness import benjamini_hochberg, mantel_haenszel
from training.measurement.fit import dependence, item_fit, mean_squares, person_fit, sum_score_chances
from training.measurement.information import (
    chances,
    expected_facility,
    item_information,
    marginal_reliability,
    score_error,
    total_information,
)
from training.measurement.linking import Link, drifted, haebara, mean_sigma, stocking_lord
from training.measurement.marks import marks_of
from training.measurement.responses import from_matrix
from training.measurement.scoring import expected_abilities, weighted_likelihood_abilities

ONE, NOUGHT = np.ones(1), np.zeros(1)


def test_information_is_worked_by_hand() -> None:
    """a = 2 at theta = b: a² / 4 = 1; the error of the number right of one such item is 1/2."""
    assert item_information(0.0, 2 * ONE, NOUGHT) == pytest.approx(1)
    assert total_information([0.0, 40.0], np.array([2.0, 2]), np.zeros(2)) == pytest.approx([2, 0], abs=1e-12)
    assert score_error(0.0, 2 * ONE, NOUGHT) == pytest.approx(0.5)


def test_the_expected_facility_does_not_depend_on_who_saw_the_item() -> None:
    """Who does well on the last five items gets the middle five, who does not the first; in truth all are alike."""
    rng = np.random.default_rng(1)
    ability = rng.normal(size=6_000)
    scores = (rng.random((6_000, 15)) < chances(ability, np.ones(15), np.zeros(15))).astype(float)
    well = scores[:, 10:].sum(axis=1) >= 3
    scores[well, :5], scores[~well, 5:10] = np.nan, np.nan
    fit = calibrate(marks_of(from_matrix(scores), by_score=True), common=True)
    raw = np.nanmean(scores, axis=0)

    assert raw[5:10].mean() - raw[:5].mean() > 0.2
    assert expected_facility(fit.a, fit.b) == pytest.approx([0.5] * 15, abs=0.05)
    assert expected_facility(ONE, NOUGHT) == pytest.approx(0.5)


def test_expected_abilities_of_lsat6_are_those_of_mirt() -> None:
    """Chalmers (2012): fscores of the 2PL give -1.896 ± .801 to 00000 and .646 ± .859 to 11111 (third decimal)."""
    marks = marks_of(from_matrix(LSAT6))
    found = expected_abilities(marks, calibrate(marks))

    assert (found.ability[0], found.error[0]) == pytest.approx((-1.897, 0.801), abs=2e-3)
    assert (found.ability[-1], found.error[-1]) == pytest.approx((0.646, 0.859), abs=2e-3)


def test_expected_abilities_are_the_integrals() -> None:
    """Reckoned anew on a fine grid from the likelihood itself."""
    marks = marks_of(from_matrix(LSAT7))
    fit = calibrate(marks)
    found = expected_abilities(marks, fit)
    nodes = np.linspace(-8, 8, 2001)
    chance = chances(nodes, fit.a, fit.b)
    likelihood = np.prod(np.where(LSAT7[500] == 1, chance, 1 - chance), axis=1) * np.exp(-(nodes**2) / 2)
    mean = (nodes * likelihood).sum() / likelihood.sum()

    assert found.ability[500] == pytest.approx(mean, abs=1e-5)
    assert found.error[500] == pytest.approx(
        np.sqrt(((nodes - mean) ** 2 * likelihood).sum() / likelihood.sum()), abs=1e-5
    )


def test_warms_abilities_are_finite_and_nearly_unbiased() -> None:
    truth = drawn(4_000, 30, seed=3)
    marks = marks_of(from_matrix(truth.scores))
    found = weighted_likelihood_abilities(marks, calibrate(marks))
    middle = np.abs(truth.ability) < 1

    assert np.isfinite(found.ability).all()
    assert abs(np.mean((found.ability - truth.ability)[middle])) < 0.06
    assert np.mean(np.abs(found.ability - truth.ability) < 1.96 * found.error) == pytest.approx(0.95, abs=0.02)


def test_warms_abilities_maximise_the_weighted_likelihood() -> None:
    marks = marks_of(from_matrix(LSAT7))
    fit = calibrate(marks)
    nodes = np.linspace(-6, 6, 12_001)
    chance = chances(nodes, fit.a, fit.b)
    value = np.where(LSAT7[300] == 1, np.log(chance), np.log(1 - chance)).sum(axis=1)
    value += np.log(total_information(nodes, fit.a, fit.b)) / 2

    assert weighted_likelihood_abilities(marks, fit).ability[300] == pytest.approx(nodes[np.argmax(value)], abs=2e-3)


def test_who_answered_nothing_has_no_ability() -> None:
    scores = np.vstack([np.full(5, np.nan), LSAT6])
    marks = marks_of(from_matrix(scores))

    assert np.isnan(expected_abilities(marks, calibrate(marks)).ability[0])


def test_marginal_reliability_is_the_share_of_the_spread() -> None:
    assert marginal_reliability(np.array([1.0, 1.0]), np.array([-1.0, 1.0])) == 0.5


def test_sum_scores_of_two_items_are_worked_by_hand() -> None:
    """P = .5 and .2: none right .4, one .5, both .1."""
    assert sum_score_chances(np.array([[0.5], [0.2]])).ravel() == pytest.approx([0.4, 0.5, 0.1])


def test_item_fit_of_lsat7_is_that_of_mirt() -> None:
    """Chalmers (2012), itemfit(mod): S_X2 of the first four items 4.75, 14.45, 1.27, 5.24 with 2 degrees of freedom."""
    fit = calibrate(marks_of(from_matrix(LSAT7)))
    found = item_fit(LSAT7, fit.a, fit.b)

    assert found.chi_square[:4] == pytest.approx([4.75, 14.45, 1.27, 5.24], abs=0.01)
    assert found.freedom.tolist() == [2] * 5
    assert found.p[1] == pytest.approx(0.0007, abs=1e-4)


def test_item_fit_rejects_a_true_model_as_often_as_it_says() -> None:
    truth = drawn(2_000, 40, seed=8)
    fit = calibrate(marks_of(from_matrix(truth.scores)))

    assert np.mean(item_fit(truth.scores, fit.a, fit.b).p < 0.05) <= 0.15


def test_infit_and_outfit_are_worked_by_hand() -> None:
    """P = 1/2 for both: z² is 1 whatever the answer; at P = .8 a wrong answer has z² = 4, a right one 1/4."""
    even = mean_squares(np.array([[1.0], [0.0]]), np.zeros(2), ONE, NOUGHT)
    skew = mean_squares(np.array([[1.0], [0.0]]), np.log([4.0, 4.0]), ONE, NOUGHT)

    assert (even.infit[0], even.outfit[0]) == pytest.approx((1, 1))
    assert (skew.infit[0], skew.outfit[0]) == pytest.approx(((0.04 + 0.64) / 0.32, (0.25 + 4) / 2))


def test_odd_answers_stand_out_and_honest_ones_are_standard_normal() -> None:
    truth = drawn(3_000, 60, seed=2)
    scores = truth.scores.copy()
    scores[0] = (truth.b > 0).astype(float)  # right on all hard items, wrong on all easy ones
    marks = marks_of(from_matrix(scores))
    fit = calibrate(marks)
    star = person_fit(scores, weighted_likelihood_abilities(marks, fit).ability, fit.a, fit.b)

    assert star[0] < -5
    assert (np.mean(star[1:]), np.std(star[1:])) == pytest.approx((0, 1), abs=0.08)
    assert np.mean(star[1:] < -1.645) == pytest.approx(0.05, abs=0.015)


def test_two_items_that_ask_the_same_hang_together() -> None:
    truth = drawn(2_000, 20, seed=4)
    scores = truth.scores.copy()
    copied = np.random.default_rng(1).random(2_000) < 0.6
    scores[copied, 1] = scores[copied, 0]
    marks = marks_of(from_matrix(scores))
    fit = calibrate(marks)
    q3 = dependence(scores, expected_abilities(marks, fit).ability, fit.a, fit.b)
    others = q3[np.triu_indices(20, 1)]

    assert q3[0, 1] == others.max()
    assert q3[0, 1] > np.mean(others) + 0.2
    assert np.sort(others)[-2] < np.mean(others) + 0.2


def test_mantel_haenszel_is_that_of_r() -> None:
    """R 4.2.2, mantelhaen.test by sum score, of LSAT7 with a made-up group; R's ratio is of the focal group's odds."""
    place = np.arange(1000)
    focal = (place % 3 == 0) | ((LSAT7[:, 4] == 0) & (place % 2 == 0))
    found = mantel_haenszel(LSAT7, focal, purify=False)

    assert [each.chi_square for each in found] == pytest.approx(
        [0.70407128, 3.95301963, 1.72430936, 2.67991535, 45.151891], rel=1e-6
    )
    assert [1 / each.odds_ratio for each in found] == pytest.approx(
        [1.21468998, 1.43665855, 1.32275467, 1.33721375, 0.25114747], rel=1e-6
    )
    assert found[4].level == "C"


def test_an_item_that_is_harder_for_one_group_is_found_and_no_other() -> None:
    truth = drawn(2_000, 20, seed=6, log_a_sd=0)
    rng = np.random.default_rng(1)
    focal = np.arange(2_000) % 2 == 0
    scores = truth.scores.copy()
    harder = 1 / (1 + np.exp(-(truth.ability[focal] - truth.b[5] - 1)))
    scores[focal, 5] = rng.random(1_000) < harder
    found = mantel_haenszel(scores, focal)

    assert [place for place, each in enumerate(found) if each.level == "C"] == [5]
    assert found[5].delta == pytest.approx(-2.35, abs=0.6)
    assert "clearly harder for the focal group" in found[5].reason


def test_small_groups_are_not_compared_and_middling_ones_only_screened() -> None:
    few = mantel_haenszel(LSAT7[::4], np.arange(250) < 40)
    some = mantel_haenszel(LSAT7[::4], np.arange(250) % 4 == 0)

    assert {each.level for each in few} == {""}
    assert "fewer than 50" in few[0].reason
    assert "a screen only" in some[0].reason


def test_p_values_are_adjusted_as_r_does() -> None:
    """R: p.adjust(c(.01, .04, .03, .2), "BH")."""
    adjusted = benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.2, np.nan]))

    assert adjusted == pytest.approx([0.04, 0.0533333, 0.0533333, 0.2, np.nan], nan_ok=True, abs=1e-6)


@pytest.mark.parametrize("method", [stocking_lord, haebara])
def test_a_link_is_found_again(method: object) -> None:
    truth = drawn(10, 12, seed=1)
    link = Link(1.2, -0.4)
    target = link.items(truth.a, truth.b)
    found = method(truth.a, truth.b, *target)  # type: ignore[operator]

    assert (found.slope, found.shift) == pytest.approx((1.2, -0.4), abs=1e-6)
    by_moments = mean_sigma(truth.b, target[1])
    assert (by_moments.slope, by_moments.shift) == pytest.approx((1.2, -0.4))
    assert link.ability(np.array([1.0])) == pytest.approx([0.8])


def test_an_anchor_that_moved_is_found() -> None:
    b = np.linspace(-2, 2, 9)
    moved = b + 0.01 * np.array([1, -1, 2, -2, 0, 1, -1, 2, 100])

    assert np.flatnonzero(drifted(b, moved, Link(1, 0))).tolist() == [8]
