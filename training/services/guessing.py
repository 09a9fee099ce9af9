"""Test-wise bots against the banks: what readers who know no anatomy would win, by which cue, and on which items."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.content.bots.cues import CUES
from training.content.bots.guessing import Performance, Posed, Weights, performances, posed, standardised
from training.core.bank import Bank
from training.core.permission import Action, Actor, permit
from training.measurement.choice_model import fit_choices
from training.services.app import App

FOLDS = 5
FEWEST = 5
"""Of fewer questions nothing is said by domain."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the bots did on one bank, on one domain, or on everything."""

    name: str
    questions: int
    chance: float
    bots: tuple[Performance, ...]

    @property
    def beaten_by(self) -> tuple[str, ...]:
        return tuple(each.bot for each in self.bots if each.beats_chance)


@dataclass(frozen=True, slots=True)
class Guessed:
    """The bots' results on everything, by bank and by domain."""

    whole: Group
    banks: tuple[Group, ...]
    domains: tuple[Group, ...]

    @property
    def beaten(self) -> bool:
        return any(group.beaten_by for group in (self.whole, *self.banks, *self.domains))


def guessed(app: App, actor: Actor) -> Guessed:
    """Let the bots answer all banks."""
    permit(actor, Action.READ_CONTENT)
    return guess(tuple(app.library.banks.values()), tuple(app.library.banks.values()))


def guessed_on(app: App, actor: Actor, bank: Bank) -> Guessed:
    """Let the bots answer one bank as it stands in a text, having learnt on the others."""
    permit(actor, Action.READ_CONTENT)
    return guess((bank,), tuple(each for each in app.library.banks.values() if each.slug != bank.slug))


def guess(banks: Sequence[Bank], training_banks: Sequence[Bank]) -> Guessed:
    """Let the bots answer some banks; the combination learns its weights on other banks than the one it answers.

    Where there is only one bank, it learns on four fifths of the questions and answers the others.
    """
    known = posed({bank.slug: bank for bank in (*training_banks, *banks)}.values())
    slugs = [bank.slug for bank in banks]
    asked = [each for each in known if each.bank in slugs]
    if len({each.bank for each in known}) > 1:
        trained = {slug: _fit([each for each in known if each.bank != slug]) for slug in slugs}
    else:
        known, asked, trained = _folded(known)
    by_bank = {slug: [each for each in asked if _bank(each) == slug] for slug in slugs}
    domains = sorted({each.domain for each in asked}, key=int)
    by_domain = {domain: mine for domain in domains
                 if len(mine := [each for each in asked if each.domain == domain]) >= FEWEST}  # fmt: skip
    # All that `beaten` looks at: the whole, each bank, each domain. A clean library is called beaten with 5 %, no more.
    deciding = 1 + len(by_bank) + len(by_domain)
    return Guessed(
        _group("all", asked, known, trained, deciding),
        tuple(_group(slug, mine, known, trained, deciding) for slug, mine in by_bank.items() if mine),
        tuple(_group(name, mine, known, trained, deciding) for name, mine in by_domain.items()),
    )


def _group(
    name: str, questions: Sequence[Posed], known: Sequence[Posed], trained: dict[str, Weights], groups: int
) -> Group:
    chance = sum(1 / each.size for each in questions) / len(questions) if questions else 0.0
    return Group(name, len(questions), chance, performances(questions, known, trained, groups=groups))


def _fit(questions: Sequence[Posed]) -> Weights:
    names = list(CUES)
    rows = [(np.array([standardised(each.cues[name]) for name in names]).T, each.key) for each in questions]
    return dict(zip(names, fit_choices(rows).tolist(), strict=True)) if rows else {}


FOLD = "#"
"""Stands between a lone bank's name and the fifth of it that a question belongs to."""


def _folded(questions: Sequence[Posed]) -> tuple[list[Posed], list[Posed], dict[str, Weights]]:
    """Split a lone bank's items into fifths, each answered with weights from the others."""
    items = sorted({each.item_id for each in questions})
    fold = {item: number % FOLDS for number, item in enumerate(items)}
    marked = [
        Posed(f"{each.bank}{FOLD}{fold[each.item_id]}", each.item_id, each.domain, each.cues, each.key)
        for each in questions
    ]
    trained = {name: _fit([each for each in marked if each.bank != name]) for name in {each.bank for each in marked}}
    return marked, marked, trained


def _bank(question: Posed) -> str:
    return question.bank.partition(FOLD)[0]
