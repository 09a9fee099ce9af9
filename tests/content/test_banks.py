"""Banks as authors write them, mess included: each docstring is a bank."""

import pytest

from tests.content.conftest import located
from training.content.banks import load_bank
from training.content.wording import KEYED
from training.core.bank import Bank
from training.core.problem import Problem

Loaded = tuple[Bank, list[Problem]]


def test_a_good_bank_has_no_problems(bank_doc: Loaded) -> None:
    """
    bank: airway
    title: Airway
    items:
      - id: needle-once
        type: true_false
        objective: 4.2
        level: recall
        stem: A needle is used once.
        answer: true
        why:
          true: Right.
          false: Wrong.
        references:
          - who-2009
        authors:
          - Ida
    """
    bank, problems = bank_doc

    assert problems == []
    assert (bank.slug, bank.title, bank.file) == ("airway", "Airway", "airway.yaml")
    assert [item.objective for item in bank.items] == ["4.2"]


def test_scalars_are_text_until_the_schema_types_them(bank_doc: Loaded) -> None:
    """
    bank: airway
    title: 1.10
    items:
      - id: yes-or-no
        type: single_best
        objective: 1.10
        level: recall
        stem: 12:30
        options:
          - text: No
            why: Off
            correct: true
          - text: 010
            why: 0x10
          - text: 2026-01-01
            why: 1e3
        references:
          - who-2009
        authors:
          - Ida
    """
    bank, problems = bank_doc

    assert problems == []
    assert bank.title == "1.10"
    assert bank.items[0].objective == "1.10"
    assert bank.items[0].stem == "12:30"
    assert [option.text for option in bank.items[0].options] == ["No", "010", "2026-01-01"]


def test_one_bad_item_never_hides_the_good_ones(bank_doc: Loaded) -> None:
    """
    bank: airway
    title: Airway
    items:
      - id: bad-type
        type: singel_best
      - just a text
      - id: good-one
        type: true_false
        objective: "4.2"
        level: recall
        stem: A needle is used once.
        answer: true
        why:
          true: Right.
          false: Wrong.
        references:
          - who-2009
        authors:
          - Ida
      - type: true_false
    """
    bank, problems = bank_doc

    assert [item.id for item in bank.items] == ["good-one"]
    assert located(problems)[:2] == [
        (5, 11, "B101", "unknown item type 'singel_best'; did you mean 'single_best'?"),
        (6, 5, "B106", "an item must be a block of fields; start with '- id:'"),
    ]
    assert {(each.line, each.column, each.code) for each in problems[2:]} == {(20, 5, "B102")}


def test_every_slip_is_named_in_the_words_of_the_file(bank_doc: Loaded) -> None:
    """
    bank: airway
    title: Airway
    items:
      - id: Bad Id
        type: single_best
        status: aproved
        objective: "4.2"
        level: recall
        saftey: critical
        stem:
        options:
          - text: Remove it
            corect: true
            why: Right.
          - text: Go on
        references: who-2009
        authors: []
        reviewed: 21.11.2026
    """
    bank, problems = bank_doc

    assert bank.items == ()
    assert sorted(located(problems)) == [
        (4, 9, "B105", "'id' is 'Bad Id'; use lower-case letters, digits and single hyphens, such as ci-consent-01"),
        (
            6,
            13,
            "B104",
            "'status' is 'aproved'; it may be draft, review, approved or retired; did you mean 'approved'?",
        ),
        (9, 5, "B103", "unknown field 'saftey'; did you mean 'safety'?"),
        (10, 10, "B102", "'stem' is empty; write a value, or take the line out where the field may be left out"),
        (13, 9, "B103", "unknown field 'corect'; did you mean 'correct'?"),
        (15, 9, "B102", "missing field 'why'; every answer needs its reason: say why it is right or wrong"),
        (16, 17, "B106", "'references' must be a list; write each entry on a line of its own that starts with '- '"),
        (17, 14, "B107", "'authors' needs at least 1, has 0"),
        (18, 15, "B105", "'reviewed' is '21.11.2026'; it must be a date; write a date such as 2026-11-21"),
    ]


def test_the_key_must_fit_the_options(bank_doc: Loaded) -> None:
    """
    bank: airway
    title: Airway
    items:
      - id: two-keys
        type: single_best
        objective: "4.2"
        level: recall
        stem: Which?
        options:
          - text: One
            correct: true
            why: Right.
          - text: Two
            correct: true
            why: Right.
        references:
          - who-2009
        authors:
          - Ida
    """
    _, problems = bank_doc

    assert located(problems) == [(4, 5, "B108", f"needs exactly one option with 'correct: true', has 2; {KEYED}")]


def test_a_double_key_withholds_its_item_only(bank_doc: Loaded) -> None:
    """
    bank: airway
    title: Airway
    items:
      - id: twice-told
        type: true_false
        objective: "4.2"
        level: recall
        level: apply
        stem: A needle is used once.
        answer: true
        why:
          true: Right.
          false: Wrong.
        references:
          - who-2009
        authors:
          - Ida
      - id: once-told
        type: true_false
        objective: "4.2"
        level: recall
        stem: A needle is used once.
        answer: true
        why:
          true: Right.
          false: Wrong.
        references:
          - who-2009
        authors:
          - Ida
    """
    bank, problems = bank_doc

    assert [item.id for item in bank.items] == ["once-told"]
    assert located(problems) == [(8, 5, "Y002", "'level' stands twice here; keep one of them")]


def test_a_bank_without_its_head_still_gives_its_items(bank_doc: Loaded) -> None:
    """
    titel: Airway
    items: []
    """
    bank, problems = bank_doc

    assert (bank.slug, bank.items) == ("", ())
    assert located(problems) == [
        (1, 1, "B102", "missing field 'bank'"),
        (1, 1, "B102", "missing field 'title'"),
        (1, 1, "B103", "unknown field 'titel'; did you mean 'title'?"),
    ]


TWO_ITEMS = """\
bank: airway
items:
  - id: one
    type: true_fals
  - id: two
    type: match
"""


@pytest.mark.parametrize(
    ("below", "first"),
    [
        ("  - broken: [", (9, 1, "Y001")),
        ("  - id: &three three\n", (7, 9, "Y003")),
        ("  - id: three\n    stem: !text three\n", (8, 11, "Y004")),
        ("  - id: three\n    <<: two\n", (8, 5, "Y005")),
        ("  - id: " + "[" * 30 + "]" * 30, (7, 30, "Y007")),
    ],
)
def test_what_makes_a_file_unreadable_does_not_hide_what_is_wrong_above_it(
    below: str, first: tuple[int, int, str]
) -> None:
    bank, problems = load_bank("airway.yaml", TWO_ITEMS + below + "\ntitle: Airway\n")

    assert bank.items == ()
    assert [(each.line, each.column, each.code) for each in problems] == [first, (4, 11, "B101"), (6, 11, "B101")]


@pytest.mark.parametrize(
    "text", ['  - id: "one\n    type: x\n  - id: two\n', "- a\n- [b", "", "items: [", "items:\n- &a b"]
)
def test_where_it_is_unsure_what_stands_above_nothing_is_said_of_it(text: str) -> None:
    _, problems = load_bank("airway.yaml", text)

    assert len(problems) == 1
