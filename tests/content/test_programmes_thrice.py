"""Every exam that ships can be drawn three times over for one learner, and no safety question comes twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from training.content.libraries import load_library
from training.core.form import assemble
from training.core.library import Library
from training.core.pool import build_pool
from training.core.question import Safety

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ours() -> Library:
    return load_library(ROOT)[0]


@pytest.mark.parametrize("slug", ["foundation-exam", "foundations-practice", "knowledge-certificate", "swiss-pattern"])
def test_three_draws_for_one_learner_meet_no_safety_item_twice(ours: Library, slug: str) -> None:
    """
    For each of a hundred learners: enemies among what is left must not lead to one that she has met.
    """
    pool = build_pool(ours.programmes[slug], ours)
    for learner in range(100):
        seen: dict[str, datetime] = {}
        for draw in range(3):
            form = assemble(pool, seed=100 * learner + draw, seen=seen)
            items = {slot.question.met_as: slot.question.safety for slot in form.slots}
            again = [name for name, safety in items.items() if safety is not Safety.NONE and name in seen]
            assert again == []
            seen |= dict.fromkeys(items, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=draw))


def test_each_form_of_the_certificate_follows_the_briefs_weights(ours: Library) -> None:
    """A case's parts are slots of their own: one about another domain would shift the weights."""
    pool = build_pool(ours.programmes["knowledge-certificate"], ours)
    for seed in range(40):
        form = assemble(pool, seed=seed)
        counts = [sum(slot.question.domain == str(number) for slot in form.slots) for number in range(1, 11)]

        assert counts == [17, 17, 12, 9, 11, 8, 8, 7, 7, 4], seed


def test_the_pattern_has_24_safety_questions_and_36_others_all_single_best(ours: Library) -> None:
    form = assemble(build_pool(ours.programmes["swiss-pattern"], ours), seed=5)

    safety = sum(slot.question.safety is not Safety.NONE for slot in form.slots)
    assert (safety, len(form.slots)) == (24, 60)
    assert {slot.question.interaction.kind for slot in form.slots} == {"choose_one"}
