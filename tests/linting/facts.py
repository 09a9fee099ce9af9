"""Flaws of facts, dates, sources, pictures and whole banks, each with a twin that comes close to it and is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from training.content.rules import Setting
from training.content.rules.asked import Read, asked_of
from training.content.rules.registry import Placed
from training.content.spellings import Spelling
from training.core.bank import Bank
from training.core.blueprint import Blueprint, Mode, Quota, Section
from training.core.claim import Verdict
from training.core.items import Item, Status
from training.core.items.item import OptionNote
from training.core.items.single_best import SingleBest
from training.core.library import Library
from training.core.question import Safety
from training.core.verified import Verified


@dataclass(frozen=True)
class Ground:
    """What seeds grow on: clean items of our banks, and the setting they are linted in."""

    setting: Setting
    items: Sequence[SingleBest]
    spellings: Sequence[Spelling] = ()

    @cached_property
    def cited(self) -> Mapping[Verified, Sequence[str]]:
        """Sources by who has opened them."""
        found = self.setting.references.values()
        return {kind: [each.key for each in found if each.verified is kind] for kind in Verified}

    @cached_property
    def library(self) -> Library:
        return self.setting.library

    def pick(self, turn: int) -> SingleBest:
        return self.items[turn * 7 % len(self.items)]


Fact = Callable[[Ground, SingleBest, int, bool], tuple[object, Setting]]
"""Make the thing a rule looks at, flawed or its clean twin, and what the rule may know."""


def fields(flawed: Sequence[Mapping[str, object]], clean: Sequence[Mapping[str, object]]) -> Fact:
    """Put other values into the item."""

    def fact(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
        row = (flawed if bad else clean)[turn % len(flawed if bad else clean)]
        return item.model_copy(update={"status": Status.APPROVED, **row}), ground.setting

    return fact


def due(flawed: Sequence[int], clean: Sequence[int]) -> Fact:
    """Let the review be due so many days from today."""

    def fact(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
        days = (flawed if bad else clean)[turn % len(flawed if bad else clean)]
        day = ground.setting.today + timedelta(days=days)
        return item.model_copy(update={"status": Status.APPROVED, "review_by": day}), ground.setting

    return fact


def sources(flawed: Sequence[Verified], clean: Sequence[Verified]) -> Fact:
    """Let a critical item rest on sources that were or were not opened."""

    def fact(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
        keys = tuple(ground.cited[kind][turn % len(ground.cited[kind])] for kind in (flawed if bad else clean))
        return item.model_copy(update={"safety": Safety.CRITICAL, "references": keys}), ground.setting

    return fact


def above_its_objective(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    plain = [each.id for each in ground.setting.objectives.values() if each.safety is Safety.NONE]
    heavy = [each.id for each in ground.setting.objectives.values() if each.safety is Safety.SENTINEL]
    objective = (plain if bad else heavy)[turn % len(plain if bad else heavy)]
    safety = (Safety.SENTINEL, Safety.CRITICAL)[turn % 2]
    return item.model_copy(update={"objective": objective, "safety": safety}), ground.setting


def retracted(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    key = (
        item.references[-1] if bad else next(each for each in ground.setting.references if each not in item.references)
    )
    gone = replace(ground.setting.references[key], retracted=date(2026, 1, 1 + turn % 28))
    return item, replace(ground.setting, references={**ground.setting.references, key: gone})


def claimed(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    good = (Verdict.SUPPORTED, Verdict.PARTLY)
    claims = [each.id for each in ground.library.claims.values() if (each.verdict not in good) is bad]
    return item.model_copy(update={"claims": (claims[turn % len(claims)],), "tags": ()}), ground.setting


def aged(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    years = (1980, 1999, 2005) if bad else (2006, 2015, 2026)
    key = item.references[0]
    old = replace(ground.setting.references[key], year=years[turn % 3])
    made = item.model_copy(update={"references": (key,)})
    return made, replace(ground.setting, references={**ground.setting.references, key: old})


def unopened(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    days = (None, date(2019, 5, 1), date(2024, 11, 20)) if bad else (date(2026, 6, 1), date(2024, 12, 2))
    key = item.references[0]
    return replace(ground.setting.references[key], checked=days[turn % len(days)]), ground.setting


def overdue_module(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    modules = list(ground.library.modules.values())
    day = ground.setting.today + timedelta(days=-1 - turn if bad else turn)
    return replace(modules[turn % len(modules)], status="approved", review_by=day), ground.setting


def thin(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    programme = next(iter(ground.library.programmes.values()))
    items = [each for slug in programme.banks for each in ground.library.banks[slug].items if each.drawable]
    domain = sorted({each.domain for each in items})[turn % len({each.domain for each in items})]
    have = sum(each.domain == domain for each in items)
    quota = Quota(count=max(1, have - turn % 3) if bad else max(1, have // 3), domain=domain)
    return programme.model_copy(update={"blueprint": _blueprint(quota)}), ground.setting


def unasked(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    programme = next(each for each in ground.library.programmes.values() if each.policy.mode is Mode.EXAM)
    critical = sorted(each.id for each in ground.setting.objectives.values() if each.safety is not Safety.NONE)
    objective = critical[turn % len(critical)]
    made = [each for each in ground.items if each.objective != objective or not bad]
    made += [
        ground.items[0].model_copy(update={"objective": each}) for each in critical if each != objective or not bad
    ]
    banks = {slug: Bank(slug, slug, tuple(made)) for slug in programme.banks[:1]}
    blueprint = _blueprint(Quota(count=1, domain=objective.partition(".")[0]))
    made_programme = programme.model_copy(update={"blueprint": blueprint})
    return made_programme, replace(ground.setting, library=replace(ground.library, banks=banks))


def _blueprint(quota: Quota) -> Blueprint:
    return Blueprint(sections=(Section(title="All", quotas=(quota,)),))


def placed(*items: Item) -> list[Placed]:
    return [Placed("bank.yaml", number, item, asked_of(item), Read(item)) for number, item in enumerate(items)]


def key_first(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    """Forty items; every key first, or three of four, or in the clean twin each place in its turn."""
    places = [0 if bad and (turn % 2 or number % 4) else number % 4 for number in range(40)]
    return placed(*(_moved(ground.pick(turn + number), place) for number, place in enumerate(places))), ground.setting


def _moved(item: SingleBest, place: int) -> SingleBest:
    options = [each.model_copy(update={"anchored": False}) for each in item.options if not each.correct]
    options.insert(place, next(each for each in item.options if each.correct))
    return item.model_copy(update={"options": tuple(options)})


def middle_key(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    """Sixteen items with numbers; the key between the others in all or all but one, or as often as chance has it."""
    rows = []
    for number in range(16):
        inner = number % 2 == 0 if not bad else number > turn % 2
        key = 1 + number % 2 if inner else 3 * (number % 4 // 2)
        notes = tuple(
            OptionNote(text=f"{10 * (place + 1)} mm", why="Measured so.", correct=place == key) for place in range(4)
        )
        rows.append(ground.pick(number).model_copy(update={"options": notes}))
    return placed(*rows), ground.setting


def told(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    """Put the key of one item into the stem of another on the same objective; or of an enemy, or only half of it."""
    notes = tuple(
        OptionNote(text=text, why="A reason.", correct=place == 0)
        for place, text in enumerate(
            (
                "Daily aspirin, no skip before surgery",
                "Warm baths in the evening",
                "Walks along the river",
                "Early sleep",
            )
        )
    )
    asking = item.model_copy(update={"id": "asking", "stem": "What may go on?", "options": notes})
    wordings = ("Daily aspirin is taken, and she did not skip it before surgery.", "Before surgery nobody may skip daily aspirin.",
                "A tablet a day was carried on until the operation.") if bad else ("Aspirin was bought.", "She takes nothing.")  # fmt: skip
    other = {"id": "telling", "stem": wordings[turn % len(wordings)] + " " + ground.pick(turn + 1).stem}
    return placed(
        asking, ground.pick(turn + 1).model_copy(update={**other, "objective": item.objective})
    ), ground.setting


def copied(ground: Ground, item: SingleBest, turn: int, bad: bool) -> tuple[object, Setting]:
    """Put an item in twice: word for word, with a word more, in part in other words; or two that differ."""
    stems = ("{}", "{} ", "Now: {}", "In brief, and with other words around it so that it looks new, this is asked: {}")
    twin = item if bad else ground.pick(turn + 1 if ground.pick(turn + 1) is not item else turn + 2)
    changed = {"id": "a-copy", "stem": stems[turn % 4].format(twin.stem), "enemies": ()}
    return placed(item.model_copy(update={"enemies": ()}), twin.model_copy(update=changed)), ground.setting


RECALL = (Verified.RECALL,)
FACTS: Mapping[str, Fact] = {
    "B141": fields(
        [{"status": Status.DRAFT, **row} for row in ({"references": ("to-be-sourced",)}, {"objective": "0.0"}, {"stem": "To be written."})],
        [{"status": Status.DRAFT}, {"stem": "What is to be written on the card?"}],
    ),
    "B142": fields(
        [{"references": ("to-be-sourced",)}, {"objective": "0.0"}, {"authors": ("Author to be named",), "status": Status.REVIEW}],
        [{"status": Status.REVIEW}, {"status": Status.DRAFT, "objective": "0.0"}],
    ),
    "B220": key_first,
    "B221": told,
    "B222": middle_key,
    "B248": copied,
    "B301": due((-1, -30, -900), (0, 1, 400)),
    "B302": overdue_module,
    "B303": sources(RECALL, (Verified.RECALL, Verified.SEEN)),
    "B304": above_its_objective,
    "B305": fields([{"reviewers": ()}, {"reviewed": None}, {"review_by": None}], [{}, {"status": Status.DRAFT, "reviewers": ()}]),
    "B306": unopened,
    "B307": retracted,
    "B308": claimed,
    "B310": due((0, 30, 89), (90, 200, -1)),
    "B311": sources((Verified.SECONDARY,), (Verified.SECONDARY, Verified.SEEN)),
    "B312": aged,
    "B321": thin,
    "B322": unasked,
}  # fmt: skip
