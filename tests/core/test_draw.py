"""The draw: by seed, by blueprint, fresh items first, enemies apart, never silently short."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.dice import Dice
from training.core.form import Form, assemble
from training.core.items import BY_TYPE, Item
from training.core.library import Library
from training.core.pool import Pool, build_pool
from training.core.refusal import Refusal

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEVELS = ("recall", "apply", "analyse")


def item(name: str, *, domain: int = 1, level: str = "apply", **more: Any) -> Item:
    options = [{"text": f"{name} option {n}", "why": "Because.", "correct": n == 0} for n in range(4)]
    options[3]["anchored"] = True
    fields = {
        "id": name, "type": "single_best", "status": "approved", "objective": f"{domain}.1", "level": level,
        "stem": f"{name}?", "options": options, "references": ["who-2009"], "authors": ["Ida"],
    }  # fmt: skip
    return BY_TYPE["single_best"].model_validate(fields | more)


def quota(count: int, **what: Any) -> dict[str, Any]:
    return {"count": count, **what}


def pool_of(items: Iterable[Item], *quotas: dict[str, Any], shuffle: bool = True, mode: str = "exam") -> Pool:
    programme = Programme.model_validate(
        {
            "programme": "sample", "title": "Sample", "summary": "Sample.", "banks": ["bank"],
            "policy": {"mode": mode, "shuffle_options": shuffle},
            "blueprint": {"sections": [{"title": "All", "quotas": list(quotas)}]},
        }
    )  # fmt: skip
    return build_pool(programme, Library(banks={"bank": Bank("bank", "Bank", tuple(items))}))


def ids(form: Form) -> list[str]:
    return [slot.question.item_id for slot in form.slots]


def many(count: int, **what: Any) -> list[Item]:
    return [item(f"item-{number:03d}", **what) for number in range(count)]


def test_the_same_seed_and_content_give_the_same_form_on_any_machine() -> None:
    """The digest is pinned: if it changes, every seed in every log means another form."""
    items = [item(f"item-{n:03d}", domain=1 + n % 3, level=LEVELS[n % 3]) for n in range(60)]
    pool = pool_of(items, quota(3, domain="1"), quota(2, domain="2", level="apply"), quota(2))

    form = assemble(pool, seed=20260302)

    told = ";".join(f"{slot.question.item_id}:{''.join(slot.order)}" for slot in form.slots)
    assert sha256(told.encode()).hexdigest()[:16] == "434d19096425b56a"


def test_the_order_in_which_items_were_written_does_not_change_the_draw() -> None:
    items = many(30)

    assert ids(assemble(pool_of(items, quota(5)), seed=3)) == ids(assemble(pool_of(items[::-1], quota(5)), seed=3))


def test_other_seeds_give_other_forms() -> None:
    pool = pool_of(many(30), quota(5))

    assert len({tuple(ids(assemble(pool, seed=seed))) for seed in range(20)}) == 20


def test_over_many_seeds_every_item_comes_up_about_as_often() -> None:
    pool = pool_of(many(20), quota(5))
    counts = dict.fromkeys((f"item-{n:03d}" for n in range(20)), 0)
    for seed in range(2000):
        for name in ids(assemble(pool, seed=seed)):
            counts[name] += 1

    # Each count is binomial(2000, 1/4): mean 500, standard deviation 19.
    assert all(400 < count < 600 for count in counts.values())


def test_every_quota_is_filled_with_its_own_kind() -> None:
    items = [item(f"item-{n:03d}", domain=1 + n % 4, level=LEVELS[n % 3]) for n in range(120)]
    form = assemble(pool_of(items, quota(4, domain="2"), quota(3, domain="3", level="apply")), seed=1)
    kinds = [(slot.question.domain, slot.question.level) for slot in form.slots]

    assert sum(domain == "2" for domain, _ in kinds) == 4
    assert sum(kind == ("3", "apply") for kind in kinds) == 3


def test_unseen_items_come_first_and_then_the_least_recently_seen() -> None:
    pool = pool_of(many(10), quota(8))
    seen = {f"item-{n:03d}": T0 + timedelta(days=n) for n in range(5)}

    drawn = set(ids(assemble(pool, seed=9, seen=seen)))

    assert drawn == {f"item-{n:03d}" for n in (5, 6, 7, 8, 9, 0, 1, 2)}


def test_enemies_are_never_together_whichever_of_the_two_names_the_other() -> None:
    items = [*many(6), item("foe-a", enemies=["item-000"]), item("foe-b", enemies=["foe-a"])]
    pool = pool_of(items, quota(5))

    for seed in range(200):
        drawn = set(ids(assemble(pool, seed=seed)))
        assert not {"foe-a", "item-000"} <= drawn
        assert not {"foe-a", "foe-b"} <= drawn


def test_a_draw_that_enemies_make_tight_is_still_found() -> None:
    """Only one form exists: a-0 bars all of b but b-3, so greedy picking mostly fails."""
    first = [item("hub-0", domain=1, enemies=["leaf-0", "leaf-1"]), item("hub-1", domain=1, enemies=["leaf-2"])]
    second = [item(f"leaf-{n}", domain=2) for n in range(4)]
    pool = pool_of([*first, *second], quota(1, domain="1"), quota(3, domain="2"))

    for seed in range(30):
        assert set(ids(assemble(pool, seed=seed))) == {"hub-1", "leaf-0", "leaf-1", "leaf-3"}


def test_quotas_that_want_the_same_items_are_filled_together() -> None:
    """Both quotas fit item-000; only giving it to the second leaves both filled."""
    items = [item("item-000", domain=1, level="analyse"), item("item-001", domain=1, level="recall")]
    pool = pool_of(items, quota(1, domain="1"), quota(1, level="analyse"))

    for seed in range(30):
        assert sorted(ids(assemble(pool, seed=seed))) == ["item-000", "item-001"]


def test_an_impossible_blueprint_is_refused_with_each_shortfall_named() -> None:
    pool = pool_of(many(4, domain=5), quota(6, domain="5", level="apply"), quota(1, domain="9"))

    with pytest.raises(Refusal) as refused:
        assemble(pool, seed=1)

    assert "domain 5 × apply: needs 6, has 4; domain 9: needs 1, has 0" in str(refused.value)


def test_a_blueprint_impossible_only_because_of_enemies_is_refused_too() -> None:
    pair = [item("foe-a", enemies=["foe-b"]), item("foe-b")]

    with pytest.raises(Refusal, match="any item: needs 2, has 1"):
        assemble(pool_of(pair, quota(2)), seed=1)


def test_what_is_for_practice_only_is_drawn_in_practice_and_in_no_exam() -> None:
    voted = yaml.safe_load(BY_TYPE["script_concordance"].EXAMPLE) | {"panel_of": "programs"}
    items = [BY_TYPE["script_concordance"].model_validate(voted), item("tagged", tags=["practice-only"]), *many(1)]

    assert set(ids(assemble(pool_of(items, quota(3), mode="practice"), seed=1))) == {voted["id"], "tagged", "item-000"}
    with pytest.raises(Refusal, match="any item: needs 3, has 1"):
        assemble(pool_of(items, quota(3)), seed=1)


def test_drafts_and_questions_set_aside_for_modules_are_never_drawn() -> None:
    items = [*many(3), item("draft-1", status="draft"), item("check-1", tags=["check-yourself"])]

    assert set(ids(assemble(pool_of(items, quota(3)), seed=1))) == {"item-000", "item-001", "item-002"}


def test_anchored_options_stay_last_and_the_others_are_shuffled() -> None:
    pool = pool_of(many(1), quota(1))
    orders = {assemble(pool, seed=seed).slots[0].order for seed in range(60)}

    assert {order[-1] for order in orders} == {"d"}
    assert len(orders) == 6


def test_a_policy_can_leave_the_options_as_written() -> None:
    form = assemble(pool_of(many(3), quota(3), shuffle=False), seed=5)

    assert {slot.order for slot in form.slots} == {("a", "b", "c", "d")}


def test_a_form_holds_all_it_takes_to_mark_it() -> None:
    slot = assemble(pool_of(many(3), quota(1)), seed=1).slots[0]

    assert asdict(slot.question.key) == {"by_option": (("a", 1.0),), "kind": "worth"}
    assert len(slot.question.reasons) == 4


@given(st.integers(1, 40), st.integers(0, 2**48), st.dictionaries(st.integers(0, 39), st.integers(0, 9)))
def test_whatever_was_seen_a_form_has_what_was_asked_and_no_item_twice(
    count: int, seed: int, days: Mapping[int, int]
) -> None:
    seen = {f"item-{n:03d}": T0 + timedelta(days=day) for n, day in days.items()}

    drawn = ids(assemble(POOLS[count], seed=seed, seen=seen))

    assert len(set(drawn)) == len(drawn) == count
    assert sum(name in seen for name in drawn) == max(0, count - (40 - len(seen)))


POOLS = {count: pool_of(many(40), quota(count)) for count in range(1, 41)}


@given(st.integers(0, 2**32), st.integers(1, 200), st.data())
def test_wandering_visits_everything_once(seed: int, size: int, data: st.DataObject) -> None:
    things = list(range(size))

    assert sorted(Dice(seed).wander(things)) == things
    assert sorted(Dice(seed).shuffled(things)) == things


def test_a_search_that_gives_up_says_so() -> None:
    """Pairs of enemies, one of each in either cell: complete forms are too rare to be found by trying."""
    left = [item(f"left-{n:02d}", domain=1, enemies=[f"right-{n:02d}"]) for n in range(30)]
    right = [item(f"right-{n:02d}", domain=2) for n in range(30)]

    with pytest.raises(Refusal, match="no complete form was found in 20,000 tries"):
        assemble(pool_of([*left, *right], quota(16, domain="1"), quota(15, domain="2")), seed=1)


def test_a_blueprint_that_nobody_could_sit_is_refused_when_it_is_written() -> None:
    with pytest.raises(ValueError, match="a form has 400 at most"):
        pool_of(many(3), quota(300), quota(101))


def test_a_quiz_that_spells_a_default_out_is_the_same_version_and_another_rule_is_not() -> None:
    """
    So a release that adds a field to quizzes makes no quiz another one.
    """
    plain = pool_of(many(3), quota(1)).programme
    spelt = plain.model_copy(update={"policy": plain.policy.model_copy(update={"grace_days": 90, "tries": None})})
    other = plain.model_copy(update={"policy": plain.policy.model_copy(update={"grace_days": 91})})

    assert spelt.version == plain.version
    assert other.version != plain.version
