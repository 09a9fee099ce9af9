"""Each flaw in its plainest form is found by the rule that is named for it, and the rule says what to do instead."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from training.content.rules import RULES, Advice, Setting
from training.content.rules.asked import asked_of
from training.core.items.item import OptionNote
from training.core.items.single_best import SingleBest
from training.core.items.true_false import TrueFalse

BLOCKS = [
    block.splitlines() for block in (Path(__file__).parent / "plainest.txt").read_text("utf-8").strip().split("\n\n")
]
SETTING = Setting(date(2026, 12, 1), {}, {})


def item(stem: str, options: list[str]) -> SingleBest:
    notes = tuple(
        OptionNote(text=line[2:], why="A reason that says why.", correct=line.startswith("*")) for line in options
    )
    around: dict[str, Any] = {"id": "plain-01", "type": "single_best", "objective": "1.3", "level": "recall"}
    return SingleBest.model_construct(**{**around, "stem": stem, "options": notes, "image": None, "enemies": ()})


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block[0]} {block[1][:30]}")
def test_a_plain_flaw_is_found(block: list[str]) -> None:
    code, stem, *options = block

    found: list[Advice] = [
        each for asked in asked_of(item(stem, options)) for each in RULES[code].check(asked, SETTING)
    ]

    assert found
    assert all(each.hint for each in found)


def said_of(statement: str) -> list[Advice]:
    whys = {"true": "It is so.", "false": "It is not so."}
    made = TrueFalse.model_validate({
        "id": "plain-01", "type": "true_false", "objective": "1.3", "level": "recall", "stem": statement, "answer": True,
        "why": whys, "references": ["who-2009"], "authors": ["Ida"],
    })  # fmt: skip
    return [each for asked in asked_of(made) for each in RULES["B232"].check(asked, SETTING)]


@pytest.mark.parametrize("statement", [
    "Needles are single use and gloves replace hand hygiene.",
    "Consent can be withdrawn, but the session must be finished.",
    "Soreness is common; fever is not.",
])  # fmt: skip
def test_a_statement_that_says_two_things_is_found(statement: str) -> None:
    assert said_of(statement)


@pytest.mark.parametrize("statement", [
    "Soap and water are used on hands that are visibly dirty.",
    "The needle is taken out and put into the sharps container.",
    "A patient who is pale and sweating should be laid flat.",
])  # fmt: skip
def test_a_statement_that_says_one_thing_is_left_alone(statement: str) -> None:
    assert not said_of(statement)
