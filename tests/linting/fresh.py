"""Wordings written before their rules were read: one half taught the rules, the other has only been measured."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.linting.facts import Ground, placed
from training.content.rules import RULES, Scope, Setting
from training.content.rules.asked import Read, asked_of
from training.content.rules.families import spelt
from training.content.rules.words import tokens
from training.core.dice import Dice
from training.core.items.item import ImageNote, OptionNote
from training.core.items.single_best import SingleBest

FOLDER = Path(__file__).parent / "fresh_wordings"
FOUND_BEFORE = {"B214": "3 of 11", "B215": "5 of 10", "B221": "0 of 10", "B222": "1 of 40", "B224": "7 of 10",
                "B227": "7 of 12", "B230": "10 of 10", "B234": "6 of 11", "B244": "1 of 15", "B251": "6 of 11"}  # fmt: skip
"""What the rules found of the half that taught them nothing, before they learnt from the other half."""
BANKS = 40
PER_BANK = 11
HEAD = """
## Wordings that nobody fitted to a rule

Ten rules were tried on wordings that were written before the rules were read, in and outside dry needling
(`tests/linting/fresh_wordings/`): flawed ones, and clean ones that come close. Every second one taught the rules. The
table counts the others, which taught them nothing; **before** is what the rules found of those until then. Numbers this
small are rough: 8 of 10 may be 5 or 9 of 10 elsewhere. Two rules stay below 80 % here. B214 compares how words begin: it
does not hear "dizziness" in "dizzy", "taut" in "tautness" or "thyroid" in "hypothyroidism"; and it leaves out words of a long
vignette, which a good key repeats. B251 compares words and not what they mean: it does not see that a list of three steps is in
the order of the key, or that "no sharps container" tells what is missing where the other options are named too.

| code | found | before | false |
|---|---|---|---|
"""


class Tried(NamedTuple):
    """What a rule did on the half that taught it nothing."""

    code: str
    found: int
    flawed: int
    false: int
    clean: int

    @property
    def line(self) -> str:
        return f"| {self.code} | {self.found} of {self.flawed} | {FOUND_BEFORE[self.code]} | {self.false} of {self.clean} |\n"


def tried(ground: Ground) -> Iterator[Tried]:
    """Try every rule that has fresh wordings on the half that taught it nothing."""
    for code in FOUND_BEFORE:
        if RULES[code].scope is Scope.BANK:
            banks = [_banks(ground, code, bad) for bad in (True, False)]
            found, false = (sum(_said(code, bank, ground.setting) for bank in each) for each in banks)
            yield Tried(code, found, BANKS, false, BANKS)
        else:
            rows = [_unseen(text) for text in (FOLDER / f"{code}.txt").read_text("utf-8").split("# clean\n")]
            found, false = (sum(_hit(code, row, ground) for row in each) for each in rows)
            yield Tried(code, found, len(rows[0]), false, len(rows[1]))


def chapter(rows: Sequence[Tried]) -> str:
    return HEAD + "".join(row.line for row in rows)


def _unseen(text: str) -> list[list[str]]:
    """Give every second wording, a list of its lines."""
    blocks = [block.splitlines() for block in text.removeprefix("# flawed\n").strip().split("\n\n")]
    return blocks[1::2]


def _hit(code: str, lines: Sequence[str], ground: Ground) -> bool:
    more = {name: rest for name, colon, rest in (line.partition(": ") for line in lines[1:]) if colon}
    item = _item(ground, lines, more.get("alt", ""))
    setting = replace(ground.setting, spelt=spelt(ground.spellings, tokens(lines[0])))
    if RULES[code].scope is Scope.LIBRARY:
        stem = [more["other"], "* One that differs", "- Another", "- A third"]
        return _said(code, placed(item, _item(ground, stem).model_copy(update={"id": "fresh-other"})), setting)
    things = {Scope.TEXT: (Read(item),)}.get(RULES[code].scope) or asked_of(item)
    return any(_said(code, thing, setting) for thing in things)


def _item(ground: Ground, lines: Sequence[str], alt: str = "") -> SingleBest:
    """Make an item of a stem and its options, the right one with a star; without options those of an item of ours."""
    base = ground.items[0]
    options = tuple(
        OptionNote(text=line[2:], why="A reason that says why.", correct=line.startswith("*"))
        for line in lines[1:]
        if line.startswith(("* ", "- "))
    )
    image = ImageNote(file="figures/drawn.svg", alt=alt) if alt else None
    made = {"stem": lines[0], "options": options or base.options, "image": image, "enemies": ()}
    return SingleBest.model_construct(**{**base.__dict__, **made})


def _banks(ground: Ground, code: str, bad: bool) -> Iterator[object]:
    """Make banks of questions with numbers: the key between the others, or anywhere."""
    rows = [line.split(" | ") for line in (FOLDER / f"{code}.txt").read_text("utf-8").splitlines()][1::2]
    for turn in range(BANKS):
        dice = Dice(f"{code}-{turn}-{bad}")
        yield placed(*(_numeric(ground, dice, row, bad) for row in dice.shuffled(rows)[:PER_BANK]))


def _numeric(ground: Ground, dice: Dice, row: Sequence[str], bad: bool) -> SingleBest:
    stem, *values = row
    key = 1 + dice.below(len(values) - 2) if bad else dice.below(len(values))
    return _item(ground, [stem, *(f"{'*' if place == key else '-'} {text}" for place, text in enumerate(values))])


def _said(code: str, thing: object, setting: Setting) -> bool:
    return any(True for _ in RULES[code].check(thing, setting))
