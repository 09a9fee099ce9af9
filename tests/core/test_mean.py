"""A mean says how sure it is."""

import pytest

from training.core.mean import mean_of, t_95

TABLE = {
    1: 12.706,
    2: 4.303,
    3: 3.182,
    4: 2.776,
    5: 2.571,
    6: 2.447,
    7: 2.365,
    10: 2.228,
    20: 2.086,
    30: 2.042,
    120: 1.980,
}


@pytest.mark.parametrize(("degrees", "printed"), TABLE.items())
def test_students_t_agrees_with_the_printed_table(degrees: int, printed: float):
    assert t_95(degrees) == pytest.approx(printed, rel=0.0015)


def test_the_interval_is_students():
    mean = mean_of([60, 70, 80, 90, 100], least=0, most=100)

    assert (mean.n, mean.value) == (5, 80)
    assert mean.low == pytest.approx(80 - 2.776 * 15.811 / 5**0.5, abs=0.01)
    assert mean.high == pytest.approx(80 + 2.776 * 15.811 / 5**0.5, abs=0.01)


def test_the_interval_stays_where_values_can_be():
    assert mean_of([90, 100, 100], least=0, most=100).high == 100


def test_one_value_says_nothing_about_the_next():
    mean = mean_of([50], least=0, most=100)

    assert (mean.low, mean.high) == (0, 100)


def test_no_values_have_no_mean():
    with pytest.raises(ValueError, match="no values"):
        mean_of([], least=0, most=100)
