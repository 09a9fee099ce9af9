"""The form of the workshop: it writes what was filled in, moves and adds entries, and leaves the rest of the text."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.services.desk import NEW, SLUG, on_disk
from tests.services.reviewers import ITEM, OLD
from tests.ui.conftest import OpenPage, said
from training.content.banks import load_bank
from training.core.items import BY_TYPE
from training.core.items.case import Case
from training.core.items.single_best import SingleBest
from training.core.items.unfinished import unfinished
from training.services import taking
from training.services.app import App
from training.ui.desk import KEY, Desk


def desk(page: AppTest) -> Desk:
    return page.session_state[KEY][SLUG]  # type: ignore[no-any-return] # what the page keeps there


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def field(page: AppTest, label: str):
    return next(each for each in [*page.text_area, *page.selectbox, *page.text_input] if each.label == label)


def test_the_form_changes_the_same_text_and_nothing_around_it(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG, item=ITEM, show="form")
    before = desk(page).text

    stem = field(page, "Stem")
    stem.set_value(stem.value.replace(OLD, NEW))
    field(page, "Level").set_value("recall")
    next(each for each in page.button if each.label == "Put this into the text").click().run()

    assert not page.exception
    head, found, rest = before.partition(f"- id: {ITEM}\n")
    expected = head + found + rest.replace("level: apply", "level: recall", 1).replace(OLD, NEW)
    assert desk(page).text == expected
    assert on_disk(own) == before


@pytest.mark.parametrize("kind", BY_TYPE)
def test_the_form_of_every_type_changes_nothing_unless_something_is_changed(own: App, workshop: OpenPage, kind: str):
    bank, item = next((b, i) for b in own.library.banks.values() for i in b.items if i.type == kind)
    page = workshop(bank=bank.slug, item=item.id, show="form")
    before = page.session_state[KEY][bank.slug].text

    next(each for each in page.button if each.label == "Put this into the text").click().run()

    assert not page.exception
    assert "Nothing in the form is other" in said(page)
    assert page.session_state[KEY][bank.slug].text == before


ADDED = {"numeric": "Add a known mistake", "cloze": "Gap 1: add an option"}
"""What is pressed first, where an entry is new."""
FILLED: dict[str, tuple[tuple[str, str], ...]] = {
    "single_best": (("Option b: Why", "Unsafe. That is an assault."),),
    "multiple_response": (("How many to choose (empty: all that apply)", "2"), ("Option a: Why", "It is named.")),
    "true_false": (("What to say of True", "Unsafe. It is single use."),),
    "numeric": (("Tolerance", "0.25"), ("Known mistake 2: Answer", "77"), ("Known mistake 2: Why", "Twice as much.")),
    "short_text": (("Accepted answers, one a line", "taut band\ntight band\ntaut strand"),),
    "matching": (("Row 2: Why", "It is silent until somebody presses."),),
    "ordering": (("Step 1: Why", "Who must not be needled is not asked."),),
    "extended_matching": (("Theme", "What went wrong"), ("Patient 1: Why", "Until shown otherwise.")),
    "cloze": (("Gap 2, option b: Why", "Unsafe. That is an assault."), ("Gap 1, option c: Text", "after it only"),
              ("Gap 1, option c: Why", "That is too late.")),
    "hotspot": (("Place a: Text", "Place 1, above the muscle"), ("Width that places are measured in", "641")),
    "script_concordance": (("Answer 1: Votes of the panel", "1"), ("… and then you find …", "she coughs")),
    "parameterised": (("Value 1: To", "425"), ("Derived value 1: Formula", "retained / reports * 1")),
    "case": (("Part 1, option b: Why", "That can wait."), ("Part 2: Stem", "She should be seen today."),
             ("Part 2: What it tells before it asks", "She is short of breath.")),
}  # fmt: skip


@pytest.mark.parametrize("kind", BY_TYPE)
def test_the_form_of_every_type_writes_what_was_filled_in_and_leaves_the_rest(own: App, workshop: OpenPage, kind: str):
    bank, item = next((b, i) for b in own.library.banks.values() for i in b.items if i.type == kind)
    page = workshop(bank=bank.slug, item=item.id, show="form")
    before = page.session_state[KEY][bank.slug].text
    if kind in ADDED:
        press(page, ADDED[kind])
    for label, value in FILLED[kind]:
        field(page, label).set_value(value)

    next(each for each in page.button if each.label == "Put this into the text").click().run()

    assert not page.exception
    after = page.session_state[KEY][bank.slug].text
    read, problems = load_bank("b.yaml", after)
    assert problems == []
    others = {each.id: each for each in read.items if each.id != item.id}
    assert others == {each.id: each for each in bank.items if each.id != item.id}
    reopened = workshop(bank=bank.slug, item=item.id, show="form")
    assert reopened.session_state[KEY][bank.slug].text == before
    for _, value in FILLED[kind]:
        for line in value.splitlines():
            assert line in " ".join(after.split())


CASE = ("samples-of-every-kind", "kind-breathless-runner")


def parts(page: AppTest) -> list[str]:
    slug, name = CASE
    bank, _ = load_bank("b.yaml", page.session_state[KEY][slug].text)
    case = next(each for each in bank.items if each.id == name)
    assert isinstance(case, Case)
    return [part.stem for part in case.parts]


def test_the_parts_of_a_case_are_moved_added_and_taken_out_and_nothing_typed_is_lost(own: App, workshop: OpenPage):
    slug, name = CASE
    page = workshop(bank=slug, item=name, show="form")
    second = parts(page)[1]

    field(page, "Part 1: Stem").set_value("What do you ask her first?")
    press(page, "Move Part 1 down")
    assert not page.exception
    assert parts(page) == [second, "What do you ask her first?"]

    field(page, "Type of a new part").set_value("numeric")
    press(page, "Add this part")
    assert parts(page)[2] == "To be written."
    assert field(page, "Part 3: Stem").value == ""
    field(page, "Part 3: Stem").set_value("How many ribs?")
    field(page, "Part 3: Answer").set_value("24")
    press(page, "Take Part 1 out")

    assert not page.exception
    assert parts(page) == ["What do you ask her first?", "How many ribs?"]
    assert page.session_state[KEY][slug].opened.text.count(second) == 1


def test_an_item_that_nobody_met_gets_another_id_and_one_in_use_keeps_its_own(own: App, workshop: OpenPage, cast: Cast):
    page = workshop(bank=SLUG, item=ITEM, show="form")
    field(page, "Id").set_value("Not an id")
    press(page, "Put this into the text")
    assert "small letters" in said(page)

    field(page, "Id").set_value("sa-consent-withdrawn")
    field(page, "Level").set_value("recall")
    press(page, "Put this into the text")
    assert not page.exception
    assert desk(page).item == "sa-consent-withdrawn"
    assert "- id: sa-consent-withdrawn\n" in desk(page).text
    assert ITEM not in desk(page).text

    attempt = taking.start(own, cast.ann, "practice-sample", request="r")
    met = taking.look(own, cast.ann, attempt).form.slots[0].question.item_id
    slug = next(bank.slug for bank in own.library.banks.values() if any(item.id == met for item in bank.items))
    assert field(workshop(bank=slug, item=met, show="form"), "Id").disabled


def test_an_empty_item_is_written_by_the_form_alone(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG)
    page.text_input(key="workshop.items.id").input("sa-new-01").run()
    page.selectbox(key="workshop.items.type").select("single_best").run()
    page.button(key="workshop.empty").click().run()
    page.query_params["show"] = "form"
    page.run()

    field(page, "Stem").set_value("A patient says stop. What now?")
    field(page, "Objective").set_value("1.3")
    next(each for each in page.multiselect if each.label == "References").set_value(["alberta-hqca-2014"])
    for letter, text in zip("abc", ("Stop", "Go on", "Ask why"), strict=True):
        field(page, f"Option {letter}: Text").set_value(text)
        field(page, f"Option {letter}: Why").set_value(f"Because of {letter}.")
    press(page, "Put this into the text")

    assert not page.exception
    item = load_bank("b.yaml", desk(page).text)[0].items[-1]
    assert list(unfinished(item)) == []
    assert isinstance(item, SingleBest)
    assert (item.options[0].text, item.options[2].why) == ("Stop", "Because of c.")


def test_another_type_is_taken_only_after_what_is_lost_was_told_and_nothing_is_saved(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG, item=ITEM, show="form")
    before, stored = desk(page).text, on_disk(own)
    field(page, "Stem").set_value("A patient says stop. What comes first?")
    field(page, "Make it").set_value("true_false")
    press(page, "Show what would change")

    assert not page.exception
    assert "would be lost" in said(page)
    assert desk(page).text != before  # what was typed is in the text, and the type is as it was

    press(page, "Change the type")
    assert not page.exception
    changed = next(each for each in load_bank("b.yaml", desk(page).text)[0].items if each.id == ITEM)
    assert (changed.type, changed.stem) == ("true_false", "A patient says stop. What comes first?")
    assert on_disk(own) == stored


def test_a_type_that_was_looked_at_can_be_left(own: App, workshop: OpenPage):
    page = workshop(bank=SLUG, item=ITEM, show="form")
    before = desk(page).text
    field(page, "Make it").set_value("multiple_response")
    press(page, "Show what would change")
    assert "Nothing of what is written would be lost" in said(page)

    press(page, "Leave it as it is")
    assert not [each for each in page.button if each.label == "Change the type"]
    assert desk(page).text == before
