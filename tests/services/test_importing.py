"""Questions from elsewhere come into the running product's banks: looked at first, then as drafts, or not at all."""

import pytest

from tests.conftest import Cast
from tests.services.desk import SLUG, on_disk
from tests.services.reviewers import BANK, ITEM
from training.core.items import Status
from training.core.refusal import Refusal
from training.core.stage import Step
from training.services import importing, tracing_items
from training.services.app import App
from training.services.exchanging import Fate, Given, OnConflict
from training.store import audit

QUIZ = f"""\
// [id:knee-01]
::Knee::Which bone lies in front of the knee joint? {{=The patella#It does. ~The fibula ~The talus}}

// [id:{ITEM}]
Half-way through needling the calf, a patient says "please stop". What happens next?
{{=Remove the needle now ~Finish two more insertions ~Persuade the patient to go on}}

Discuss the knee. {{}}
"""
GIVEN = Given(QUIZ.encode(), "knee.gift")


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_instructors_import(own: App, cast: Cast, who: str):
    actor = getattr(cast, who)

    for ask in (lambda: importing.plan(own, actor, GIVEN, SLUG), lambda: importing.bring(own, actor, GIVEN, SLUG)):
        with pytest.raises(Refusal):
            ask()


def test_a_look_writes_nothing_and_says_what_would_become_of_each_question(own: App, cast: Cast):
    before = on_disk(own)

    plan = importing.plan(own, cast.ida, GIVEN, SLUG)

    assert [row.fate for row in plan.review.rows] == [Fate.ADDED, Fate.SKIPPED, Fate.NO_ITEM]
    assert plan.text.startswith(before)
    assert on_disk(own) == before


def test_questions_come_in_as_drafts_with_a_note_of_who_brought_them(own: App, cast: Cast):
    before = on_disk(own)
    importing.bring(own, cast.ida, GIVEN, SLUG)

    assert on_disk(own).startswith(before)
    item = own.library.item("knee-01")
    assert item
    assert item.status is Status.DRAFT
    event = tracing_items.history(own, cast.ida, "knee-01").events[-1]
    assert (event.step, event.by, event.text) == (Step.EDITED, "ida", "Imported from knee.gift (GIFT)")
    entry = own.database.read(lambda tx: audit.latest(tx, 1))[0]
    assert (entry.actor, entry.action, entry.subject) == ("ida", "imported questions", SLUG)
    assert entry.detail == "Imported from knee.gift (GIFT): 1"


def test_each_conflict_can_go_its_own_way(own: App, cast: Cast):
    chosen = Given(GIVEN.data, GIVEN.name, chosen={ITEM: OnConflict.REPLACE})

    review = importing.plan(own, cast.ida, chosen, SLUG).review

    assert [row.fate for row in review.rows] == [Fate.ADDED, Fate.REPLACES, Fate.NO_ITEM]


def test_a_new_bank_is_made_and_an_id_that_another_bank_has_is_changed(own: App, cast: Cast):
    plan = importing.plan(own, cast.ida, GIVEN, "knee")
    assert [twin.id for twin in plan.elsewhere.values()] == [ITEM]

    importing.bring(own, cast.ida, GIVEN, "knee")

    made = own.library.banks["knee"].items
    assert [item.id for item in made] == ["knee-01", f"{ITEM}-2"]
    assert own.library.item(ITEM)


@pytest.mark.parametrize("slug", ["../knee", "references", "Knee", "", "a", "knee.yaml"])
def test_nothing_but_a_bank_is_written(own: App, cast: Cast, slug: str):
    with pytest.raises(Refusal):
        importing.bring(own, cast.ida, GIVEN, slug)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken", b"<?xml version='1.0'?><!DOCTYPE a>"])
def test_a_hostile_file_touches_nothing(own: App, cast: Cast, data: bytes):
    before = on_disk(own, BANK)

    with pytest.raises(Refusal):
        importing.bring(own, cast.ida, Given(data, "quiz.xml", "moodle-xml"), SLUG)
    assert on_disk(own, BANK) == before


def test_a_file_that_is_too_large_is_refused(own: App, cast: Cast):
    with pytest.raises(Refusal, match="command line"):
        importing.plan(own, cast.ida, Given(b"x" * (importing.LARGEST + 1), "quiz.gift"), SLUG)
