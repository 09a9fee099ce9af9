"""Rasch and 2PL against published results, against the truth of simulations, and whatever the order of the answers."""

import numpy as np
import pytest

from tests.measurement.published import LSAT6, LSAT7
from tests.measurement.simulated import drawn
from training.measurement.anderson import Anderson
from training.measurement.calibration import Calibration, calibrate
from training.measurement.marks import is_binary, marks_of
from training.measurement.maximisation import Prior
from training.measurement.precision import standard_errors
from training.measurement.quadrature import needed_spacing, normal_grid
from training.measurement.responses import Array, from_matrix


def fitted(scores: Array, *, common: bool = False, prior: Prior | None = None) -> Calibration:
    return calibrate(marks_of(from_matrix(scores), by_score=common), common=common, prior=prior)


def test_the_2pl_of_lsat6_is_the_published_one() -> None:
    """Rizopoulos (2006), J Stat Softw 17(5), fits these data with ltm; its estimates, errors and log-likelihood."""
    fit = fitted(LSAT6)
    errors = standard_errors(marks_of(from_matrix(LSAT6)), fit)

    assert fit.converged
    assert fit.log_likelihood == pytest.approx(-2466.653, abs=0.001)
    assert fit.a == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=2e-3)
    assert fit.b == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=4e-3)
    assert errors.a == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], abs=1e-3)
    assert errors.b == pytest.approx([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], abs=3e-3)


def test_the_rasch_model_of_lsat6_is_the_published_one() -> None:
    fit = fitted(LSAT6, common=True)
    errors = standard_errors(marks_of(from_matrix(LSAT6)), fit)

    assert fit.log_likelihood == pytest.approx(-2466.938, abs=0.001)
    assert fit.a == pytest.approx([0.7551] * 5, abs=1e-4)
    assert fit.b == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=2e-4)
    assert errors.a == pytest.approx([0.0694] * 5, abs=1e-4)
    assert errors.b == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=1e-4)


def test_the_2pl_of_lsat7_is_the_published_one() -> None:
    """Chalmers (2012), J Stat Softw 48(6): slopes and log-likelihood of these data with mirt."""
    fit = fitted(LSAT7)

    assert fit.log_likelihood == pytest.approx(-2658.805, abs=0.001)
    assert fit.a == pytest.approx([0.988, 1.081, 1.706, 0.765, 0.736], abs=2e-3)
    assert fitted(LSAT7, common=True).log_likelihood == pytest.approx(-2664.901, abs=0.001)


def test_no_small_step_from_the_estimates_is_more_likely() -> None:
    """The likelihood reckoned anew, on a grid ten times as fine and without any of the shortcuts."""
    fit = fitted(LSAT6)
    grid = normal_grid(0.02)

    def log_likelihood(a: Array, d: Array) -> float:
        chance = 1 / (1 + np.exp(-(np.multiply.outer(a, grid.nodes) + d[:, None])))
        rows = LSAT6 @ np.log(chance) + (1 - LSAT6) @ np.log(1 - chance)
        return float(np.log(np.exp(rows) @ grid.weights).sum())

    best = log_likelihood(fit.a, fit.d)
    assert fit.log_likelihood == pytest.approx(best, abs=1e-6)
    for place in range(5):
        for step in (-0.02, 0.02):
            moved = np.eye(5)[place] * step
            assert log_likelihood(fit.a + moved, fit.d) < best
            assert log_likelihood(fit.a, fit.d + moved) < best


@pytest.mark.parametrize("common", [True, False])
def test_standard_errors_are_those_of_a_curvature_reckoned_by_differences(common: bool) -> None:
    """Answers with gaps: the second differences of the log-likelihood itself, inverted, on a grid of its own."""
    scores = drawn(700, 5, seed=11, missing=0.25).scores
    fit = fitted(scores, common=common)
    errors = standard_errors(marks_of(from_matrix(scores)), fit)
    nodes = np.linspace(-7, 7, 401)
    weights = np.exp(-(nodes**2) / 2) / np.exp(-(nodes**2) / 2).sum()
    right, wrong = np.nan_to_num(scores), np.nan_to_num(1 - scores)

    def log_likelihood(at: Array) -> float:
        a, d = (np.full(5, at[0]), at[1:]) if common else (at[:5], at[5:])
        logit = np.multiply.outer(a, nodes) + d[:, None]
        return float(np.log(np.exp(-right @ np.logaddexp(0, -logit) - wrong @ np.logaddexp(0, logit)) @ weights).sum())

    best = np.concatenate([fit.a[:1] if common else fit.a, fit.d])
    step = np.eye(len(best)) * 1e-3
    curvature = np.array([
        [sum(s * t * log_likelihood(best + s * one + t * other) for s in (1, -1) for t in (1, -1)) for other in step]
        for one in step
    ]) / 4e-6  # fmt: skip
    spread = np.linalg.inv(-curvature)

    assert fit.log_likelihood == pytest.approx(log_likelihood(best), abs=1e-6)
    assert errors.a == pytest.approx(np.sqrt(np.diag(spread)[: 1 if common else 5]) * np.ones(5), rel=2e-3)
    assert errors.d == pytest.approx(np.sqrt(np.diag(spread)[1 if common else 5 :]), rel=2e-3)


