"""The item-response model behind the simulated cohort: its formula, its limits, and that it can be found again."""

import numpy as np
import pytest

from training.measurement.simulation import (
    ItemModel,
    draw_abilities,
    draw_items,
    draw_seconds,
    learning_gain,
    three_pl,
)

ONE = np.ones(1)


def model(difficulty: float = 0.0, discrimination: float = 1.0, guessing: float = 0.0) -> ItemModel:
    return ItemModel(ONE * difficulty, ONE * discrimination, ONE * guessing)


@pytest.mark.parametrize(
    ("ability", "items", "expected"),
    [
        (0.0, model(), 0.5),  # ability equals difficulty
        (1.0, model(), 1 / (1 + np.exp(-1))),
        (0.0, model(guessing=0.2), 0.6),  # half-way between guessing and certainty
        (2.0, model(1.0, 1.7, 0.25), 0.25 + 0.75 / (1 + np.exp(-1.7))),  # worked by hand
    ],
)
def test_the_curve_has_the_values_worked_out_by_hand(ability: float, items: ItemModel, expected: float) -> None:
    assert three_pl(ability, items)[0] == pytest.approx(expected)


def test_nobody_does_worse_than_guessing_nor_better_than_certain() -> None:
    chances = three_pl(np.array([-40.0, 40.0]), model(guessing=0.25))

    assert chances == pytest.approx([0.25, 1.0])


def test_a_more_able_learner_is_more_often_right() -> None:
    chances = three_pl(np.linspace(-3, 3, 50), model(0.3, 1.2, 0.2))

    assert np.all(np.diff(chances) > 0)


def test_a_learners_domains_go_together_but_are_not_the_same() -> None:
    abilities = draw_abilities(np.random.default_rng(1), 5_000, 4)
    between = np.corrcoef(abilities.T)[np.triu_indices(4, 1)]

    assert abilities.shape == (5_000, 4)
    assert np.all((between > 0.65) & (between < 0.85))  # 0.8² / (0.8² + 0.45²) = 0.76


def test_items_lie_around_the_difficulty_of_their_level() -> None:
    means = np.repeat([-0.9, 0.1], 4_000)
    items = draw_items(np.random.default_rng(1), means, np.full(8_000, 0.25))

    assert items.difficulty[:4_000].mean() == pytest.approx(-0.9, abs=0.05)
    assert items.difficulty[4_000:].mean() == pytest.approx(0.1, abs=0.05)
    assert np.all(items.discrimination > 0)
    assert np.median(items.discrimination) == pytest.approx(1.0, abs=0.03)


def test_practice_lifts_ability_steeply_at_first_and_never_beyond_its_ceiling() -> None:
    gains = learning_gain(np.array([0.0, 10.0, 20.0, 30.0, 10_000.0]), ceiling=1.2)

    assert gains[0] == 0
    assert gains[-1] == pytest.approx(1.2)
    assert np.all(np.diff(np.diff(gains[:4])) < 0)


def test_answers_take_a_human_time() -> None:
    seconds = draw_seconds(np.random.default_rng(1), 5_000)

    assert np.median(seconds) == pytest.approx(42, rel=0.05)
    assert seconds.min() > 2


def test_the_parameters_can_be_found_again_in_the_answers() -> None:
    rng = np.random.default_rng(7)
    items = draw_items(rng, np.full(30, -0.3), np.full(30, 0.25))
    abilities = draw_abilities(rng, 4_000, 1)
    right = rng.random((4_000, 30)) < three_pl(abilities, items)

    # The share of right answers falls as difficulty rises, and totals rise with ability.
    assert np.corrcoef(right.mean(axis=0), items.difficulty)[0, 1] < -0.9
    assert np.corrcoef(right.sum(axis=1), abilities[:, 0])[0, 1] > 0.8
