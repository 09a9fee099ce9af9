"""Entries of an item's lists moved and taken out in its text, with the remarks above them."""

from tests.content.test_field_splicing import FILE, TEXT
from training.content.banks import load_bank
from training.content.field_splicing import with_fields
from training.content.reordering import reordered
from training.core.items.case import Case

CASE = """\
bank: cases
title: Cases
items:
  - id: case-runner-01
    type: case
    objective: "5.1"
    level: apply
    stem: A runner rings.
    parts:
      # Asked at once.
      - reveal: She is short of breath.   # since noon
        type: true_false
        stem: She should be seen today.
        answer: true
        why:
          true: Yes.
          false: Unsafe.

      # Asked later.
      - type: single_best
        stem: What comes first?
        options:
          - text: One   # the key
            correct: true
            why: Because.
          # A tempting one.
          - text: Two
            why: Unsafe.
    references:
      - mintken-2025
    authors:
      - Ida
"""


def test_a_part_moves_with_the_remarks_above_it_and_beside_it() -> None:
    made = reordered(FILE, CASE, "case-runner-01", [(("parts",), (1, 0))])

    assert sorted(made.splitlines()) == sorted(CASE.splitlines())
    assert made.index("# Asked later.") < made.index("- type: single_best") < made.index("# Asked at once.")
    assert made.index("# Asked at once.") < made.index("- reveal: She is short of breath.   # since noon")
    item = load_bank(FILE, made)[0].items[0]
    assert isinstance(item, Case)
    assert [part.type for part in item.parts] == ["single_best", "true_false"]
    assert reordered(FILE, made, "case-runner-01", [(("parts",), (1, 0))]).split() == CASE.split()


def test_a_list_within_a_part_and_the_parts_themselves_move_in_one_go() -> None:
    made = reordered(FILE, CASE, "case-runner-01", [(("parts",), (1, 0)), (("parts", 1, "options"), (1, 0))])

    inner = made[made.index("options:") : made.index("# Asked at once.")]
    places = [inner.index(each) for each in ("# A tempting one.", "- text: Two", "- text: One   # the key", "true")]
    assert places == sorted(places)
    item = load_bank(FILE, made)[0].items[0]
    assert isinstance(item, Case)
    assert [each.text for each in item.parts[0].options] == ["Two", "One"]  # type: ignore[attr-defined] # it has options


def test_an_entry_is_taken_out_with_its_remark_alone() -> None:
    made = reordered(FILE, TEXT, "cue-first-01", [(("options",), (1,))])

    gone = set(TEXT.splitlines()) - set(made.splitlines())
    assert gone == {
        "      # The key first.", "      - text: 'Remove the needle'   # short", "        correct: true",
        "        why: Consent can be withdrawn.",
    }  # fmt: skip


def test_what_cannot_be_moved_line_by_line_stays() -> None:
    assert reordered(FILE, TEXT, "cue-second-01", [(("references",), (0,))]) == TEXT
    assert reordered(FILE, TEXT, "cue-third-01", [(("options",), (1, 0))]) == TEXT
    assert reordered(FILE, "bank: [", "cue-first-01", [(("options",), (1, 0))]) == "bank: ["


def test_the_first_field_of_an_entry_goes_and_the_rest_keeps_its_remarks() -> None:
    part = {"type": "true_false", "stem": "She should be seen today.", "answer": True,
            "why": {"true": "Yes.", "false": "Unsafe."}}  # fmt: skip
    second = {"type": "single_best", "stem": "What comes first?", "options": [
        {"text": "One", "correct": True, "why": "Because."}, {"text": "Two", "why": "Unsafe."},
    ]}  # fmt: skip
    made = with_fields(FILE, CASE, "case-runner-01", {"parts": [part, second]})

    assert made == CASE.replace(
        "      - reveal: She is short of breath.   # since noon\n        type: true_false\n",
        "      - type: true_false\n",
    )
