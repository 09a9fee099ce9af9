"""Whole items in the workshop: new ones, copies, retiring, moving."""

import pytest

from tests.conftest import Cast
from tests.services.desk import SLUG, on_disk, opened, save
from tests.services.reviewers import BANK, ITEM, version
from training.core.items import BY_TYPE, Status
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import arranging, editing, signing_off
from training.services.app import App
from training.store import audit


def test_a_new_item_starts_from_its_types_example_as_a_draft(own: App, cast: Cast):
    change = opened(own, cast.ida)
    text = arranging.add_example(own, cast.ida, change, change.text, "numeric", "needle-count-01")

    assert text.startswith(change.text)
    item = editing.check(own, cast.ida, SLUG, text).banks[BANK].items[-1]
    assert (item.id, item.status, item.authors) == ("needle-count-01", Status.DRAFT, ("Ida",))
    with pytest.raises(Refusal, match="already"):
        arranging.add_example(own, cast.ida, change, text, "numeric", "needle-count-01")
    with pytest.raises(Refusal, match="small letters"):
        arranging.add_example(own, cast.ida, change, text, "numeric", "Not An Id")


@pytest.mark.parametrize("kind", BY_TYPE)
def test_an_empty_item_of_every_type_is_a_draft_that_can_be_saved_and_lists_what_is_missing(
    own: App, cast: Cast, kind: str
):
    figures = own.settings.content_dir / "modules/twitch-responses/figures"
    figures.mkdir(parents=True)
    (figures / "reflex-arc.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 560'/>", "utf-8")
    change = opened(own, cast.ida)
    text = arranging.add_empty(own, cast.ida, change, change.text, kind, "empty-item-01")

    tried = editing.check(own, cast.ida, SLUG, text)
    assert tried.new_errors == ()
    assert "B141" in {each.code for each in tried.problems if each.line in tried.lines["empty-item-01"]}
    save(own, cast.ida, change, text)
    assert tried.banks[BANK].items[-1].authors == ("Ida",)


def test_an_id_changes_until_reviewers_have_looked_at_the_item(own: App, cast: Cast, ivo: Actor):
    change = opened(own, cast.ida)
    assert arranging.nameable(own, cast.ida, ITEM)
    text = arranging.rename(own, cast.ida, change, change.text, ITEM, "sa-consent-withdrawn")
    assert text == change.text.replace(f"- id: {ITEM}\n", "- id: sa-consent-withdrawn\n")
    for taken in (ITEM, "No id", "ab"):
        with pytest.raises(Refusal):
            arranging.rename(own, cast.ida, change, change.text, ITEM, taken)

    signing_off.comment(own, ivo, ITEM, version=version(own), text="Is this the calf?")

    assert not arranging.nameable(own, cast.ida, ITEM)
    with pytest.raises(Refusal, match="keeps its id"):
        arranging.rename(own, cast.ida, change, change.text, ITEM, "sa-consent-withdrawn")


def test_a_case_gets_parts_to_write_up_to_the_most_there_may_be(own: App, cast: Cast):
    change = opened(own, cast.ida, "samples-of-every-kind")
    text, name = change.text, "kind-breathless-runner"
    for kind in ("numeric", "cloze", "hotspot", "matching", "short_text", "parameterised"):
        text = arranging.add_part(cast.ida, change, text, name, kind)

    assert len(arranging.written(cast.ida, change, text, name)["parts"]) == 8
    assert set(change.text.splitlines()) <= set(text.splitlines())
    with pytest.raises(Refusal, match="8 parts"):
        arranging.add_part(cast.ida, change, text, name, "numeric")


def test_a_copy_is_written_as_the_item_is_with_its_remarks(own: App, cast: Cast):
    file = own.settings.content_dir / BANK
    head, found, rest = file.read_text("utf-8").partition(f"  - id: {ITEM}\n")
    file.write_text(head + found + rest.replace("    level:", "    # Asked in every exam.\n    level:", 1), "utf-8")
    change = opened(own, cast.ida)

    text = arranging.copy_item(own, cast.ida, change, change.text, ITEM, "sa-withdrawn-consent-2")

    added = text.removeprefix(change.text)
    assert added != text
    assert "# Asked in every exam." in added
    assert "    status: draft\n" in added
    assert "reviewed" not in added
    assert set(added.splitlines()) - set(change.text.splitlines()) <= {
        "  - id: sa-withdrawn-consent-2", "    status: draft",
    }  # fmt: skip


def test_a_copy_is_a_draft_that_nobody_reviewed(own: App, cast: Cast):
    change = opened(own, cast.ida)
    text = arranging.copy_item(own, cast.ida, change, change.text, ITEM, "sa-withdrawn-consent-2")

    first, copy = (own.library.item(ITEM), editing.check(own, cast.ida, SLUG, text).banks[BANK].items[-1])
    assert first
    assert (copy.stem, copy.status, copy.reviewers) == (first.stem, Status.DRAFT, ())


def test_a_retired_item_says_so_in_its_file_and_leaves_the_quizzes(own: App, cast: Cast):
    change = opened(own, cast.ida)

    arranging.retire(own, cast.ida, change, ITEM, version=version(own), reason="The guideline was withdrawn.")

    assert own.library.item(ITEM).status is Status.RETIRED  # type: ignore[union-attr] # it is there
    before, after = change.text.splitlines(), on_disk(own).splitlines()
    assert [(one, other) for one, other in zip(before, after, strict=True) if one != other] == [
        ("    status: approved", "    status: retired")
    ]
    assert signing_off.standing_of(own, cast.ida, ITEM).standing.withheld


def test_an_item_moves_to_another_bank_with_its_remarks(own: App, cast: Cast):
    file = own.settings.content_dir / BANK
    head, found, rest = file.read_text("utf-8").partition(f"  - id: {ITEM}\n")
    file.write_text(f"{head}  # Asked for by the board.\n{found}{rest}", "utf-8")
    change, other = opened(own, cast.ida), opened(own, cast.ida, "sample-twitch")

    done = arranging.move(own, cast.ida, change, ITEM, "sample-twitch", reason="It belongs there.")

    assert on_disk(own) == done.text
    assert ITEM not in done.text
    made = on_disk(own, "question_banks/sample-twitch.yaml")
    assert made.startswith(other.text)
    assert made.removeprefix(other.text).startswith(f"  # Asked for by the board.\n  - id: {ITEM}\n")
    entry = own.database.read(lambda tx: audit.latest(tx, 1))[0]
    assert (entry.action, entry.subject) == ("moved item", ITEM)


def test_an_item_is_not_moved_from_a_text_that_someone_changed_meanwhile(own: App, cast: Cast, ivo: Actor):
    change, hers = opened(own, cast.ida), opened(own, ivo)
    save(own, ivo, hers, hers.text.replace("title: ", "title: All of ", 1), "A title.")

    with pytest.raises(Refusal, match="open it again"):
        arranging.move(own, cast.ida, change, ITEM, "sample-twitch", reason="It belongs there.")
