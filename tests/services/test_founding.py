"""A new bank: begun empty, filled in the workshop."""

import pytest

from tests.conftest import Cast
from tests.services.desk import on_disk, opened, save
from training.core.items import BY_TYPE
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import arranging, editing, founding
from training.services.app import App
from training.services.editing import Saved
from training.store import audit

FILE = "question_banks/knee-anatomy.yaml"


def test_a_new_bank_stands_empty_in_a_file_and_takes_its_first_item(own: App, cast: Cast):
    slug = founding.found(own, cast.ida, "knee-anatomy", "Anatomy of  the knee")

    assert on_disk(own, FILE).endswith("bank: knee-anatomy\ntitle: Anatomy of the knee\nitems: []\n")
    assert own.database.read(lambda tx: audit.latest(tx, 1))[0].action == "new bank"
    change = opened(own, cast.ida, slug)
    text = arranging.add_empty(own, cast.ida, change, change.text, "single_best", "ka-first-01")
    assert save(own, cast.ida, change, text) == Saved(text, ("ka-first-01",))
    assert [each.id for each in own.library.banks[slug].items] == ["ka-first-01"]


@pytest.mark.parametrize("slug", ["sample-safety", "references", "../knee", "Knee", "ab", "", "k" * 65])
def test_a_name_that_is_taken_or_no_name_begins_no_bank(own: App, cast: Cast, slug: str):
    before = editing.banks(own, cast.ida)
    with pytest.raises(Refusal, match="Name the bank"):
        founding.found(own, cast.ida, slug, "Knees")
    assert editing.banks(own, cast.ida) == before


@pytest.mark.parametrize("title", ["", "  ", "x" * 121])
def test_a_bank_needs_a_title_that_fits(own: App, cast: Cast, title: str):
    with pytest.raises(Refusal, match="title"):
        founding.found(own, cast.ida, "knee-anatomy", title)


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_instructors_begin_banks(own: App, cast: Cast, who: str):
    actor: Actor = getattr(cast, who)
    with pytest.raises(Refusal):
        founding.found(own, actor, "knee-anatomy", "Knees")


@pytest.mark.parametrize("end", ["items: []\n", "items: [ ]   # none yet\n", "items:\n", ""])
@pytest.mark.parametrize("kind", BY_TYPE)
def test_the_first_item_of_a_bank_finds_its_place_however_the_list_is_empty(own: App, cast: Cast, end: str, kind: str):
    founding.found(own, cast.ida, "knee-anatomy", "Knees")
    file = own.settings.content_dir / FILE
    file.write_text(f"bank: knee-anatomy\ntitle: Knees\n{end}", "utf-8")
    change = opened(own, cast.ida, "knee-anatomy")

    text = arranging.add_empty(own, cast.ida, change, change.text, kind, "ka-first-01")

    assert text.startswith("bank: knee-anatomy\ntitle: Knees\nitems:")
    assert arranging.written(cast.ida, change, text, "ka-first-01")["type"] == kind
