"""What whole tests and decisions are worth: alpha, its error, and how far a pass can be trusted."""

import numpy as np
import pytest

from tests.measurement.published import LSAT6, LSAT7
from tests.measurement.simulated import drawn
from training.core.tally import EXACT_UNIT
from training.measurement.decisions import Decisions, livingston_lewis, subkoviak
from training.measurement.reliability import score_errors, section_weights, summarise_test
from training.measurement.responses import from_matrix
from training.measurement.score_sums import score_sums


def test_alpha_of_lsat6_and_lsat7_is_the_published_one() -> None:
    assert summarise_test(from_matrix(LSAT6)).alpha == pytest.approx(0.295, abs=5e-4)
    assert summarise_test(from_matrix(LSAT7)).alpha == pytest.approx(0.453, abs=5e-4)


def test_lsat7_is_what_psych_says() -> None:
    """R's psych 2.2.9, alpha(LSAT7): raw_alpha, Feldt's interval, alpha.drop."""
    test = summarise_test(from_matrix(LSAT7))

    assert (test.n, test.items, test.mean) == (1000, 5, pytest.approx(3.707))
    assert test.sd == pytest.approx(0.23971546 * 5, abs=1e-7)
    assert test.alpha == pytest.approx(0.45340874, abs=1e-8)
    assert (test.alpha_low, test.alpha_high) == pytest.approx((0.3979564, 0.5052032), abs=1e-7)
    assert test.alpha_if_deleted == pytest.approx(
        [0.39597497, 0.39383104, 0.34539122, 0.41460075, 0.43846210], abs=1e-8
    )
    assert test.sem == pytest.approx(test.sd * np.sqrt(1 - 0.45340874), abs=1e-7)


def test_alpha_by_its_own_formula() -> None:
    """Partial credit: k / (k - 1) (1 - sum s² / s_X²), worked with NumPy."""
    scores = np.random.default_rng(1).choice([0, 0.5, 1], (50, 6)) * np.linspace(1, 0.4, 6)
    variances, total = scores.var(axis=0, ddof=1), scores.sum(axis=1).var(ddof=1)

    assert summarise_test(from_matrix(scores)).alpha == pytest.approx(6 / 5 * (1 - variances.sum() / total))


def test_random_draws_give_the_alpha_of_a_form_of_their_length() -> None:
    """Each of 3,000 sees 30 of 120 items; Spearman & Brown say what alpha of the whole means for a quarter of it."""
    scores, rng = drawn(3_000, 120, seed=2).scores, np.random.default_rng(1)
    whole = summarise_test(from_matrix(scores)).alpha
    for row in scores:
        row[rng.permutation(120)[30:]] = np.nan
    part = summarise_test(from_matrix(scores))

    assert part.length == 30
    assert part.alpha == pytest.approx(whole / (whole + 4 * (1 - whole)), abs=0.01)


def test_few_answers_to_each_item_do_not_bias_the_alpha_of_random_draws() -> None:
    """60 persons see 20 of 60 items: the mean over 60 such cohorts is that of the whole population's."""
    found = []
    for seed in range(60):
        scores, rng = drawn(60, 60, seed=seed, log_a_sd=0).scores, np.random.default_rng(seed)
        for row in scores:
            row[rng.permutation(60)[20:]] = np.nan
        found.append(summarise_test(from_matrix(scores)).alpha)
    whole = np.mean(
        [summarise_test(from_matrix(drawn(4_000, 60, seed=seed, log_a_sd=0).scores)).alpha for seed in range(6)]
    )

    assert np.mean(found) == pytest.approx(whole / (whole + 3 * (1 - whole)), abs=0.025)


@pytest.mark.parametrize("scores", [[[1, 1], [1, 1]], [[np.nan, np.nan]], [[1], [0]], [[1, 0]]])
def test_where_nothing_varies_alpha_is_not_a_number(scores: list[list[float]]) -> None:
    assert np.isnan(summarise_test(from_matrix(scores)).alpha)


def test_a_constant_and_an_unanswered_item_leave_the_others_be() -> None:
    with_them = summarise_test(from_matrix(np.column_stack([LSAT7, np.full(1000, np.nan)])))

    assert with_them.alpha == pytest.approx(0.45340874, abs=1e-6)
    assert np.isnan(with_them.alpha_if_deleted[5])


