"""Fixes change the words they are about and nothing else of the file."""

from datetime import date
from pathlib import Path

import pytest

from tests.content.test_manual import item_with
from training.content.fixing import fix, preview, write_mended
from training.content.libraries import load_library
from training.content.retouching import Change, retouched
from training.content.source import read_source

TODAY = date(2026, 3, 2)
FLAWED = """\
# the bank's own comment, with an umlaut: Übung
bank: demo
title:   Demo   # said twice
items:
  - id: demo-item   # kept
    type: single_best
    status: approved
    objective: "1.3"
    level: recall
    # a line between fields
    stem: >-
      A patient with a naïve  hematoma of
      10mm says stop. What comes
      first ?
    options:
    - text: 'Remove the "needle".'
      correct: true
      why: "Consent can be withdrawn."
    - text: Go on quietly
      why: Unsafe. There is no consent,none at all.
    - text: "Persuade the patient"
      why: |-
        Unsafe. A hematoma
        stands.
    # lint: allow B226 no option is long
    references: [alberta-hqca-2014]
    authors: [Needlewise editors]
    reviewers: [Needlewise clinical editors]
    reviewed: 2026-01-15
    review_by: 2099-01-15
"""
MENDED = """\
# the bank's own comment, with an umlaut: Übung
bank: demo
title:   Demo   # said twice
items:
  - id: demo-item   # kept
    type: single_best
    status: approved
    objective: "1.3"
    level: recall
    # a line between fields
    stem: >-
      A patient with a naïve haematoma of
      10 mm says stop. What comes
      first?
    options:
    - text: 'Remove the "needle"'
      correct: true
      why: "Consent can be withdrawn."
    - text: Go on quietly
      why: Unsafe. There is no consent, none at all.
    - text: "Persuade the patient"
      why: |-
        Unsafe. A haematoma
        stands.
    references: [alberta-hqca-2014]
    authors: [Needlewise editors]
    reviewers: [Needlewise clinical editors]
    reviewed: 2026-01-15
    review_by: 2099-01-15
"""


def everything(file: str) -> bool:
    return bool(file)


@pytest.fixture
def flawed(content: Path) -> Path:
    path = content / "question_banks" / "demo.yaml"
    path.write_text(FLAWED, "utf-8")
    return path


def test_a_fix_keeps_comments_order_quotes_and_folding(content: Path, flawed: Path) -> None:
    done = fix(content, TODAY, everything)

    assert flawed.read_text("utf-8") == MENDED
    assert {problem.code for each in done for problem in each.problems} == {"B210", "B244", "B249", "B250"}
    assert load_library(content, today=TODAY)[1] == []


def test_a_preview_shows_every_round_and_changes_nothing(content: Path, flawed: Path) -> None:
    (shown,) = preview(content, TODAY, everything)

    assert flawed.read_text("utf-8") == FLAWED
    assert shown.after == MENDED
    assert "\n+      first?\n" in shown.diff


def test_what_was_fixed_needs_no_second_fix(content: Path, flawed: Path) -> None:
    fix(content, TODAY, everything)

    assert fix(content, TODAY, everything) == []


def test_only_the_files_that_are_wanted_are_mended(content: Path, flawed: Path) -> None:
    assert fix(content, TODAY, lambda file: file.endswith("sample-safety.yaml")) == []
    assert flawed.read_text("utf-8") == FLAWED


def test_a_file_that_changed_meanwhile_is_left_alone(content: Path, flawed: Path) -> None:
    (shown,) = preview(content, TODAY, everything)
    flawed.write_text(FLAWED + "# a colleague's line\n", "utf-8")

    assert not write_mended(content, shown)
    assert flawed.read_text("utf-8").endswith("# a colleague's line\n")


def test_windows_line_ends_and_a_byte_order_mark_are_kept(content: Path, flawed: Path) -> None:
    flawed.write_bytes(b"\xef\xbb\xbf" + FLAWED.replace("\n", "\r\n").encode())
    fix(content, TODAY, everything)

    assert flawed.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("written", "old", "new"),
    [
        ("'it''s  so'", "it's  so", "it's so"),
        ('"a \\"b\\"  c"', 'a "b"  c', 'a "b" c'),
        ("plain  words", "plain  words", "plain words"),
        (">\n  folded words\n  over lines\n", "folded words over lines", "folded word over lines"),
        ("|\n  kept\n  lines\n", "kept\nlines", "kept\nline"),
    ],
    ids=["single quotes", "double quotes", "plain", "folded", "literal"],
)
def test_every_style_of_text_can_be_spliced(written: str, old: str, new: str) -> None:
    source, _ = read_source("a.yaml", f"before: 1 # one\nvalue: {written}\nafter: 2\n")
    assert source

    text, made = retouched(source, [Change(("value",), old, new)])
    again, _ = read_source("a.yaml", text)

    assert len(made) == 1
    assert again
    assert again.data["value"].strip() == new
    assert text.startswith("before: 1 # one\n")
    assert text.endswith("after: 2\n")


@pytest.mark.parametrize("written", ['"a\\tb"', '"\\u00e9t"', '"a\\\n  b"'])
def test_what_cannot_be_spliced_safely_is_left_to_the_author(written: str) -> None:
    source, _ = read_source("a.yaml", f"value: {written}\n")
    assert source

    text, made = retouched(source, [Change(("value",), source.data["value"], "other: text # here")])

    assert (text, made) == (source.text, [])


def test_a_fix_that_would_change_anything_else_is_not_made() -> None:
    source, _ = read_source("a.yaml", "value: plain\n")
    assert source

    text, made = retouched(source, [Change(("value",), "plain", "a: b # c")])

    assert (text, made) == ("value: plain\n", [])


def test_an_item_without_flaws_is_not_touched(content: Path) -> None:
    path = content / "question_banks" / "demo.yaml"
    path.write_text(item_with(""), "utf-8")

    assert preview(content, TODAY, everything) == []


def test_a_multiple_response_is_told_how_many_to_choose_as_its_fields_say(content: Path) -> None:
    several = """type: multiple_response
stem: Which steps come first?  # asked of beginners
options:
  - text: Remove the needle
    correct: true
    why: Consent can be withdrawn.
  - text: Talk about it
    correct: true
    why: Talking helps.
  - text: Persuade the patient
    why: Unsafe. A refusal stands.
"""
    bank = content / "question_banks" / "demo.yaml"
    for count, told in (("", "Select all that apply."), ("choose: 2\n", "Select two.")):
        bank.write_text(item_with(several + count), "utf-8")

        fix(content, TODAY, everything)

        assert f"stem: Which steps come first? {told}  # asked of beginners\n" in bank.read_text("utf-8")
