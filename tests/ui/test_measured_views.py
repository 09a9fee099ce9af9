"""What charts of measurement say is true of what they show: no rise that is none, no cut that is none, no item unseen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from training.core.blueprint import Mode
from training.measurement.choices import OptionUse
from training.services import reporting
from training.services.analysing import Curves, ItemFigures, Quiz
from training.services.looking_beyond import beyond
from training.services.reporting import Model
from training.store.calibrations import KeptCalibration
from training.store.sum_reading import Fresh
from training.ui.charts.measured import _figure
from training.ui.views.item_figures import option_curves, scatter
from training.ui.views.measured import Plot, Series
from training.ui.views.test_report import distribution, wright_map

NONE = float("nan")
KEY = OptionUse(0, 20, 0.5, (0.3, 0.5, 0.7), 0.2, -0.1, 0.5, right=True, idle=False, beats_key=False)
ITEM = ItemFigures(
    "q1", "abcdef0123", "What?", 40, "40 answers.", 0.5, 0.4, 0.6, 0.1, -0.2, 0.4, 0.1, 0.8, (1.0, 2.0, 3.0), 0.0, (), 1,
    (KEY,), ("A",), (), (),
)  # fmt: skip
MODEL = Model(
    KeptCalibration("c", "quiz", "rasch", "exam", datetime(2026, 3, 2, tzinfo=UTC), "ida", 60, True, "{}"), (1.0,) * 3,
    (-5.0, 0.1, 9.0), (-1.0, 0.0, 1.0), (30, 30), (-1.0, 0.0, 1.0), (0.2, 0.3, 0.2), 0.5, beyond({}),
)  # fmt: skip


def report(cut: float) -> reporting.TestReport:
    bands = [0] * 101
    bands[80], bands[69] = 1, 4
    return reporting.TestReport(
        Quiz("quiz", "Quiz", Mode.EXAM, 5), 5, Fresh(5, 5, None), cut=cut, distribution=tuple(bands)
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.2, 0.1, 0.4, 0.5, 0.8), "Here it goes from 20 % to 80 %."),
        ((1.0, 1.0, 0.9, 1.0, 1.0), "Here it goes from 100 % to 100 %."),
        ((0.8, 0.4, 0.4, 0.5, 0.6), "Here it goes from 80 % to 60 %: so few may do that by chance."),
    ],
)
def test_a_curve_says_from_where_to_where_it_goes(shares: tuple[float, ...], said: str) -> None:
    plot = option_curves(ITEM, Curves((8.0,) * 5, (shares,)))

    assert plot
    assert plot.sentence.endswith(said)


def test_only_an_item_that_surely_goes_the_wrong_way_is_asked_about_its_key() -> None:
    plot = option_curves(replace(ITEM, r_rest=-0.5, r_high=-0.2), Curves((8.0,) * 5, ((0.8, 0.4, 0.4, 0.5, 0.6),)))

    assert plot
    assert plot.sentence.endswith("is the key right?")


def test_items_that_too_few_answered_make_no_chart() -> None:
    drawn = scatter([ITEM, replace(ITEM, r_rest=NONE)])

    assert scatter([replace(ITEM, r_rest=NONE)]) is None
    assert drawn
    assert drawn.series[0].y == (0.1,)
    assert "1 item of 1 lies below the line" in drawn.sentence


def test_five_points_about_the_cut_are_five_on_either_side() -> None:
    assert distribution(report(75)).sentence.startswith("1 attempt lies within five points of the cut")
    assert distribution(report(74)).sentence.startswith("4 attempts lie within five points")


def test_without_a_cut_nothing_is_said_of_one() -> None:
    assert distribution(report(NONE)).sentence.endswith("this quiz has no cut on the whole.")


def test_every_item_hangs_in_the_map_however_hard_and_too_few_attempts_are_not_said_to_stand() -> None:
    drawn, kept_back = wright_map(MODEL), wright_map(replace(MODEL, counts=()))

    assert drawn.series[1].y == (-1, -2)
    assert drawn.sentence.startswith("Attempts stand above the line")
    assert kept_back.sentence.startswith("Of so few attempts none are drawn")


def test_a_line_of_many_points_is_a_line_and_one_of_months_has_marks() -> None:
    modes = [
        _figure(Plot("p", "", (Series("s", tuple(map(float, range(n))), (0.0,) * n),), "", "", (), ())).data[0].mode
        for n in (81, 12)
    ]

    assert modes == ["lines", "lines+markers"]