def test_neither_the_order_of_persons_nor_that_of_items_matters() -> None:
    scores = drawn(400, 12, seed=3, missing=0.2).scores
    rng = np.random.default_rng(1)
    rows, columns = rng.permutation(400), rng.permutation(12)
    one, other = fitted(scores), fitted(scores[rows][:, columns])

    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    assert other.b == pytest.approx(one.b[columns], abs=1e-4)


@pytest.mark.parametrize("common", [True, False])
def test_sparse_answers_find_the_true_items_again(common: bool) -> None:
    truth = drawn(6_000, 40, seed=5, missing=0.8, log_a_sd=0 if common else 0.3)
    fit = fitted(truth.scores, common=common)
    errors = standard_errors(marks_of(from_matrix(truth.scores)), fit)

    assert fit.converged
    assert np.mean(np.abs(fit.b - truth.b) < 1.96 * errors.b) >= 0.85
    assert np.mean(np.abs(fit.a - truth.a) < 1.96 * errors.a) >= 0.85


def test_missing_answers_change_nothing_where_they_are_left_out_by_hand() -> None:
    """Two groups who saw different halves and five items in common, one calibration of all."""
    truth = drawn(3_000, 15, seed=6).scores
    truth[:1500, 10:], truth[1500:, :5] = np.nan, np.nan
    fit = fitted(truth)
    marks = marks_of(from_matrix(truth))

    assert not marks.complete
    assert marks.answered.tolist() == [1500] * 5 + [3000] * 5 + [1500] * 5
    assert fit.converged


def test_a_long_test_loses_nothing_to_coarse_nodes() -> None:
    """200 items: on 61 nodes from -6 to 6 spaced as Gauss-Hermite ones are, slopes come out half as precise again."""
    truth = drawn(4_000, 200, seed=7)
    fit = fitted(truth.scores)
    posterior = 1 / np.sqrt(1 + ((truth.a**2) / 4).sum())

    assert fit.grid.spacing < 1.5 * posterior
    assert np.sqrt(np.mean((fit.a - truth.a) ** 2)) < 0.055
    assert np.std(fit.b - truth.b) < 0.07


def test_nodes_lie_closer_the_more_a_test_tells() -> None:
    assert needed_spacing(0) == 0.25
    assert needed_spacing(99) == pytest.approx(0.12)  # s = 1 / 10, times 1.2
    assert normal_grid(0.12).spacing == pytest.approx(0.12)
    assert normal_grid().weights @ normal_grid().nodes ** 2 == pytest.approx(1, abs=1e-6)


def test_constant_items_and_empty_rows_and_columns_do_not_crash() -> None:
    scores = np.column_stack([LSAT6[:300], np.ones(300), np.zeros(300), np.full(300, np.nan)])
    scores[:4] = np.nan
    fit = fitted(scores)
    alone = fitted(LSAT6[4:300])

    assert fit.fitted.tolist() == [True] * 5 + [False] * 3
    assert fit.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-6)


def test_nothing_to_fit_is_said_and_not_a_crash() -> None:
    fit = fitted(np.ones((30, 4)))

    assert not fit.converged
    assert not fit.fitted.any()


def test_priors_pull_towards_one_and_nought_and_tame_what_would_run_away() -> None:
    scores = drawn(60, 10, seed=9).scores
    free, held = fitted(scores), fitted(scores, prior=Prior.normal(10))

    assert np.std(np.log(held.a)) < np.std(np.log(np.maximum(free.a, 0.05)))
    assert np.abs(held.d).sum() < np.abs(free.d).sum()
    assert np.all(held.a > 0)


def test_a_wrongly_keyed_item_gets_a_negative_slope_without_priors() -> None:
    scores = drawn(2_000, 10, seed=4).scores
    scores[:, 3] = 1 - scores[:, 3]

    assert fitted(scores).a[3] < -0.5


def test_only_right_and_wrong_count_as_marks() -> None:
    assert is_binary(from_matrix([[0, 1], [1, np.nan]]))
    assert not is_binary(from_matrix([[0, 0.5], [1, 1]]))


def test_mixing_reaches_a_fixed_point_in_few_steps() -> None:
    """x = G(x) of a linear map in three dimensions is met after four steps, where repeating needs hundreds."""
    matrix, wanted = np.diag([0.99, 0.9, 0.5]), np.array([1.0, 2.0, 3.0])
    mixing, at = Anderson(), np.zeros(3)
    for _ in range(5):
        at = mixing.next(at, wanted + matrix @ (at - wanted))

    assert at == pytest.approx(wanted, abs=1e-6)
