"""Orderings in GIFT, as Moodle's ordering type reads and writes them, and what cannot stand in a line of one."""

import pytest

from tests.formats.banks import bank_of, batch
from tests.formats.test_gift import item, only
from training.formats import gift

STEPS = [{"text": "Wash hands", "why": "First.", "id": "wash"}, {"text": "Find the band", "why": "Next."}]


@pytest.mark.parametrize("header", ["4 ALL VERTICAL ABSOLUTE_POSITION", "4", "0 EXACT H ABS", ""])
def test_an_ordering_is_read_in_the_order_of_its_lines(header: str) -> None:
    found = item(f"::Steps::Put in order. {{>{header}\n\tWash hands\n\tFind the band\n\tInsert \\{{slowly\\}}\n}}")

    assert found.type == "ordering"
    assert [step.text for step in found.steps] == ["Wash hands", "Find the band", "Insert {slowly}"]


def test_an_ordering_of_which_only_some_steps_are_shown_says_so() -> None:
    found = only("Put in order. {>3 RANDOM\na1\nb1\nc1\nd1\n}")

    assert [loss.field for loss in found.losses] == ["selecttype"]


def test_a_control_character_inside_a_subscript_is_left_out() -> None:
    assert item("[html]H<sub>2\x13</sub>O is wet {T}").stem == "H₂O is wet"


def test_the_names_and_reasons_of_steps_are_named_as_lost() -> None:
    written = gift.write(batch(bank_of("ordering", steps=[*STEPS, {"text": "Insert", "why": "Last."}])))

    assert "{>\n\t3 ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST\n\tWash hands\n\tFind the band\n\tInsert\n}" in (
        written.data.decode()
    )
    assert {"steps.0.id", "steps.0.why", "steps.1.why", "steps.2.why"} <= {loss.field for loss in written.losses}


def test_a_step_that_reads_as_a_comment_is_left_out_in_words() -> None:
    written = gift.write(batch(bank_of("ordering", steps=[*STEPS, {"text": "// Insert", "why": "Last."}])))

    assert [problem.message for problem in written.left_out] == [
        "item-1 is left out: a step begins with // or $, which GIFT takes for a comment or a category"
    ]
