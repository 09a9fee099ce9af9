"""How well the linter finds flaws, written to docs/linter.md: `python -m tests.linting.measuring`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tests.linting.flaws import FLAWS
from training.content.cache import Cache
from training.content.libraries import join_parts, read_parts
from training.content.rules import RULES, Scope, Setting
from training.content.rules.asked import asked_of
from training.content.rules.linting import setting_for
from training.core.dice import Dice
from training.core.items import Item
from training.core.items.single_best import SingleBest
from training.core.problem import Severity

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "linter.md"
TODAY = date(2026, 12, 1)
SEEDED = 60
JUDGED_REAL = {"B225": 3, "B230": 1}
"""Hits on our own banks that were read one by one and found right; every other hit there counts as false."""
HEAD = f"""\
# How well the linter finds flaws

Written by `python -m tests.linting.measuring`; and held to the code by a test. Each flaw was put into {SEEDED} single best answers
of our own banks, drawn by a seed, in several wordings, some of them made to be missed (`tests/linting/flaws.py`). **Recall**
is the share that was found. **False** are hits on the untouched items of our banks, less those that were read and judged
right; a hit that nobody has read yet counts as false. The banks were linted before, so a rule may do worse on a first draft.
**Precision** is found over found and false, and depends on how many flaws were seeded. A rule below 80 % must be advice,
never a warning. A test measures again, and lets each share differ by 10 points. Rules about dates, references,
whole banks and pictures compare facts; the examples of their manual pages are their test.

| code | what | severity | found of {SEEDED} | recall | false | precision |
|---|---|---|---|---|---|---|
"""


class Measured(NamedTuple):
    """What one rule did."""

    code: str
    found: int
    false: int

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)


def measure() -> list[Measured]:
    """Seed each flaw and count."""
    joined = join_parts(ROOT, read_parts(ROOT, Cache(None)))
    setting = setting_for(joined, TODAY, [])
    items = list(joined.library.items())
    plain = [item for item in items if type(item) is SingleBest and not item.image and len(item.options) == 4]
    return [_measured(code, items, plain, setting) for code in FLAWS]


def _measured(code: str, items: list[Item], plain: list[SingleBest], setting: Setting) -> Measured:
    dice = Dice(code)
    chosen = [plain[dice.below(len(plain))] for _ in range(SEEDED)]
    found = sum(_hit(code, FLAWS[code](item, turn), setting) for turn, item in enumerate(chosen))
    hits = sum(_hit(code, item, setting) for item in items)
    return Measured(code, found, max(0, hits - JUDGED_REAL.get(code, 0)))


def _hit(code: str, item: Item, setting: Setting) -> bool:
    rule = RULES[code]
    things = [item] if rule.scope is Scope.ITEM else asked_of(item)
    return any(True for thing in things for _ in rule.check(thing, setting))


def page(rows: list[Measured]) -> str:
    """Write the table."""
    return HEAD + "".join(_lines(rows))


def _lines(rows: list[Measured]) -> Iterator[str]:
    for row in rows:
        rule = RULES[row.code]
        title = rule.page.strip().splitlines()[0].rstrip(".")
        yield (
            f"| {row.code} | {title} | {rule.severity} | {row.found} | {row.found / SEEDED:.0%} | {row.false} "
            f"| {row.precision:.0%} |\n"
        )


def too_loud(rows: list[Measured]) -> list[str]:
    """Name the rules that warn and are wrong too often to warn."""
    return [row.code for row in rows if row.precision < 0.8 and RULES[row.code].severity is not Severity.ADVICE]


if __name__ == "__main__":
    FILE.write_text(page(measure()), "utf-8")
