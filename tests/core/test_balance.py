"""Key positions are spread evenly, and pretest questions ride along unscored."""

from dataclasses import replace

import pytest

from training.core.balance import balanced, key_places
from training.core.blueprint import Policy
from training.core.dice import Dice
from training.core.form import assemble
from training.core.items.item import PRETEST
from training.core.library import Library
from training.core.pool import build_pool
from training.core.refusal import Refusal


def test_every_place_holds_the_key_about_as_often(library: Library) -> None:
    form = assemble(build_pool(library.programmes["exam-sample"], library), seed=3)

    slots = balanced(form.slots, Dice(1))

    for counts in key_places(slots).values():
        assert max(counts.values()) - min(counts.values()) <= 1
    assert [sorted(slot.order) for slot in slots] == [sorted(slot.order) for slot in form.slots]


def on_trial(library: Library, count: int, share: float) -> tuple[Library, Policy]:
    """The sample content with some items of the twitch bank on trial."""
    bank = library.banks["sample-twitch"]
    chosen = [item.id for item in bank.items if item.drawable and not item.enemies][-count:]
    items = tuple(
        item.model_copy(update={"tags": (*item.tags, PRETEST)}) if item.id in chosen else item for item in bank.items
    )
    changed = replace(library, banks={**library.banks, bank.slug: replace(bank, items=items)})
    return changed, library.programmes["practice-sample"].policy.model_copy(update={"pretest": share})


def test_pretest_questions_are_added_up_to_their_share_and_not_scored(library: Library) -> None:
    changed, policy = on_trial(library, 2, 15)
    programme = library.programmes["practice-sample"].model_copy(update={"policy": policy})
    plain = len(assemble(build_pool(library.programmes["practice-sample"], library), seed=1).slots)

    form = assemble(build_pool(programme, changed), seed=1)
    unscored = [slot for slot in form.slots if not slot.scored]

    assert len(form.slots) - len(unscored) == plain
    assert len(unscored) / len(form.slots) >= 0.15


def test_too_few_pretest_questions_are_refused(library: Library) -> None:
    changed, policy = on_trial(library, 1, 50)
    programme = library.programmes["practice-sample"].model_copy(update={"policy": policy})

    with pytest.raises(Refusal, match=r"pretest: needs \d, has 1"):
        assemble(build_pool(programme, changed), seed=1)
