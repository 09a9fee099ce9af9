"""The history of an item: every version served, what changed, where it was used, and what may be pooled."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.conftest import Cast, Clock
from tests.services.classes import PRACTICE, sit
from tests.services.desk import drafted, opened, save
from tests.services.reviewers import ITEM, OLD, edit, instructor, sign_off, version
from training.core.genealogy import Part, Verdict
from training.core.refusal import NotFound
from training.services import signing_off, taking, tracing_items
from training.services.app import App
from training.store import versions


def item_in_every_exam(app: App) -> str:
    """Whichever item the first sitting of the practice quiz draws first."""
    pool = app.content.pool(PRACTICE)
    return pool.cells[0].candidates[0].item_id


def serve(app: App, clock: Clock, actor, times: int = 1) -> None:
    for _ in range(times):
        sit(app, actor, PRACTICE, right=2)
        clock.advance(minutes=60)


def test_a_version_is_kept_when_it_is_first_served(own: App, cast: Cast):
    attempt = taking.look(own, cast.ann, taking.start(own, cast.ann, PRACTICE, request="one"))
    for slot in attempt.form.slots:
        told = tracing_items.history(own, cast.ida, slot.question.item_id)
        assert [(each.digest, each.served) for each in told.versions] == [
            (version(own, slot.question.item_id), own.now())
        ]


def test_an_item_that_was_never_served_has_the_version_in_its_file(own: App, cast: Cast):
    told = tracing_items.history(own, cast.ida, ITEM)

    assert [(each.digest, each.kept, each.current) for each in told.versions] == [(version(own), None, True)]
    with pytest.raises(NotFound):
        tracing_items.history(own, cast.ida, "nothing")


def test_a_start_that_brings_nothing_new_keeps_nothing_new(own: App, cast: Cast, clock: Clock):
    def kept() -> int:
        return own.database.read(lambda tx: sum(len(versions.of_item(tx, item.id)) for item in own.library.items()))

    serve(own, clock, cast.ann, times=8)
    before = kept()
    serve(own, clock, cast.bo, times=2)

    assert before <= kept() <= sum(1 for _ in own.library.items())


def test_the_history_tells_what_changed_where_it_was_used_and_what_pools(own: App, cast: Cast, clock: Clock):
    serve(own, clock, cast.ann, times=12)
    edit(own, OLD, "Half-way through needling the thigh")
    serve(own, clock, cast.bo, times=12)
    edit(own, "assault.", "assault, by law.")
    serve(own, clock, cast.ann, times=12)

    told = tracing_items.history(own, cast.ida, ITEM)
    first, second, third = told.versions

    assert [each.number for each in told.versions] == [1, 2, 3]
    assert [(each.part, each.before, each.after) for each in second.changes] == [
        (Part.STEM, 'Half-way through needling the calf, a patient says "please stop". What happens next?',
         'Half-way through needling the thigh, a patient says "please stop". What happens next?'),
    ]  # fmt: skip
    assert [each.verdict for each in told.versions] == [Verdict.SAME, Verdict.MEANING, Verdict.BESIDE]
    assert [each.pool for each in told.versions] == [1, 2, 2]
    assert [each.current for each in told.versions] == [False, False, True]
    assert [each.outside for each in told.versions] == [False, True, True]
    for each in (first, second, third):
        assert [use.programme for use in each.uses] == [PRACTICE]
        assert each.attempts > 0
        assert all(use.first <= use.last for use in each.uses)
        assert all((use.mean is None) == (use.n < 5) for use in each.uses)
    assert first.uses[0].last < second.uses[0].first
    assert told.unversioned == ()


def test_versions_stand_in_the_order_they_were_made_even_in_one_moment(own: App, cast: Cast):
    limbs = ["calf", "thigh", "forearm", "shoulder", "neck", "foot"]
    bank = opened(own, cast.ida)
    save(own, cast.ida, bank, drafted(bank.text))
    for before, after in pairwise(limbs):
        bank = opened(own, cast.ida)
        save(own, cast.ida, bank, bank.text.replace(f"needling the {before}", f"needling the {after}"))

    told = tracing_items.history(own, cast.ida, ITEM).versions
    changed = [change.after.partition(",")[0].rpartition(" ")[2] for each in told for change in each.changes]

    assert {each.kept for each in told} == {own.now()}
    assert changed == limbs[1:]
    assert [each.outside for each in told] == [False] * len(limbs)


def test_a_confirmed_typographical_change_pools_although_words_differ(own: App, cast: Cast):
    ivo = instructor(own, "Ivo")
    sign_off(own, cast.ida, ivo)
    edit(own, OLD, "Halfway through needling the calf")
    signing_off.declare_typographical(own, cast.ida, ITEM, version=version(own), text="Spelling.")
    before = tracing_items.history(own, cast.ida, ITEM).versions
    signing_off.confirm_typographical(own, ivo, ITEM, version=version(own))
    after = tracing_items.history(own, cast.ida, ITEM).versions

    assert [each.pool for each in before] == [1, 2]
    assert [each.pool for each in after] == [1, 1]
    assert after[1].confirmed is not None
    assert (after[1].confirmed.by, after[1].verdict) == ("ivo", Verdict.MEANING)


def test_an_item_that_left_the_banks_keeps_its_history(own: App, cast: Cast, clock: Clock):
    serve(own, clock, cast.ann, times=12)
    gone = replace(own, content=_without(own, ITEM))

    told = tracing_items.history(gone, cast.ida, ITEM)

    assert told.item is None
    assert [each.current for each in told.versions] == [False]
    assert told.versions[0].attempts > 0


def _without(own: App, item_id: str):
    edit(own, f"  - id: {item_id}\n", "  - id: sa-another-one\n")
    return own.content
