"""Banks as authors write them, mess included: each docstring is a bank."""

from string import ascii_lowercase, digits
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.content.conftest import located
from training.content.banks import dump_bank, load_bank
from training.core.bank import Bank
from training.core.items import BY_TYPE, ITEM_TYPES, Item
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

    assert located(problems) == [(4, 5, "B108", "needs exactly one option with 'correct: true', has 2")]


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


def test_every_item_types_own_example_reads_back_as_itself() -> None:
    for item_type in ITEM_TYPES:
        head = "bank: airway\ntitle: Airway\nitems:\n"
        lines = item_type.EXAMPLE.splitlines(keepends=True)
        text = head + "".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))
        bank, problems = load_bank("airway.yaml", text)

        assert problems == []
        assert load_bank("airway.yaml", dump_bank(bank)) == (bank, [])


slugs = st.text(ascii_lowercase + digits, min_size=3, max_size=20)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300).filter(lambda text: text.strip())
shared = {
    "status": st.sampled_from(["draft", "review", "approved", "retired"]),
    "objective": st.sampled_from(["1.1", "7.10", "10.2"]),
    "level": st.sampled_from(["recall", "apply", "analyse"]),
    "safety": st.sampled_from(["none", "critical", "sentinel"]),
    "stem": texts,
    "references": st.lists(slugs, min_size=1, max_size=3),
    "authors": st.lists(texts, min_size=1, max_size=2),
    "tags": st.lists(slugs, max_size=2),
    "note": st.none() | texts,
    "reviewed": st.none() | st.dates().map(str),
}
numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def items(draw: Any) -> Item:
    kind = draw(st.sampled_from(sorted(BY_TYPE)))
    fields: dict[str, Any] = {"type": kind, "id": draw(slugs)} | {name: draw(made) for name, made in shared.items()}
    if kind in {"single_best", "multiple_response"}:
        options = [{"text": draw(texts), "why": draw(texts)} for _ in range(draw(st.integers(2, 6)))]
        options[draw(st.integers(0, len(options) - 1))]["correct"] = True
        options[0]["anchored"] = draw(st.booleans())
        fields["options"] = options
    elif kind == "true_false":
        fields |= {"answer": draw(st.booleans()), "why": {"true": draw(texts), "false": draw(texts)}}
    else:
        slips = [{"answer": draw(numbers), "why": draw(texts)} for _ in range(draw(st.integers(0, 2)))]
        fields |= {"answer": draw(numbers), "tolerance": abs(draw(numbers)), "why": draw(texts), "mistakes": slips}
    return BY_TYPE[kind].model_validate(fields)


@given(st.lists(items(), max_size=4), texts)
def test_a_bank_that_is_written_reads_back_as_the_same_bank(made: list[Item], title: str) -> None:
    bank = Bank("airway", title.strip(), tuple(made), "airway.yaml")

    assert load_bank("airway.yaml", dump_bank(bank)) == (bank, [])


def test_a_bank_is_written_as_an_author_would(bank_doc: Loaded) -> None:
    """
    # yaml-language-server: $schema=../docs/schema/bank.json
    bank: airway
    title: Airway
    items:
      - id: how-many
        type: numeric
        objective: "5.9"
        level: apply
        stem: >-
          Of 325 incidents that clinicians reported in one year, 100 were retained needles. What
          percentage is that?
        references:
          - wheway-2012
        authors:
          - Needlewise editors
        answer: 31.0
        tolerance: 0.5
        unit: "%"
        why: "100 of 325: 31 %."
    """
    from textwrap import dedent

    assert dump_bank(bank_doc[0]) == dedent(test_a_bank_is_written_as_an_author_would.__doc__).lstrip("\n")
