"""Coverage of the blueprint: when it is complete, and each way of falling short."""

from collections import Counter

import pytest

from training.core.coverage import Covered, Stock, wants
from training.core.items import BY_TYPE
from training.core.library import Domain, Objective
from training.core.question import Safety

DOMAIN = Domain("1", "Safety", 100, 8, ())
TYPES = {name: 480 // len(BY_TYPE) + 1 for name in BY_TYPE} | {"true_false": 24}
FULL = Stock(480, {"recall": 120, "apply": 216, "analyse": 144}, TYPES, 3)


def row(safety: Safety, drawable: int) -> Covered:
    return Covered(DOMAIN, Objective("1.3", "Stop", safety), drawable, Counter(apply=drawable), 0, 0, 0)


@pytest.mark.parametrize(("safety", "enough"), [(Safety.NONE, 4), (Safety.CRITICAL, 6), (Safety.SENTINEL, 8)])
def test_an_objective_needs_more_items_the_more_it_matters(safety: Safety, enough: int) -> None:
    assert wants([row(safety, enough)], FULL) == []
    assert wants([row(safety, enough - 1)], FULL) == [
        f"objective 1.3 ({safety}): needs {enough} items, has {enough - 1}"
    ]


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (Stock(479, FULL.levels, TYPES | {"true_false": 20}, 0), "all: needs 480 items, has 479"),
        (Stock(480, {"recall": 200, "apply": 280}, TYPES, 0), "application or judgement: needs 60 %, has 58 %"),
        (Stock(480, FULL.levels, TYPES | {"true_false": 25}, 0), "true or false: at most 5 %, has 5.2 %"),
        (Stock(480, FULL.levels, TYPES | {"numeric": 11}, 0), "type numeric: needs 12 items, has 11"),
    ],
)  # fmt: skip
def test_the_whole_stock_has_figures_of_its_own(total: Stock, said: str) -> None:
    assert wants([], total) == [said]
