"""The pages for instructors and coordinators: what stands there for whom, and filters that stay in the address."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import SAMPLE, Cast
from tests.services.classes import EXAM, PRACTICE, found, sit, spring_class
from tests.ui.conftest import OpenPage, said
from training.content.live import LiveLibrary
from training.core.key import correct_value
from training.services.app import App
from training.store.tables import attempts, results


def links(page: AppTest) -> list[str]:
    return [each.proto.label for each in page.get("page_link")]


def asked(page: AppTest, name: str) -> str:
    """What the address says; AppTest gives a list or a text, as it was set from outside or by the page."""
    value = page.query_params.get(name, "")
    return value if isinstance(value, str) else value[-1]


def item_of(app: App, kind: str) -> str:
    return next(item.id for item in app.library.items() if item.type == kind and item.drawable)


@pytest.fixture
def stored(app: App, cast: Cast):
    """Count what is in the database, so that a page can be seen to have stored nothing."""

    def count() -> int:
        return app.database.read(lambda tx: sum(len(tx.execute(each.select()).all()) for each in (attempts, results)))

    return count


@pytest.mark.parametrize("who", ["ann", "cy", "ada"])
@pytest.mark.parametrize("url", ["banks", "preview-item"])
def test_banks_are_for_instructors(open_page: OpenPage, app: App, cast: Cast, who: str, url: str):
    page = open_page(getattr(cast, who), url, item=item_of(app, "single_best"))

    assert not page.exception
    assert "may not see banks" in page.warning[0].value
    assert not page.radio


@pytest.mark.parametrize("who", ["ann", "ida", "ada"])
def test_scores_are_for_coordinators(open_page: OpenPage, app: App, cast: Cast, who: str):
    spring_class(app)

    page = open_page(getattr(cast, who), "cohort-scores")

    assert not page.exception
    assert "may not see the scores" in page.warning[0].value
    assert "Learner" not in said(page)


@pytest.mark.parametrize("url", ["banks", "preview-item", "cohort-scores"])
def test_a_visitor_is_asked_to_sign_in(open_page: OpenPage, cast: Cast, url: str):
    page = open_page(cast.zed, url)

    assert not page.exception
    assert "Sign in" in said(page)


def test_banks_are_listed_with_their_counts_and_files(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ida, "banks")

    assert not page.exception
    assert [each.value for each in page.header] == sorted(bank.title for bank in app.library.banks.values())
    for bank in app.library.banks.values():
        assert f"{len(bank.items)} items" in said(page)
        assert f"`{bank.file}`" in said(page)


def test_filters_stand_in_the_address_and_come_back_from_it(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ida, "banks", show="items", bank="sample-twitch")
    whole = len(app.library.banks["sample-twitch"].items)
    assert f"{whole} items, filtered by {app.library.banks['sample-twitch'].title}" in said(page)

    page.selectbox(key="filter-level").select("recall").run()

    recall = sum(1 for item in app.library.banks["sample-twitch"].items if item.level == "recall")
    assert asked(page, "level") == "recall"
    assert f"{recall} items, filtered by" in said(page)

    page.selectbox(key="filter-level").select("").run()

    assert not asked(page, "level")
    assert f"{whole} items" in said(page)


def test_the_search_finds_and_says_where_nothing_is_found(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ida, "banks", show="items")

    page.text_input(key="filter-text").input("zzzz").run()

    assert asked(page, "text") == "zzzz"
    assert "No item is like this" in said(page)
    assert "Clear the filters" in links(page)


@pytest.mark.parametrize("number", ["-3", "x", "9" * 5000])
def test_a_nonsense_address_shows_everything(open_page: OpenPage, app: App, cast: Cast, number: str):
    page = open_page(cast.ida, "banks", show="items", level="nonsense", page=number)

    assert not page.exception
    assert f"{sum(1 for _ in app.library.items())} items" in said(page)


def test_coverage_names_the_gaps(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ida, "banks", show="coverage")
    drawable = {item.objective for item in app.library.items() if item.drawable}
    gaps = [each for each in app.library.objectives() if each.id not in drawable]

    assert not page.exception
    total = sum(1 for _ in app.library.objectives())
    assert f"{total - len(gaps)} of {total} objectives have approved items" in said(page)
    assert all(f"**{each.id}**" in said(page) for each in gaps)
    assert page.get("plotly_chart")[0].proto.alt.startswith(f"Matrix of {total} objectives")


def test_an_instructor_sees_a_broken_edit_with_line_code_and_manual(
    app: App, cast: Cast, open_page: OpenPage, tmp_path: Path
):
    root = tmp_path / "content"
    shutil.copytree(SAMPLE, root)
    file = root / "question_banks" / "sample-safety.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("level: apply", "level: aply", 1), "utf-8")
    line = text[: text.index("level: apply")].count("\n") + 1
    broken = replace(app, settings=replace(app.settings, content_dir=root), content=LiveLibrary(root, None))

    page = open_page(cast.ida, "banks", other=broken, show="problems")

    assert "1 error" in said(page)
    assert f"line {line}, column" in said(page)
    code = page.selectbox(key="filter-code").options[1]
    page.selectbox(key="filter-code").select(code).run()
    assert not page.exception
    assert asked(page, "code") == code
    assert f"**{code}: " in said(page)
    assert "```text" in said(page)


def test_nothing_wrong_says_so(open_page: OpenPage, cast: Cast):
    assert "Nothing is wrong" in said(open_page(cast.ida, "banks", show="problems"))


@pytest.mark.parametrize("kind", ["single_best", "multiple_response", "true_false", "numeric"])
def test_every_kind_of_item_is_previewed_before_and_after_and_nothing_is_kept(
    open_page: OpenPage, app: App, cast: Cast, stored, kind: str
):
    item = app.library.item(item_of(app, kind))

    before = open_page(cast.ida, "preview-item", item=item.id)
    after = open_page(cast.ida, "preview-item", item=item.id, seen="after")

    for page in (before, after):
        assert not page.exception
        assert page.title[0].value.startswith(item.id)
        assert "References" in said(page)
        assert "Objective" in said(page)
    assert "this is how the right answer looks" in said(after)
    assert "**Correct**" in said(after)
    assert "**Correct**" not in said(before)
    assert stored() == 0


def test_an_answer_tried_out_is_marked_as_a_learners_would_be(open_page: OpenPage, app: App, cast: Cast, stored):
    item = app.library.item(item_of(app, "single_best"))
    key = correct_value(item.question(seed=0).key)
    wrong = next(name for name in item.option_ids if name != key)
    page = open_page(cast.ida, "preview-item", item=item.id)

    page.radio(key=f"preview-{item.id}").set_value(wrong).run()
    page.radio(key="filter-seen").set_value("after").run()

    assert "Not correct" in said(page)
    assert "(your answer)" in said(page)
    assert [each.key for each in page.radio] == ["filter-seen"], "as in the sitting, what is told takes its place"
    assert stored() == 0


def test_a_preview_leads_to_its_neighbours_in_the_filtered_list(open_page: OpenPage, app: App, cast: Cast):
    first = app.library.banks["sample-twitch"].items[0]

    page = open_page(cast.ida, "preview-item", item=first.id, bank="sample-twitch")

    assert "Next" in links(page)
    assert "Previous" not in links(page)
    assert f"1 of {len(app.library.banks['sample-twitch'].items)}" in said(page)


def test_options_can_be_shuffled_and_put_back(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ida, "preview-item", item=item_of(app, "single_best"), order="9" * 5000)
    next(each for each in page.button if each.label == "Shuffle the options").click().run()
    assert asked(page, "order") != "9" * 5000
    next(each for each in page.button if each.label == "In the author's order").click().run()

    assert not asked(page, "order")


@pytest.mark.parametrize(
    ("query", "words"), [({}, "names no item"), ({"item": "no-such-item"}, "no item 'no-such-item'")]
)
def test_a_preview_of_nothing_leads_on(open_page: OpenPage, cast: Cast, query: dict, words: str):
    page = open_page(cast.ida, "preview-item", **query)

    assert not page.exception
    assert words in said(page)


def test_scores_without_any_result_say_what_to_do(open_page: OpenPage, cast: Cast):
    page = open_page(cast.cy, "cohort-scores")

    assert not page.exception
    assert "No result is like this" in said(page)
    assert "Show everything" in links(page)


def test_a_coordinator_sees_the_group_its_charts_and_every_result(open_page: OpenPage, app: App, cast: Cast):
    spring_class(app)

    page = open_page(cast.cy, "cohort-scores")

    assert not page.exception
    assert [(each.label, each.value) for each in page.metric] == [
        ("Learners", "6"), ("Results", "6"), ("Mean score", "65 %"), ("Passed", "33 %"),
    ]  # fmt: skip
    assert "2 of 6 learners" in said(page)
    alts = [chart.proto.alt for chart in page.get("plotly_chart")]
    assert [alt.split(" ")[0] for alt in alts] == ["Bar", "Line", "Bar"]
    assert list(page.dataframe[0].value["Learner"]) == [f"Learner {letter}" for letter in "FEDCBA"]
    assert page.dataframe[0].value["Score"].dtype.kind == "f"


def test_a_small_group_is_not_summed_up_but_its_results_are_listed(open_page: OpenPage, app: App, cast: Cast):
    spring_class(app, size=4)

    page = open_page(cast.cy, "cohort-scores")

    assert "from 5 learners up" in said(page)
    assert [each.label for each in page.metric] == ["Learners", "Results"]
    assert not page.get("plotly_chart")
    assert len(page.dataframe[0].value) == 4


def test_exams_are_shown_first_and_practice_on_request(open_page: OpenPage, app: App, cast: Cast):
    sit(app, cast.ann, EXAM, right=5)
    sit(app, cast.bo, PRACTICE, right=2)
    page = open_page(cast.cy, "cohort-scores")
    assert list(page.dataframe[0].value["Learner"]) == ["Ann"]

    page.radio(key="filter-mode").set_value("practice").run()

    assert asked(page, "mode") == "practice"
    assert list(page.dataframe[0].value["Learner"]) == ["Bo"]
    assert page.selectbox(key="filter-quiz").options == ["Every quiz", "Practice sample", "Samples of every kind"]


def test_a_bookmarked_filter_shows_the_same_and_exports_the_same(open_page: OpenPage, app: App, cast: Cast):
    spring_class(app)
    found(app, "autumn", "Autumn")
    query = {"cohort": "spring", "quiz": EXAM, "period": "days", "from": "2026-03-02", "to": "2026-03-02"}

    page = open_page(cast.cy, "cohort-scores", **query)

    assert not page.exception
    assert len(page.dataframe[0].value) == 6
    exported = [each.proto.url for each in page.get("link_button")]
    wanted = f"cohort=spring&quiz={EXAM}&mode=exam&from=2026-03-02&to=2026-03-02&offset=0"
    assert exported == [f"/exports/scores.csv?{wanted}", f"/exports/scores.xlsx?{wanted}"]


@pytest.mark.parametrize("day", [{"from": "last week"}, {"to": "9999-12-31"}, {"from": "0001-01-01"}])
def test_a_day_that_is_none_is_said_to_be_left_open(open_page: OpenPage, app: App, cast: Cast, day: dict[str, str]):
    spring_class(app)

    page = open_page(cast.cy, "cohort-scores", period="days", **day)

    assert not page.exception
    assert "Write the day as 2026-03-31 (years 1970 to 2200)" in said(page)
    assert len(page.dataframe[0].value) == 6


def test_a_result_of_a_name_with_markup_is_shown_as_it_is(open_page: OpenPage, app: App, cast: Cast):
    app.database.write(lambda tx: tx.exec_driver_sql("UPDATE people SET name = '<b>*Ann*</b>' WHERE id = 'ann'"))
    sit(app, cast.ann, EXAM, right=5)

    page = open_page(cast.cy, "cohort-scores")

    assert list(page.dataframe[0].value["Learner"]) == ["<b>*Ann*</b>"]
