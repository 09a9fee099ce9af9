"""Coverage of the blueprint: when it is complete, and each way of falling short."""

from collections import Counter

import pytest

from training.core.coverage import Covered, Stock, held_back, wants
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


def test_an_objective_that_awaits_an_expert_is_named_and_not_missing_once_its_items_are_written() -> None:
    awaits = Objective("3.8", "Current", Safety.CRITICAL, "an expert")
    written = Covered(DOMAIN, awaits, 0, Counter(), 6, 6, 0)
    unwritten = Covered(DOMAIN, awaits, 0, Counter(), 5, 5, 0)

    assert wants([written], FULL) == []
    assert held_back([written]) == ["objective 3.8 (critical): 6 items wait for an expert"]
    assert wants([unwritten], FULL) == ["objective 3.8 (critical): needs 6 items, has 0"]
    assert held_back([unwritten]) == []


def test_items_for_practice_only_count_for_their_type_and_for_no_objective() -> None:
    practised = Stock(480, FULL.levels, TYPES | {"script_concordance": 0}, 0, {"script_concordance": 12})

    assert wants([row(Safety.NONE, 3)], practised) == ["objective 1.3 (none): needs 4 items, has 3"]


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
