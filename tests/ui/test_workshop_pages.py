"""The workshop's page: what it shows of a text as it stands, the form, saving, and whole items."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.services.desk import NEW, SLUG, drafted, on_disk
from tests.services.reviewers import BANK, ITEM, OLD, on_own_content
from tests.ui.conftest import _script, said
from training.content.banks import load_bank
from training.core.items import BY_TYPE
from training.core.permission import Actor
from training.services.app import App
from training.ui.desk import KEY, Desk

Open = Callable[..., AppTest]


@pytest.fixture
def own(app: App, tmp_path: Path) -> App:
    return on_own_content(app, tmp_path)


@pytest.fixture
def opened(own: App, sign_in: Callable[[Actor], None], cast: Cast) -> Open:
    def opened(**query: str) -> AppTest:
        sign_in(cast.ida)
        page = AppTest.from_function(_script, args=(own, "workshop"), default_timeout=60)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return opened


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
    page = AppTest.from_function(_script, args=(own, "workshop"), default_timeout=30).run()

    assert "may not edit banks" in page.warning[0].value


def test_the_banks_are_offered(own: App, opened: Open):
    page = opened()

    assert not page.exception
    labels = [each.proto.label for each in page.get("page_link")]
    assert {bank.title for bank in own.library.banks.values()} <= set(labels)


def test_the_item_is_shown_as_a_learner_meets_it_before_it_is_saved(own: App, opened: Open):
    page = opened(bank=SLUG, item=ITEM)
    assert not page.exception
    assert desk(page).shown.startswith(f"  - id: {ITEM}\n")
    assert OLD in said(page)

    write(page, desk(page).shown.replace(OLD, NEW))

    assert not page.exception
    assert NEW in said(page)
    assert "Changed, not saved" in said(page)
    assert NEW not in on_disk(own)


def test_the_last_good_preview_stays_while_the_text_is_broken(own: App, opened: Open):
    page = opened(bank=SLUG, item=ITEM)
    write(page, desk(page).shown.replace(OLD, NEW))

    write(page, desk(page).shown.replace("level: apply", "level: ["))

    assert not page.exception
    assert "This is how the item looked last" in said(page)
    assert NEW in said(page)


def test_what_is_wrong_is_listed_and_hinders_saving(own: App, opened: Open):
    page = opened(bank=SLUG, item=ITEM)
    before = on_disk(own)
    write(page, desk(page).shown.replace("level: apply", "level: aply"))
    assert "would hinder saving" in said(page)

    page.text_input(key="workshop.reason").input("A typo.").run()
    page.button(key="workshop.save").click().run()

    assert "This would bring an error" in said(page)
    assert on_disk(own) == before


def test_what_was_approved_is_put_into_review_with_one_click_and_saved(own: App, opened: Open):
    page = opened(bank=SLUG)
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


def test_a_newer_version_is_shown_and_merged(own: App, opened: Open):
    page = opened(bank=SLUG)
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


def field(page: AppTest, label: str):
    return next(each for each in [*page.text_area, *page.selectbox, *page.text_input] if each.label == label)


def test_the_form_changes_the_same_text_and_nothing_around_it(own: App, opened: Open):
    page = opened(bank=SLUG, item=ITEM, show="form")
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
def test_the_form_of_every_type_changes_nothing_unless_something_is_changed(own: App, opened: Open, kind: str):
    bank, item = next((b, i) for b in own.library.banks.values() for i in b.items if i.type == kind)
    page = opened(bank=bank.slug, item=item.id, show="form")
    before = page.session_state[KEY][bank.slug].text

    next(each for each in page.button if each.label == "Put this into the text").click().run()

    assert not page.exception
    assert "Nothing in the form is other" in said(page)
    assert page.session_state[KEY][bank.slug].text == before


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
def test_the_form_of_every_type_writes_what_was_filled_in_and_leaves_the_rest(own: App, opened: Open, kind: str):
    bank, item = next((b, i) for b in own.library.banks.values() for i in b.items if i.type == kind)
    page = opened(bank=bank.slug, item=item.id, show="form")
    before = page.session_state[KEY][bank.slug].text
    for label, value in FILLED[kind]:
        field(page, label).set_value(value)

    next(each for each in page.button if each.label == "Put this into the text").click().run()

    assert not page.exception
    after = page.session_state[KEY][bank.slug].text
    read, problems = load_bank("b.yaml", after)
    assert problems == []
    others = {each.id: each for each in read.items if each.id != item.id}
    assert others == {each.id: each for each in bank.items if each.id != item.id}
    reopened = opened(bank=bank.slug, item=item.id, show="form")
    assert reopened.session_state[KEY][bank.slug].text == before
    for _, value in FILLED[kind]:
        for line in value.splitlines():
            assert line in " ".join(after.split())


def test_a_new_item_starts_from_an_example(own: App, opened: Open):
    page = opened(bank=SLUG)
    page.text_input(key="workshop.items.id").input("sa-new-01").run()
    page.selectbox(key="workshop.items.type").select("numeric").run()
    page.button(key="workshop.new").click().run()

    assert not page.exception
    assert desk(page).item == "sa-new-01"
    assert "sa-new-01" in said(page)


@pytest.mark.parametrize("part", ["coverage", "statistics", "bots", "form", ""])
def test_every_part_below_is_drawn(own: App, opened: Open, part: str):
    page = opened(bank=SLUG, item=ITEM, show=part)

    assert not page.exception


@pytest.mark.parametrize("query", [{"bank": "../secrets"}, {"bank": "references"}, {"bank": SLUG, "item": "nothing"}])
def test_a_nonsense_address_opens_nothing_else(own: App, opened: Open, query: dict[str, str]):
    page = opened(**query)

    assert not page.exception
