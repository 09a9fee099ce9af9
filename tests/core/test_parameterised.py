"""Parameterised items: numbers of one's own for each learner, within the author's bounds, the same for the same seed."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_draw import pool_of, quota
from training.core.form import assemble
from training.core.items import BY_TYPE
from training.core.items.filling import filled, plainly
from training.core.items.parameterised import Parameterised
from training.core.key import correct_value, fraction

EXAMPLE = yaml.load(Parameterised.EXAMPLE, Loader=yaml.BaseLoader)


def made(**fields: Any) -> Parameterised:
    item = BY_TYPE["parameterised"].model_validate(EXAMPLE | fields)
    assert isinstance(item, Parameterised)
    return item


@given(st.integers(0, 2**31))
def test_every_draw_keeps_to_the_bounds_the_steps_and_the_conditions(seed: int) -> None:
    values = made().values(seed)

    assert values["reports"] in range(200, 401, 25)
    assert values["retained"] in range(20, 121, 4)
    assert values["retained"] < values["reports"] / 3


@given(st.integers(0, 2**31))
def test_the_question_shows_the_numbers_that_its_key_was_worked_out_from(seed: int) -> None:
    item = made()
    values, question = item.values(seed), item.question(seed)

    assert f"Of {values['reports']:.0f} reported incidents, {values['retained']:.0f} were" in question.stem
    assert fraction(question.key, correct_value(question.key)) == 1
    assert fraction(question.key, str(100 * values["retained"] / values["reports"])) == 1
    assert "{" not in question.stem + "".join(reason.text for reason in question.reasons)


def test_each_learner_gets_numbers_of_her_own_and_the_same_seed_the_same() -> None:
    pool = pool_of([made()], quota(1))
    forms = [assemble(pool, seed=seed) for seed in range(20)]

    assert len({form.slots[0].question.stem for form in forms}) > 10
    assert len({form.slots[0].digest for form in forms}) > 10
    assert assemble(pool, seed=7) == forms[7]


def test_decimal_steps_are_exact() -> None:
    item = made(
        variables=[{"name": "dose", "from": "0.1", "to": "0.7", "step": "0.1"}],
        where=[], derived=[], answer="dose * 3", why="{dose} times 3.", stem="Three times {dose}?", mistakes=[],
    )  # fmt: skip

    stems = {item.question(seed).stem for seed in range(200)}
    assert stems == {f"Three times 0.{tenth}?" for tenth in range(1, 8)}


def test_values_may_be_one_of_some() -> None:
    item = made(
        variables=[{"name": "n", "choices": ["0.16", "0.25", "0.30"]}],
        where=["n != 0.25"], derived=[], answer="n", why="{n:2}", stem="Which of {n}?", mistakes=[],
    )  # fmt: skip

    assert {item.question(seed).reasons[0].text for seed in range(50)} == {"0.16", "0.30"}


def test_conditions_that_few_values_meet_never_leave_a_learner_without_a_question() -> None:
    item = made(
        variables=[{"name": "n", "from": "1", "to": "400"}],
        where=["n == 399"], derived=[], answer="n", why="{n}", stem="What is {n}?", mistakes=[],
    )  # fmt: skip

    assert {item.question(seed).stem for seed in range(60)} == {"What is 399?"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"where": ["retained > 1000"]}, "no values of 1,000 tried meet these conditions"),
        ({"where": ["retained < needles"]}, "'needles' in 'retained < needles' is no variable"),
        ({"where": ["retained <"]}, "a number or name is missing"),
        ({"answer": "100 / (retained - retained)"}, "cannot be worked out for every draw"),
        ({"answer": "os.system"}, "'.' is not understood"),
        ({"answer": "shares"}, "'shares' has no value"),
        ({"tolerance": "-1"}, "it must not be negative"),
        ({"stem": "Of {report}?"}, "the text shows '{report}', but nothing has that name"),
        ({"variables": [{"name": "n", "from": "5", "to": "1"}]}, "needs 'choices', or 'from' and a 'to'"),
        ({"variables": [{"name": "n", "from": "0", "to": "1", "step": "1e-9"}]}, "1,000,000 values at most"),
        ({"variables": [{"name": "min", "from": "0", "to": "1"}]}, "it means something already"),
        (
            {"variables": [{"name": "n", "choices": ["1"]}, {"name": "n", "choices": ["2"]}]},
            "two variables have the same",
        ),
    ],
)
def test_what_cannot_be_drawn_or_worked_out_is_an_authors_mistake(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match="validation error") as wrong:
        made(**fields)

    assert words in str(wrong.value)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (-0.25, "-0.25"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (0.0, "0"),
    ],
)
def test_numbers_are_shown_as_people_write_them(number: float, shown: str) -> None:
    assert plainly(number) == shown


def test_texts_show_values_with_the_decimals_asked_for() -> None:
    assert filled("{n} is {n:2}, {n:0} or {other}", {"n": 2.675, "other": 1}) == "2.675 is 2.68, 3 or 1"
    assert filled("{} and {Name} stay", {}) == "{} and {Name} stay"
