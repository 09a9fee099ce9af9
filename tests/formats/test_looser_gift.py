"""GIFT as people and other programs write it, where it is looser than Moodle's own."""

import pytest

from tests.formats.test_gift import item, keyed, only
from training.formats.base import Code
from training.formats.gift import FORMAT


def test_general_feedback_behind_the_brace_is_no_part_of_the_question() -> None:
    found = item("Which nerve?{=median ~ulnar}####It lies in the middle.")

    assert found.stem == "Which nerve?"
    assert found.options[0].why == "It lies in the middle."


def test_feedback_of_a_pair_is_the_reason_of_its_row() -> None:
    found = item("Where?{=radial -> forearm#Its lower part. =femoral->thigh =->calf}")

    assert [(row.text, row.answer, row.why) for row in found.rows] == [
        ("radial", "a", "Its lower part."), ("femoral", "b", "To be written."),
    ]  # fmt: skip
    assert [option.text for option in found.options] == ["forearm", "thigh", "calf"]


def test_several_tags_between_commas_are_as_many_tags() -> None:
    assert item("// [id:q-7] [tags:Thorax,lung,level:apply]\nDeep?{T}").tags == ("thorax", "lung")


def test_a_third_feedback_of_a_judgement_is_named() -> None:
    found = only("Deep?{T#No.#Yes.#Never seen.}")

    assert [loss.field for loss in found.losses] == ["feedback"]


def test_an_option_without_any_text_is_left_out_and_that_is_said() -> None:
    found = only("Which nerve?{=median ~ ~ulnar}")

    assert keyed(found.item) == [("median", True), ("ulnar", False)]
    assert [problem.code for problem in found.problems if problem.code == Code.MALFORMED] == [Code.MALFORMED]


@pytest.mark.parametrize(
    ("answers", "number", "tolerance"),
    [
        ("=4 =4:0.5", 4.0, 0.5),
        ("=1..3 =3..5", 3.0, 2.0),
        ("=4:1 =9", 4.0, 1.0),
        ("=%50%4:3 =4:0.5", 4.0, 0.5),
    ],
)
def test_ranges_of_the_same_worth_that_touch_become_one(answers: str, number: float, tolerance: float) -> None:
    found = item(f"How many?{{#{answers}}}")

    assert (found.answer, found.tolerance) == (number, tolerance)


def test_a_number_that_earned_a_part_is_a_known_mistake_with_its_feedback() -> None:
    found = only("Which year?{#=1822 #Yes. =%50%1830:2#A little late.}")

    assert [(slip.answer, slip.why) for slip in found.item.mistakes] == [(1830.0, "A little late.")]
    assert [loss.what for loss in found.losses] == ["1830 ± 2 earned 50 % there", "± 2 around 1830, a known mistake"]


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    plain = "$CATEGORY: Thorax\n\n::One::Deep?{T}\n::Two::Which?{\n=a\n~b\n}\n"
    assert FORMAT.read is not None

    drafts = FORMAT.read(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode(), "q.gift").drafts

    assert [draft.fields for draft in drafts] == [draft.fields for draft in FORMAT.read(plain.encode(), "q").drafts]
    assert [draft.category for draft in drafts] == ["Thorax", "Thorax"]
