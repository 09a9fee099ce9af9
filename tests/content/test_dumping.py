"""Banks as they are written back: the same bank when read again, in the shape an author would give it."""

from string import ascii_lowercase, digits
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from training.content.banks import dump_bank, load_bank
from training.core.bank import Bank
from training.core.items import BY_TYPE, ITEM_TYPES, Item
from training.core.key import Within
from training.core.problem import Problem

Loaded = tuple[Bank, list[Problem]]


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
    elif kind == "numeric":
        key = Within(draw(numbers), abs(draw(numbers)))
        wrong = [number for number in draw(st.lists(numbers, max_size=2)) if not key.holds(number)]
        slips = [{"answer": number, "why": draw(texts)} for number in wrong]
        fields |= {"answer": key.answer, "tolerance": key.tolerance, "why": draw(texts), "mistakes": slips}
    else:
        written = yaml.load(BY_TYPE[kind].EXAMPLE, Loader=yaml.BaseLoader)
        fields = written | {name: made for name, made in fields.items() if name != "stem"}
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
