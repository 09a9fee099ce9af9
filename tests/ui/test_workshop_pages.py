"""The workshop's page: what it shows of a text as it stands, the form, saving, and whole items."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.processes import PATIENCE
from tests.services.desk import NEW, SLUG, drafted, on_disk
from tests.services.reviewers import BANK, ITEM, OLD
from tests.ui.conftest import OpenPage, _script, said
from training.services.app import App
from training.ui.desk import KEY, Desk


def desk(page: AppTest) -> Desk:
    return page.session_state[KEY][SLUG]  # type: ignore[no-any-return] # what the page keeps there


def write(page: AppTest, text: str) -> AppTest:
    """What the browser sends after a pause in typing."""
    there = desk(page)
    there.hear({"stamp": there.stamp, "number": there.heard + 1, "text": text, "line": there.line})
    return page.run()


@pytest.mark.parametrize("who", ["ann", "cy", "ada"])
def test_only_instructors_see_the_workshop(own: App, sign_in, cast: Cast, who: str):
    sign_in(getattr(cast, who))
    page = AppTest.from_function(_script, args=(own, "workshop"), default_timeout=PATIENCE).run()

    assert "may not edit banks" in page.warning[0].value


def test_the_banks_are_offered(own: App, workshop: OpenPage):
    page = workshop()

    assert not page.exception
    labels = [each.proto.label for each in page.get("page_link")]
    assert {bank.title for bank in own.library.banks.values()} <= set(labels)


def test_the_item_is_shown_as_a_learner_meets_it_before_it_is_saved(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG, item=ITEM)
    assert not page.exception
    assert desk(page).shown.startswith(f"  - id: {ITEM}\n")
    assert OLD in said(page)

    write(page, desk(page).shown.replace(OLD, NEW))

    assert not page.exception
    assert NEW in said(page)
    assert "Changed, not saved" in said(page)
    assert NEW not in on_disk(own)


def test_the_last_good_preview_stays_while_the_text_is_broken(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG, item=ITEM)
    write(page, desk(page).shown.replace(OLD, NEW))

    write(page, desk(page).shown.replace("level: apply", "level: ["))

    assert not page.exception
    assert "This is how the item looked last" in said(page)
    assert NEW in said(page)


@pytest.mark.parametrize("line", ["    safety critical", "    tags: ["])
def test_a_last_line_that_breaks_what_follows_is_told_in_the_margin_of_the_item_alone(
    own: App, workshop: OpenPage, line: str
):
    page = workshop(bank=SLUG, item=ITEM)
    there = desk(page)
    write(page, f"{there.shown}{line}\n")
    assert there.tried
    _, tried = there.tried
    told = there.in_margin(tried)

    assert all(each.line > there.first + there.shown.count("\n") - 1 for each in tried.new_errors)
    assert [each.line for each in told] == [there.first + there.shown.count("\n") - 1]
    assert "found in line" in told[0].message


def test_what_is_wrong_is_listed_and_hinders_saving(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG, item=ITEM)
    before = on_disk(own)
    write(page, desk(page).shown.replace("level: apply", "level: aply"))
    assert "would hinder saving" in said(page)

    page.text_input(key="workshop.reason").input("A typo.").run()
    page.button(key="workshop.save").click().run()

    assert "This would bring an error" in said(page)
    assert on_disk(own) == before


def test_what_was_approved_is_put_into_review_with_one_click_and_saved(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG)
    text = desk(page).text.replace(OLD, NEW)
    write(page, text)
    page.text_input(key="workshop.reason").input("The thigh is more common.").run()
    page.button(key="workshop.save").click().run()
    assert "cannot stay approved" in said(page)

    page.button(key="workshop.into-review").click().run()
    page.button(key="workshop.save").click().run()

    assert not page.exception
    assert "Saved. 1 item changed." in said(page)
    assert on_disk(own) == drafted(text)
    assert "As in the file" in said(page)


def test_a_newer_version_is_shown_and_merged(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG)
    mine = drafted(desk(page).text.replace(OLD, NEW))
    write(page, mine)
    file = own.settings.content_dir / BANK
    file.write_text(file.read_text("utf-8").replace("title: ", "title: All of ", 1), "utf-8")
    page.text_input(key="workshop.reason").input("The thigh.").run()
    page.button(key="workshop.save").click().run()
    assert "A newer version is in the file" in " ".join(each.value for each in page.subheader)

    page.button(key="workshop.merge").click().run()
    page.button(key="workshop.save").click().run()

    assert not page.exception
    assert on_disk(own) == mine.replace("title: ", "title: All of ", 1)


def test_a_new_item_starts_from_an_example(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG)
    page.text_input(key="workshop.items.id").input("sa-new-01").run()
    page.selectbox(key="workshop.items.type").select("numeric").run()
    page.button(key="workshop.new").click().run()

    assert not page.exception
    assert desk(page).item == "sa-new-01"
    assert "sa-new-01" in said(page)


@pytest.mark.parametrize("part", ["coverage", "statistics", "bots", "form", ""])
def test_every_part_below_is_drawn(own: App, workshop: OpenPage, part: str):
    page = workshop(bank=SLUG, item=ITEM, show=part)

    assert not page.exception


@pytest.mark.parametrize("query", [{"bank": "../secrets"}, {"bank": "references"}, {"bank": SLUG, "item": "nothing"}])
def test_a_nonsense_address_opens_nothing_else(own: App, workshop: OpenPage, query: dict[str, str]):
    page = workshop(**query)

    assert not page.exception


def test_a_bank_is_begun_and_its_first_item_is_written_in_the_form(own: App, workshop: OpenPage):
    page = workshop()
    page.text_input(key="workshop.bank.title").set_value("Anatomy of the knee")
    page.text_input(key="workshop.bank.name").set_value("knee-anatomy")
    next(each for each in page.button if each.label == "Begin this bank").click().run()

    assert not page.exception
    assert page.query_params["bank"] == "knee-anatomy"
    assert "There are no items here yet" in said(page)
    page.text_input(key="workshop.items.id").input("ka-first-01").run()
    page.button(key="workshop.empty").click().run()

    assert not page.exception
    assert "Put this into the text" in [each.label for each in page.button]
