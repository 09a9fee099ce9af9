"""A case: its parts stay together and in order, reveal more as they go, and close what came before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.core.test_draw import item, pool_of, quota
from training.core.attempt import Attempt, answer, begin, closed_by
from training.core.form import Form, assemble
from training.core.items import BY_TYPE, Item
from training.core.refusal import Refusal

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def part(stem: str, **more: Any) -> dict[str, Any]:
    options = [{"text": f"{stem} {n}", "why": "Because.", "correct": n == 0} for n in range(3)]
    return {"type": "single_best", "stem": stem, "options": options, **more}


def case(name: str, *parts: dict[str, Any], **more: Any) -> Item:
    fields = {
        "id": name, "type": "case", "status": "approved", "objective": "1.1", "level": "apply",
        "stem": "A runner of 24.", "parts": parts, "references": ["who-2009"], "authors": ["Ida"],
    }  # fmt: skip
    return BY_TYPE["case"].model_validate(fields | more)


RUNNER = case(
    "runner", part("First?"), part("Second?"), part("Third?", reveal="She is short of breath."), part("Fourth?"),
)  # fmt: skip
NUMBERS = {
    "type": "parameterised", "stem": "Of {n}, how many is half?", "why": "Half of {n}.", "answer": "n / 2",
    "tolerance": "0", "variables": [{"name": "n", "from": "2", "to": "2000", "step": "2"}],
}  # fmt: skip


def ids(form: Form) -> list[str]:
    return [slot.question.item_id for slot in form.slots]


def form_of(items: list[Item], count: int, seed: int = 1, **more: Any) -> Form:
    return assemble(pool_of(items, quota(count)), seed=seed, **more)


def test_its_parts_stay_together_and_in_order_whatever_the_seed() -> None:
    others = [item(f"item-{n:03d}") for n in range(6)]
    seen = {f"item-{n:03d}": T0 for n in range(6)}  # so that the case comes first

    for seed in range(60):
        drawn = ids(form_of([*others, RUNNER], 7, seed, seen=seen))
        place = drawn.index("runner/1")
        assert drawn[place : place + 4] == ["runner/1", "runner/2", "runner/3", "runner/4"]
        assert len(drawn) == 7


def test_it_counts_as_many_questions_as_it_has_parts_and_is_drawn_only_where_it_fits() -> None:
    others = [item(f"item-{n:03d}") for n in range(6)]

    for seed in range(60):
        assert "runner/1" not in ids(form_of([*others, RUNNER], 3, seed))
    assert len(ids(form_of([RUNNER], 4))) == 4
    with pytest.raises(Refusal, match="any item"):
        form_of([RUNNER], 3)


def test_a_quota_that_only_some_cases_fill_exactly_is_still_filled() -> None:
    """Cases of 4, 3 and 3 and a quota of 6: taking the 4 first leaves 2 that nothing fills."""
    three, other = (case(name, *(part(f"{n}?") for n in range(3))) for name in ("three", "other"))

    for seed in range(20):
        assert {name.partition("/")[0] for name in ids(form_of([RUNNER, three, other], 6, seed))} == {"three", "other"}


def test_each_part_has_the_vignette_and_what_was_revealed_until_then() -> None:
    first, second, third, fourth = RUNNER.questions(seed=0)

    assert first.context == second.context == "A runner of 24."
    assert third.context == fourth.context == "A runner of 24.\n\nShe is short of breath."
    assert [each.stem for each in (first, fourth)] == ["First?", "Fourth?"]
    assert [each.group.part for each in (first, second, third, fourth) if each.group] == [1, 2, 3, 4]


def test_a_learner_meets_it_as_one_item() -> None:
    form = form_of([RUNNER, *(item(f"item-{n:03d}") for n in range(4))], 4, seen={"runner": T0})

    assert {slot.question.met_as for slot in form_of([RUNNER], 4).slots} == {"runner"}
    assert "runner/1" not in ids(form)


def sat(**answers: str) -> Attempt:
    attempt = begin("a", learner="ann", form=form_of([RUNNER], 4), now=T0)
    for name, value in answers.items():
        attempt = answer(attempt, int(name[1:]) - 1, value, seen=0, now=T0 + timedelta(minutes=1))
    return attempt


def test_answers_stay_open_until_the_case_tells_more() -> None:
    attempt = sat(q1="a", q2="a")

    assert [closed_by(attempt, slot) for slot in range(4)] == [None] * 4
    assert answer(attempt, 0, "b", seen=1, now=T0).responses[0] == "b"


def test_once_a_part_that_tells_more_is_answered_those_before_it_are_closed() -> None:
    attempt = sat(q1="a", q3="a")

    assert [closed_by(attempt, slot) for slot in range(4)] == [2, 2, None, None]
    for slot, seen in ((0, 1), (1, 0)):
        with pytest.raises(Refusal, match="You have answered question 3 of this case, which told you more"):
            answer(attempt, slot, "b", seen=seen, now=T0)
    assert answer(attempt, 2, "b", seen=2, now=T0).responses[2] == "b"


def test_a_later_part_closes_them_too_even_when_another_part_told_more() -> None:
    assert closed_by(sat(q4="a"), 1) == 3


def test_taking_the_answer_back_opens_what_came_before() -> None:
    attempt = sat(q1="a", q3="a")
    attempt = answer(attempt, 2, None, seen=2, now=T0)

    assert closed_by(attempt, 0) is None


def test_a_case_does_not_close_other_cases() -> None:
    """Two cases side by side: answering in one leaves the other open."""
    twin = case("twin", part("One?"), part("Two?", reveal="More."))
    form = form_of([RUNNER, twin], 6)
    attempt = begin("a", learner="ann", form=form, now=T0)
    at = ids(form).index("runner/3")
    attempt = answer(attempt, at, "a", seen=0, now=T0)

    assert closed_by(attempt, ids(form).index("twin/1")) is None
    assert closed_by(attempt, ids(form).index("runner/1")) == at


def test_a_part_may_weigh_otherwise_than_its_case_and_has_the_rest_from_it() -> None:
    made = case("mixed", part("One?", level="recall", safety="sentinel"), part("Two?"), safety="critical").questions(0)

    assert [(each.level, each.safety, each.objective) for each in made] == [
        ("recall", "sentinel", "1.1"), ("apply", "critical", "1.1"),
    ]  # fmt: skip


def test_a_part_cannot_have_what_belongs_to_the_whole() -> None:
    with pytest.raises(ValueError, match="part 2 has 'tags', which belongs to the case as a whole"):
        case("wrong", part("One?"), part("Two?", tags=["needles"]))


def test_a_part_with_random_values_gives_each_learner_her_own() -> None:
    made = case("counted", part("One?"), NUMBERS)
    stems = {form_of([made], 2, seed).slots[1].question.stem for seed in range(10)}

    assert len(stems) > 5
    assert form_of([made], 2, 4) == form_of([made], 2, 4)
