"""What is counted of a response with several choices: every right answer of every item type is right in every row."""

import pytest

from tests.core.forms import MANY
from tests.core.test_items import every_type, example
from training.core.interaction import ChooseOne, FillGaps, Gap, MatchEach, Option, PickRegion, PutInOrder
from training.core.items import Item
from training.core.key import Pairs, RightOrder, correct_value
from training.core.picks import picks, rows_of
from training.core.question import Level, Question, Safety

DRUGS = (Option("x", "Ice"), Option("y", "Heat"), Option("z", "Rest"))


def question(interaction: object, key: object) -> Question:
    return Question("q", "1.1", Level.APPLY, Safety.NONE, "Which?", interaction, key)  # type: ignore[arg-type]


@every_type
def test_the_correct_answer_picks_what_is_right_in_every_row(item_type: type[Item]) -> None:
    asked = example(item_type).question(seed=0)
    worth = [each for row in rows_of(asked) for each in row.worth]
    one = isinstance(asked.interaction, ChooseOne | PickRegion) and isinstance(correct_value(asked.key), str)
    given = picks(asked, correct_value(asked.key))

    assert all(worth[number] > 0 for number in given)
    if worth and not one:
        assert len(given) == (sum(worth) if len(rows_of(asked)) == 1 else len(rows_of(asked)))


def test_options_are_numbered_as_they_stand_whatever_the_order_given() -> None:
    assert picks(MANY.question, ("c", "a")) == (0, 2)
    assert picks(MANY.question, None) == ()


def test_rows_go_on_counting_and_an_open_one_counts_for_nothing() -> None:
    rows = (Option("1", "Fresh"), Option("2", "Old"))
    matching = question(MatchEach(rows, DRUGS), Pairs((("x",), ("y", "z"))))

    assert [row.label for row in rows_of(matching)] == ["Fresh", "Old"]
    assert [row.worth for row in rows_of(matching)] == [(1, 0, 0), (0, 1, 1)]
    assert picks(matching, ("z", "x")) == (2, 3)
    assert picks(matching, ("", "y")) == (4,)


def test_gaps_have_options_of_their_own() -> None:
    gaps = (Gap("1", DRUGS[:2]), Gap("2", DRUGS))
    cloze = question(FillGaps("{{1}} or {{2}}", gaps), Pairs((("y",), ("z",))))

    assert [len(row.options) for row in rows_of(cloze)] == [2, 3]
    assert picks(cloze, ("y", "z")) == (1, 4)


@pytest.mark.parametrize(("given", "expected"), [(("z", "x", "y"), (2, 3, 7)), (("x", "y", "z"), (0, 4, 8))])
def test_in_an_order_each_place_is_a_row(given: tuple[str, ...], expected: tuple[int, ...]) -> None:
    ordering = question(PutInOrder(DRUGS), RightOrder(("z", "x", "y")))

    assert [row.label for row in rows_of(ordering)] == ["place 1", "place 2", "place 3"]
    assert picks(ordering, given) == expected
