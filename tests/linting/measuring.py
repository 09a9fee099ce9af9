"""How well the linter finds flaws, written to docs/linter.md: `python -m tests.linting.measuring`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tests.linting.cues import CUES
from tests.linting.facts import FACTS, Ground, placed
from tests.linting.flaws import FLAWS
from tests.linting.fresh import Tried, tried
from tests.linting.fresh import chapter as fresh_chapter
from tests.linting.listed import chapter
from tests.linting.spoiling import Spoil, key, stem
from training.content.cache import Cache
from training.content.joining import Joined
from training.content.libraries import join_parts, read_parts
from training.content.parts import Kind
from training.content.rules import RULES, Scope, Setting
from training.content.rules.asked import Read, asked_of
from training.content.rules.families import spelt
from training.content.rules.linting import setting_for
from training.content.rules.spelling import strange_words
from training.content.rules.words import tokens
from training.core.dice import Dice
from training.core.items import Item, Status
from training.core.items.single_best import SingleBest
from training.core.problem import Severity

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "linter.md"
TODAY = date(2026, 12, 1)
SEEDED = 60
JUDGED_REAL = {"B225": 3, "B230": 1, "B234": 2, "B244": 1}
"""Hits on our own banks that were read one by one and found right; every other hit there counts as false."""
HEAD = f"""\
# How well the linter finds flaws

Written by `python -m tests.linting.measuring`; and held to the code by a test. Each flaw was put into {SEEDED} single best answers
of our own banks, drawn by a seed, in several wordings, some of them made to be missed (`tests/linting/flaws.py`). **Recall**
is the share that was found. Many rules have learnt from wordings that they missed; fresh ones were then added and count alike.
Seven rules (B209, B211, B228, B230, B240, B241, B309) learnt from some of those too; expect less on what nobody has seeded.
**False** are hits on the untouched items of our banks, less those that were read and judged right; a hit that nobody has read yet counts as false. The banks were
linted before, so a rule may do worse on a first draft. **Precision** is found over found and false, and depends on how many
flaws were seeded. A rule below 80 % must be advice, never a warning; every rule has its line here, so none warns unmeasured. A
test measures again, and lets each share differ by 10 points. Rules with a star compare dates, sources, registers or whole banks.
For them what they say of our own content is no mistake, so {SEEDED} flaws were set against {SEEDED} twins that come close and are
clean: a review due tomorrow beside one due yesterday (`tests/linting/facts.py`). There **false** counts the twins, and for rules
about whole banks what they say of ours.

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
    joined, ground = _ground()
    items = list(joined.library.items())
    facts = [_compared(code, ground) for code in FACTS]
    return sorted(facts + [_measured(code, spoil, items, ground) for code, spoil in _seeds(ground).items()])


def _ground() -> tuple[Joined, Ground]:
    joined = join_parts(ROOT, read_parts(ROOT, Cache(None)))
    setting = setting_for(joined, TODAY, [placed(*joined.library.items())])
    spellings = next(part.thing for part in joined.parts.values() if part.unit.kind is Kind.SPELLINGS)
    plain = [item for item in joined.library.items() if isinstance(item, SingleBest) and _plain(item)]
    return joined, Ground(setting, plain, spellings)


def _plain(item: Item) -> bool:
    return type(item) is SingleBest and not item.image and len(item.options) == 4 and item.status is Status.APPROVED


def _seeds(ground: Ground) -> dict[str, Spoil]:
    """Add the flaws that need the words of our own modules and glossary."""
    bodies = [tokens(section.body) for each in ground.library.modules.values() for section in each.sections]
    runs = sorted({each[start : start + 7] for each in bodies for start in range(len(each) - 6)})
    phrases = [" ".join(each) for each in runs[:: len(runs) // 20]]
    halves = [each.replace(" ", " really ", 3) for each in phrases[:7]]
    terms = sorted(word for term in ground.library.glossary.values() for word in tokens(term.term) if len(word) > 7)
    slips = [f"{{}} Mind the {word[:3]}{word[4:]}." for word in terms] + [f"{{}} Mind the {terms[0][2:]}."]
    return {**FLAWS, **CUES, "B224": key(*phrases, *halves), "B245": stem(*slips)}


def _measured(code: str, spoil: Spoil, items: list[Item], ground: Ground) -> Measured:
    dice = Dice(code)
    chosen = [ground.items[dice.below(len(ground.items))] for _ in range(SEEDED)]
    found = sum(_hit(code, made, _meeting(made, ground)) for made in map(spoil, chosen, range(SEEDED)))
    hits = sum(_hit(code, item, ground.setting) for item in items)
    return Measured(code, found, max(0, hits - JUDGED_REAL.get(code, 0)))


def _meeting(item: Item, ground: Ground) -> Setting:
    """Let the searches for slips of the pen and for spellings see the spoilt item beside what they know."""
    read = Read(item)
    strange = strange_words([read], ground.library.glossary.values(), ground.spellings)
    known = {**ground.setting.strange, **strange}
    return replace(ground.setting, strange=known, spelt=spelt(ground.spellings, read.tokens))


def _compared(code: str, ground: Ground) -> Measured:
    """Seed a flaw of facts, and as many twins that come close to it and are clean."""
    check = FACTS[code]
    found, false = (
        sum(_said(code, *check(ground, ground.pick(turn), turn, bad)) for turn in range(SEEDED))
        for bad in (True, False)
    )
    return Measured(code, found, false + _said_of_ours(code, ground))


def _said_of_ours(code: str, ground: Ground) -> int:
    """Count what a rule about many items says of our own banks; on what compares facts we are no judge."""
    banks = [placed(*bank.items) for bank in ground.library.banks.values()]
    things = {Scope.BANK: banks, Scope.LIBRARY: [[each for bank in banks for each in bank]]}
    found = things.get(RULES[code].scope, [])
    return sum(1 for thing in found for _ in RULES[code].check(thing, ground.setting))


def _said(code: str, thing: object, setting: Setting) -> bool:
    return any(True for _ in RULES[code].check(thing, setting))


def _hit(code: str, item: Item, setting: Setting) -> bool:
    whole = {Scope.ITEM: (item,), Scope.TEXT: (Read(item),)}
    things = whole.get(RULES[code].scope) or asked_of(item)
    return any(_said(code, thing, setting) for thing in things)


def try_fresh() -> list[Tried]:
    """Try the rules on wordings that were not made for them."""
    return list(tried(_ground()[1]))


def page(rows: list[Measured], fresh: list[Tried]) -> str:
    """Write all tables."""
    return HEAD + "".join(_lines(rows)) + fresh_chapter(fresh) + chapter()


def _lines(rows: list[Measured]) -> Iterator[str]:
    for row in rows:
        rule = RULES[row.code]
        mark = "*" if row.code in FACTS else ""
        title = rule.page.strip().splitlines()[0].rstrip(".")
        yield (
            f"| {row.code}{mark} | {title} | {rule.severity} | {row.found} | {row.found / SEEDED:.0%} | {row.false} "
            f"| {row.precision:.0%} |\n"
        )


def too_loud(rows: list[Measured]) -> list[str]:
    """Name the rules that warn and are wrong too often to warn."""
    return [row.code for row in rows if row.precision < 0.8 and RULES[row.code].severity is not Severity.ADVICE]


if __name__ == "__main__":
    FILE.write_text(page(measure(), try_fresh()), "utf-8")
