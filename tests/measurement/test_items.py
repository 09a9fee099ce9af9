"""Classical statistics of items: worked by hand or by R, additive, and indifferent to order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.measurement.published import LSAT7
from training.core.tally import EXACT_UNIT, TIMES, time_class
from training.measurement.choices import option_table
from training.measurement.items import drift, extreme_groups, item_statistics, response_times, thirds
from training.measurement.policy import Standing, sentence, standing
from training.measurement.rapid import rapid_answers
from training.measurement.responses import Array, Responses, from_matrix, to_matrix, totals
from training.measurement.sums import SUMMED, ItemSums, item_sums
from training.measurement.verdicts import flags_of, rapid_flag

SCORES = arrays(
    float, st.tuples(st.integers(1, 12), st.integers(1, 6)), elements=st.sampled_from([0.0, 0.5, 1.0, np.nan])
)


def test_lsat7_is_what_psych_says() -> None:
    """R's psych 2.2.9, alpha(LSAT7)$item.stats."""
    stats = item_statistics(item_sums(from_matrix(LSAT7)))

    assert stats.facility == pytest.approx([0.828, 0.658, 0.772, 0.606, 0.843])
    assert stats.r_rest == pytest.approx([0.24573165, 0.24667358, 0.31317925, 0.22275125, 0.17478630], abs=1e-8)


def test_what_is_worked_by_hand_comes_out() -> None:
    """Four persons, three items. Item 0: 1 1 0 0; the rest is (1, .5, .5, 0), so r = .25 / sqrt(.25 x .125)."""
    stats = item_statistics(item_sums(from_matrix([[1, 1, 1], [1, 1, 0], [0, 1, 0], [0, 0, 0]])))

    assert stats.n.tolist() == [4, 4, 4]
    assert stats.facility.tolist() == [0.5, 0.75, 0.25]
    assert stats.r_rest[0] == pytest.approx(0.125 / np.sqrt(0.25 * 0.125))
    assert stats.discrimination.tolist() == pytest.approx([1, (1 - 0.08 / 1.08), 1 / 1.08])


def test_equals_at_the_edge_of_the_extreme_groups_share_their_places() -> None:
    """Ten persons of equal score: whoever is taken, both groups are right half the time."""
    sums = item_sums(from_matrix([[1, 0], [0, 1]] * 5))

    assert extreme_groups(sums) == pytest.approx([0, 0])


def test_thirds_share_out_all_who_answered() -> None:
    band_n = np.array([[2.0, 0, 4, 1]])

    parts = thirds(band_n) * band_n
    assert parts.sum(axis=2)[:, 0] == pytest.approx([7 / 3] * 3)
    assert parts[0, 0] == pytest.approx([2, 0, 1 / 3, 0])


@given(SCORES, SCORES)
def test_sums_of_two_sets_of_attempts_add_and_can_be_taken_away_exactly(one: np.ndarray, two: np.ndarray) -> None:
    items = max(one.shape[1], two.shape[1])
    first, second = (item_sums(from_matrix(each), unit=EXACT_UNIT) for each in (one, two))
    first, second = (each.at(range(len(each.n)), items) for each in (first, second))
    both = first + second

    for name in SUMMED:
        assert np.array_equal(getattr(both - second, name), getattr(first, name))


@given(SCORES, st.randoms(use_true_random=False))
def test_neither_the_order_of_persons_nor_that_of_items_matters(scores: np.ndarray, random: object) -> None:
    rows, columns = list(range(scores.shape[0])), list(range(scores.shape[1]))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    one = item_statistics(item_sums(from_matrix(scores)))
    other = item_statistics(item_sums(from_matrix(scores[rows][:, columns])))

    for name in ("n", "facility", "r_rest", "discrimination", "facility_shrunken"):
        assert getattr(other, name) == pytest.approx(getattr(one, name)[columns], nan_ok=True, abs=1e-6)


def test_whole_numbers_lose_nothing_that_matters() -> None:
    exact, plain = (item_statistics(item_sums(from_matrix(LSAT7), unit=unit)) for unit in (EXACT_UNIT, 1))

    assert exact.facility == pytest.approx(plain.facility, abs=1e-12)
    assert exact.r_rest == pytest.approx(plain.r_rest, abs=1e-6)


def test_sums_in_different_units_are_not_added() -> None:
    with pytest.raises(ValueError, match="do not add"):
        ItemSums.empty(2) + ItemSums.empty(2, unit=EXACT_UNIT)


def test_a_matrix_survives_the_way_there_and_back() -> None:
    scores = np.array([[1.0, np.nan], [0.5, 0.0]])

    assert to_matrix(from_matrix(scores)) == pytest.approx(scores, nan_ok=True)
    assert totals(from_matrix(scores)).fraction.tolist() == [1, 0.25]


def test_a_constant_item_has_no_correlation_and_says_so() -> None:
    stats = item_statistics(item_sums(from_matrix(np.column_stack([LSAT7, np.ones(1000)]))))

    assert np.isnan(stats.r_rest[5])
    assert [flag.name for flag in flags_of(stats, 5)] == ["no_variation"]
    assert stats.r_rest[:5] == pytest.approx(item_statistics(item_sums(from_matrix(LSAT7))).r_rest)