def test_sums_of_scores_give_kr21_and_can_be_taken_away() -> None:
    """KR-21 = k / (k - 1) (1 - M (k - M) / (k s²)), with s² over n; here with n - 1, so a little above."""
    all_of = score_sums(from_matrix(LSAT7))
    total = LSAT7.sum(axis=1)
    mean, variance = total.mean(), total.var(ddof=1)
    error = np.mean(total * (5 - total)) / 4  # the mean of k p q k / (k - 1) over persons

    assert all_of.mean == pytest.approx(mean / 5)
    assert all_of.sd == pytest.approx(np.sqrt(variance) / 5)
    assert all_of.dependability == pytest.approx(1 - error / variance)
    assert all_of.dependability < summarise_test(from_matrix(LSAT7)).alpha
    one, two = (score_sums(from_matrix(part), unit=EXACT_UNIT) for part in (LSAT7[::2], LSAT7[1::2]))
    assert ((one + two) - two).square == one.square


@pytest.mark.parametrize("cut", [20, 26, 32])
def test_decisions_are_as_consistent_and_accurate_as_a_second_sitting_shows(cut: int) -> None:
    rng = np.random.default_rng(cut)
    ability = rng.normal(size=40_000)
    chance = 1 / (1 + np.exp(-np.linspace(0.7, 1.4, 40) * (ability[:, None] - np.linspace(-2, 1, 40))))
    first, second = ((rng.random(chance.shape) < chance).sum(axis=1).astype(float) for _ in range(2))
    passed, again, deserved = first >= cut, second >= cut, chance.sum(axis=1) >= cut
    reliability = float(np.corrcoef(first, second)[0, 1])
    found = livingston_lewis(first, reliability, lowest=0, highest=40, cut=cut)

    assert found.consistency == pytest.approx(np.mean(passed == again), abs=0.01)
    assert found.accuracy == pytest.approx(np.mean(passed == deserved), abs=0.01)
    assert found.accuracy + found.false_pass + found.false_fail == pytest.approx(1)
    assert subkoviak(first, 40, reliability, cut=cut).consistency == pytest.approx(np.mean(passed == again), abs=0.025)


def test_decisions_far_from_everybody_are_sure() -> None:
    scores = np.random.default_rng(1).binomial(50, 0.6, 300).astype(float)

    assert livingston_lewis(scores, 0.3, lowest=0, highest=50, cut=2).consistency == pytest.approx(1)
    assert subkoviak(scores, 50, 0.3, cut=2).consistency == pytest.approx(1)
    assert np.isnan(livingston_lewis(scores, 0.0, lowest=0, highest=50, cut=25).kappa)
    assert isinstance(subkoviak(scores, 50, 0.3, cut=30), Decisions)


def test_subkoviak_worked_by_hand() -> None:
    """Two items, cut 2, reliability 1: true shares 0, .5, 1 pass with 0, .25, 1; consistency (1 + .0625 + .5625 + 1) / 3."""
    found = subkoviak(np.array([0.0, 1, 2]), 2, 1.0, cut=2)

    assert found.consistency == pytest.approx((1 + 0.25**2 + 0.75**2 + 1) / 3)


def test_errors_of_single_scores_average_to_that_of_the_test() -> None:
    """Lord: 2 of 5 has sqrt(2 x 3 / 4); Keats scales all so that the mean square is s² (1 - alpha). None at 0 and 5."""
    total, test = LSAT7.sum(axis=1), summarise_test(from_matrix(LSAT7))
    errors = score_errors(total, 5, test.alpha)

    assert np.mean(errors**2) == pytest.approx(test.sem**2)
    assert errors[total == 5].tolist() == [0.0] * int((total == 5).sum())
    assert errors[total == 2][0] / errors[total == 1][0] == pytest.approx(np.sqrt(6 / 4))


def test_sections_weigh_by_what_they_spread() -> None:
    """Two independent sections with variances 4 and 1: the shares are 0.8 and 0.2."""
    rng = np.random.default_rng(1)
    weights = section_weights(rng.normal(0, [2, 1], (200_000, 2)))

    assert weights == pytest.approx([0.8, 0.2], abs=0.01)
    assert weights.sum() == pytest.approx(1)
