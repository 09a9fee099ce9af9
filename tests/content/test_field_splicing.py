"""Fields of one item changed in a text: nothing else of it moves."""

from pathlib import Path

import pytest

from training.content.banks import load_bank
from training.content.field_splicing import with_fields
from training.core.refusal import NotFound, Refusal

FILE = "question_banks/cues.yaml"
TEXT = """\
# A bank with remarks.
bank: cues
title: Cues
items:
  # The first one is old.
  - id: cue-first-01
    type: single_best
    status: draft   # not yet
    objective: "1.3"
    level: apply
    stem: >-
      A patient says "please stop".
      What next?
    options:
      # The key first.
      - text: 'Remove the needle'   # short
        correct: true
        why: Consent can be withdrawn.
      - text: Go on
        why: Unsafe.   # assault
    references:
      - alberta-hqca-2014
    authors:
      - Ida

  # The second one.
  - id: cue-second-01
    type: numeric
    objective: "1.3"
    level: recall
    stem: How many?
    answer: 5
    tolerance: 1
    why: Because.
    references: [alberta-hqca-2014]
    authors:
      - Ida
"""


def changed(text: str, item_id: str = "cue-first-01", **fields: object) -> str:
    return with_fields(FILE, text, item_id, fields)


def lines_apart(old: str, new: str) -> tuple[list[str], list[str]]:
    """What went and what came, line by line."""
    before, after = old.splitlines(), new.splitlines()
    return [each for each in before if each not in after], [each for each in after if each not in before]


def test_a_text_changes_where_it_stands_and_keeps_its_quotes_folding_and_remarks() -> None:
    made = changed(TEXT, stem='A patient says "please stop". What now?')

    assert lines_apart(TEXT, made) == (["      What next?"], ["      What now?"])


def test_the_key_moves_to_another_option_and_the_remarks_stay() -> None:
    options = [
        {"text": "Remove the needle", "why": "Consent can be withdrawn."},
        {"text": "Go on", "why": "Unsafe.", "correct": True},
    ]
    made = changed(TEXT, options=options)

    assert made == TEXT.replace("        correct: true\n", "").replace(
        "        why: Unsafe.   # assault\n", "        why: Unsafe.   # assault\n        correct: true\n"
    )
    assert load_bank(FILE, made)[0].items[0].correct_ids == ("b",)  # type: ignore[attr-defined] # options


def test_an_option_is_added_and_taken_out_at_the_end_of_the_list() -> None:
    options = [
        {"text": "Remove the needle", "correct": True, "why": "Consent can be withdrawn."},
        {"text": "Go on", "why": "Unsafe."},
    ]
    third = {"text": "Ask again", "why": "A refusal is final."}
    made = changed(TEXT, options=[*options, third])

    assert lines_apart(TEXT, made) == ([], ["      - text: Ask again", "        why: A refusal is final."])
    assert changed(made, options=options) == TEXT


def test_a_field_is_added_and_taken_out() -> None:
    made = changed(TEXT, "cue-second-01", unit="kg", tolerance=None)

    assert lines_apart(TEXT, made) == (["    tolerance: 1"], ["    unit: kg"])


def test_a_list_on_one_line_is_changed_too() -> None:
    made = changed(TEXT, "cue-second-01", references=["alberta-hqca-2014", "brady-2014"])

    assert load_bank(FILE, made)[0].items[1].references == ("alberta-hqca-2014", "brady-2014")
    assert made.startswith(TEXT[: TEXT.index("  # The second one.")])


LONGER = ("A patient.\n\nWhat next?", "Two:\n- one\n- two", "# hash: x", "it ends with a colon:", "{{1}} 'q' \"d\" \\", "yes",
          "- x", "Ünï – dash", "x" * 300)  # fmt: skip
"""Texts that cannot be written as they are, or not where the old one stood."""


@pytest.mark.parametrize("words", LONGER)
def test_a_text_of_any_kind_goes_in_and_every_remark_on_another_line_stays(words: str) -> None:
    options = [
        {"text": words, "correct": True, "why": "Consent can be withdrawn."},
        {"text": "Go on", "why": words},
    ]
    for fields in ({"stem": words}, {"options": options}, {"authors": [words]}):
        made = changed(TEXT, **fields)
        item = load_bank(FILE, made)[0].items[0]
        assert words in (item.stem, *item.authors, *(each.why for each in item.options))  # type: ignore[attr-defined] # options
        remarks = [line for line in TEXT.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in made.splitlines() if line in remarks] == remarks
        assert made.index("status: draft   # not yet") < made.index("objective:") < made.index("options:")


def test_what_is_the_same_changes_no_byte() -> None:
    assert changed(TEXT, "cue-second-01", answer=5, tolerance="1") == TEXT


def test_every_item_of_the_real_banks_takes_another_stem_and_keeps_the_rest() -> None:
    for file in sorted(Path("question_banks").glob("safe-technique.yaml")):
        text = file.read_text("utf-8")
        for item in load_bank(file.name, text)[0].items[::9]:
            made = with_fields(file.name, text, item.id, {"stem": f"{item.stem} Say why."})
            after = {each.id: each for each in load_bank(file.name, made)[0].items}

            assert after.pop(item.id).stem == f"{item.stem} Say why."
            assert len(made) - len(text) < 20


def test_what_makes_no_item_is_refused() -> None:
    with pytest.raises(NotFound):
        changed(TEXT, "cue-third-01", stem="Which?")
    with pytest.raises(Refusal, match="cannot be read"):
        changed("bank: [", stem="Which?")