def test_a_wrong_key_shows_in_the_item_and_in_its_options() -> None:
    """100 persons, ten sound items; on the eleventh the able choose b, but a is keyed."""
    rng = np.random.default_rng(1)
    ability = rng.normal(size=100)
    sound = (rng.random((100, 10)) < 1 / (1 + np.exp(-2 * ability[:, None]))).astype(float)
    choice = np.where(ability > 0, 1, 0)
    choice[:2] = 2
    choices = np.column_stack([np.full((100, 10), -1), choice])
    scores = np.column_stack([sound, choice == 0])
    sums = item_sums(from_matrix(scores, choices), options=3)
    right = np.full((11, 3), np.nan)
    right[10] = 1, 0, 0
    uses = option_table(sums, right).of(10)

    assert [use.n for use in uses] == [int((choice == place).sum()) for place in range(3)]
    assert [use.beats_key for use in uses] == [False, True, False]
    assert [use.idle for use in uses] == [False, False, True]
    assert uses[1].by_third[2] > 0.9 > uses[1].by_third[0]
    flags = flags_of(item_statistics(sums), 10, uses, ["sharp", "blunt", "neither"])
    assert [flag.name for flag in flags] == ["negative_discrimination", "distractor_beats_key", "idle_options"]
    assert "“blunt”" in flags[1].reason


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (4, "COUNTS"),
        (5, "SHARES"),
        (19, "SHARES"),
        (20, "PROVISIONAL"),
        (50, "RASCH"),
        (100, "REGULARISED"),
        (200, "FULL"),
        (500, "LARGE"),
    ],
)
def test_what_may_be_shown_follows_the_number_of_answers(n: int, expected: str) -> None:
    assert standing(n) is Standing[expected]
    assert ("too few to judge" in sentence(n)) == (n < 20)


def test_few_answers_raise_no_flag_but_that_they_are_few() -> None:
    stats = item_statistics(item_sums(from_matrix([[0, 1], [1, 0]] * 5)))

    assert [flag.name for flag in flags_of(stats, 0)] == ["too_few"]


def test_answering_times_are_told_by_their_tenths() -> None:
    seconds = np.exp(np.random.default_rng(1).normal(np.log(40), 0.5, 4_000))
    person = np.arange(4_000)
    responses = Responses(person, np.zeros(4_000, int), np.ones(4_000), 4_000, 1, seconds=seconds)
    times = response_times(item_sums(responses))

    assert [each[0] for each in (times.quick, times.median, times.slow)] == pytest.approx(
        np.quantile(seconds, [0.1, 0.5, 0.9]), rel=0.03
    )


def test_drift_is_the_trend_worked_by_r() -> None:
    """R: prop.trend.test(c(60, 50, 40), c(80, 80, 80)): X-squared = 10.667, p = .00109; no trend where none is."""
    found = drift(np.full((3, 2), 80.0), np.array([[60.0, 50], [50, 50], [40, 50]]))

    assert found.p == pytest.approx([0.00109, 1], abs=1e-5)
    assert found.slope == pytest.approx([-0.125, 0])


def test_an_item_that_rises_with_all_others_does_not_drift_and_one_that_rises_alone_does() -> None:
    """Month by month 40, 50, 60 % of 200 everywhere; the last item goes from 40 to 80 %."""
    n = np.full((3, 10), 200.0)
    points = n * np.array([[0.4], [0.5], [0.6]])
    points[:, 9] = 80, 120, 160
    general = points.sum(axis=1) / n.sum(axis=1)
    alone, beside = drift(n, points), drift(n, points, general)

    assert (alone.p < 0.001).all()
    assert np.flatnonzero(beside.p < 0.001).tolist() == [9]
    assert beside.slope[9] == pytest.approx(0.2 - np.polyfit(np.arange(3), general, 1)[0])


def timed(seconds: list[float], right: list[int]) -> tuple[ItemSums, Array]:
    """One item's sums with the points of each class of time."""
    n = len(seconds)
    answers = Responses(np.arange(n), np.zeros(n, int), np.array(right, float), n, 1, seconds=np.array(seconds))
    points = np.zeros((1, TIMES))
    for spent, earned in zip(seconds, right, strict=True):
        points[0, time_class(spent)] += earned
    return item_sums(answers), points


def test_answers_within_a_tenth_of_the_usual_time_are_rapid() -> None:
    """Half of them take 32 to 38 s (one class of time), so four that took 1 s are rapid; one of these is right."""
    found = rapid_answers(*timed([1.0] * 4 + [32.0] * 36, [1, 0, 0, 0] + [1] * 36))

    assert found.share[0] == 0.1
    assert (found.right[0], found.right_else[0]) == (0.25, 1.0)
    assert 3.2 < found.seconds[0] < 3.81


def test_rapid_answers_are_said_to_be_guessed_or_known_beforehand_or_too_few_to_judge() -> None:
    guessed, known = rapid_flag(200, 3.0, 0.08, 0.2, 0.7), rapid_flag(200, 3.0, 0.08, 0.95, 0.7)

    assert "guessed, not read" in str(guessed)
    assert "known beforehand" in str(known)
    assert rapid_flag(200, 3.0, 0.04, 0.2, 0.7) is None
    assert rapid_flag(19, 3.0, 0.3, 0.2, 0.7) is None
