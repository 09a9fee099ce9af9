"""The pages of item statistics and test reports: what stands there for whom, and that figures of few are kept back."""

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.conftest import Cast
from tests.services.classes import EXAM, PRACTICE, enrol, sit, spring_class
from tests.services.compared import keep_compared
from tests.services.rekeyed import store
from tests.ui.conftest import OpenPage, said
from training.core.attempt import answer, begin, submit
from training.core.blueprint import Mode
from training.core.certainty import Certainty
from training.core.form import assemble
from training.core.key import correct_value
from training.services import analysing, drawing, taking
from training.services.app import App


@pytest.mark.parametrize("who", ["ann", "cy", "ada"])
@pytest.mark.parametrize("url", ["item-statistics", "item-plots"])
def test_item_statistics_are_for_instructors(open_page: OpenPage, app: App, cast: Cast, who: str, url: str):
    spring_class(app)
    page = open_page(getattr(cast, who), url, item="any")

    assert not page.exception
    assert "may not" in page.warning[0].value
    assert not page.get("plotly_chart")


@pytest.mark.parametrize("who", ["ann", "ida", "ada"])
def test_reports_are_for_coordinators(open_page: OpenPage, app: App, cast: Cast, who: str):
    spring_class(app)
    page = open_page(getattr(cast, who), "test-report")

    assert not page.exception
    assert "may not see the scores" in page.warning[0].value
    assert not page.get("plotly_chart")


@pytest.mark.parametrize(("who", "url"), [("ida", "item-statistics"), ("cy", "test-report")])
def test_before_the_first_hand_in_the_pages_say_so(open_page: OpenPage, cast: Cast, who: str, url: str):
    page = open_page(getattr(cast, who), url)

    assert not page.exception
    assert "Nobody has handed in a quiz yet" in said(page)


def test_a_report_of_four_learners_says_only_how_many(open_page: OpenPage, app: App, cast: Cast):
    spring_class(app, size=4)
    page = open_page(cast.cy, "test-report")

    assert not page.exception
    assert "4 learners handed this in" in said(page)
    assert not page.get("plotly_chart")
    assert "Mean" not in said(page)


def many(app: App, size: int) -> None:
    for number in range(size):
        sit(app, enrol(app, f"Learner {number}"), EXAM, right=2 + number % 8)
        app.now.advance(minutes=60)  # type: ignore[attr-defined]


def test_a_report_tells_what_the_scores_are_worth_without_naming_anyone(open_page: OpenPage, app: App, cast: Cast):
    many(app, 24)
    page = open_page(cast.cy, "test-report")

    assert not page.exception
    for words in ("Alpha", "Dependability", "Decided alike", "Standard error", "all 24 attempts handed in are counted"):
        assert words in said(page)
    assert "Learner 1" not in said(page)
    assert len(page.get("plotly_chart")) == 1
    assert "No model yet" in said(page)


def test_a_report_shows_unfair_items_pairs_and_the_link_each_with_its_table(open_page: OpenPage, app: App, cast: Cast):
    many(app, 24)
    keep_compared(app, EXAM)
    page = open_page(cast.cy, "test-report")

    assert not page.exception
    assert len(page.get("plotly_chart")) == 6
    assert [each.proto.label for each in page.get("download_button")] == ["CSV"] * 6
    for words in (
        "Cohort evening (1000) against Cohort day (1000)", "1 item of 30 is unfair by a large amount: q5",
        "first q0 with q1", "abler than those", "q12 became 1.5 harder and is left out",
    ):  # fmt: skip
        assert words in said(page), words


def test_a_report_says_how_to_compare_what_was_not_compared(open_page: OpenPage, app: App, cast: Cast):
    many(app, 24)
    keep_compared(app, EXAM, beyond=frozenset())
    page = open_page(cast.cy, "test-report")

    assert not page.exception
    assert "--group cohort` does it" in said(page)
    assert "Pairs of items were not looked at" in said(page)
    assert "--link latest` makes one" in said(page)


def test_items_stand_in_the_order_of_their_trouble_and_lead_to_their_plots(open_page: OpenPage, app: App, cast: Cast):
    many(app, 24)
    page = open_page(cast.ida, "item-statistics")

    assert not page.exception
    first = analysing.items(app, cast.ida, EXAM).items[0]
    links = [each.proto.label for each in page.get("page_link") if ": " in each.proto.label]
    assert links[0].startswith(first.item_id)
    assert [each.proto.label for each in page.get("download_button")] == ["CSV"]  # nothing had the answers for a chart

    page = open_page(cast.ida, "item-plots", item=first.item_id)

    assert not page.exception
    assert first.stem[:20] in said(page)
    assert "Learner 1" not in said(page)
    assert page.get("plotly_chart")


def test_items_are_told_of_one_cohort_or_of_some_days_alone(open_page: OpenPage, app: App, cast: Cast):
    spring_class(app, size=6)
    app.now.advance(minutes=60 * 24 * 40)  # type: ignore[attr-defined]
    many(app, 12)
    assert "all 18 attempts" in said(open_page(cast.ida, "item-statistics"))

    spring = open_page(cast.ida, "item-statistics", cohort="spring")
    lately = open_page(cast.ida, "item-statistics", days="30")
    nobody = open_page(cast.ida, "item-statistics", cohort="spring", days="30")

    assert not spring.exception
    assert "from the answers of 6 attempts" in said(spring)
    assert "from the answers of 12 attempts" in said(lately)
    assert "within what was asked for" in said(nobody) + " ".join(each.value for each in nobody.warning)
    assert [each.label for each in nobody.selectbox] == ["Quiz", "Answers of", "Handed in"]


def test_of_few_answers_an_item_shows_counts_only(open_page: OpenPage, app: App, cast: Cast):
    spring_class(app, size=3)
    first = analysing.items(app, cast.ida, EXAM).items[0]
    page = open_page(cast.ida, "item-plots", item=first.item_id)

    assert not page.exception
    assert "too few to judge" in said(page)
    assert not page.get("plotly_chart")


def test_an_item_page_shows_the_author_what_was_nearly_right(open_page: OpenPage, app: App, cast: Cast):
    for number in range(5):
        learner = enrol(app, f"Typist {number}")
        attempt = taking.look(app, learner, taking.start(app, learner, "kinds-sample", request=app.new_id()))
        slot, question = next(
            (place, each.question)
            for place, each in enumerate(attempt.form.slots)
            if each.question.interaction.kind == "enter_text"
        )
        taking.save_answer(app, learner, attempt.id, slot, "taut bamd", seen=0)
        taking.hand_in(app, learner, attempt.id)

    page = open_page(cast.ida, "item-plots", item=question.item_id, mode="practice")

    assert not page.exception
    assert "Near misses" in said(page)
    assert "| taut bamd | taut band | 5 |" in said(page)


def test_a_learner_never_waits_for_scipy():
    code = "import sys, training.ui.navigation; sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_instructors_see_certainty_held_against_correctness(open_page: OpenPage, app: App, cast: Cast):
    for number in range(6):
        who = enrol(app, f"Learner {number}")
        attempt = taking.look(app, who, taking.start(app, who, "kinds-sample", request=app.new_id()))
        for slot, each in enumerate(attempt.form.slots):
            value = correct_value(each.question.key)
            taking.save_answer(app, who, attempt.id, slot, value, seen=0)
            taking.rate(app, who, attempt.id, slot, Certainty.HIGH)
        taking.hand_in(app, who, attempt.id)

    whole = open_page(cast.ida, "item-statistics", quiz="kinds-sample:practice")
    met = analysing.items(app, cast.ida, "kinds-sample", Mode.PRACTICE).items
    item = open_page(cast.ida, "item-plots", item=max(met, key=lambda each: each.n).item_id, mode="practice")

    for page in (whole, item):
        assert not page.exception
        assert "Of the very sure 100 % were right, as they should be." in said(page)
    assert "| Very sure | 60 | 100 % | above 80 % |" in said(whole)


def test_a_report_on_a_class_of_which_all_were_right_has_no_number_that_is_none(
    open_page: OpenPage, app: App, cast: Cast
):
    for number in range(24):
        sit(app, enrol(app, f"Learner {number}"), EXAM, right=10)
    report, items = open_page(cast.cy, "test-report"), open_page(cast.ida, "item-statistics")

    for page in (report, items):
        assert not page.exception
        assert "nan" not in said(page).lower().replace("dominan", "")
        assert "inf" not in said(page).lower().split()
    assert "0 attempts lie within five points of the cut" in said(report)
    assert "How hard, and how telling" not in said(items)


def test_one_attempt_and_practice_alone_are_told_as_what_they_are(open_page: OpenPage, app: App, cast: Cast):
    sit(app, enrol(app, "Learner 0"), PRACTICE, right=3)
    report, items = open_page(cast.cy, "test-report"), open_page(cast.ida, "item-statistics")

    assert not report.exception
    assert not items.exception
    assert "1 learner handed this in" in said(report)
    assert "(practice), 1 attempt" in report.selectbox[0].options[0]
    assert "too few to judge" in said(items)
    assert not items.get("plotly_chart")


def test_a_report_says_that_a_model_needs_more_answers_before_it_names_a_command(
    open_page: OpenPage, app: App, cast: Cast
):
    many(app, 24)
    page = open_page(cast.cy, "test-report")

    assert "No model yet: it takes 50 answers to an item, and the one answered most has " in said(page)
    assert "training analyse" not in said(page)


def test_a_quiz_of_one_question_is_reported_without_a_number_that_is_none(open_page: OpenPage, app: App, cast: Cast):
    sat = []
    for number in range(24):
        who = enrol(app, f"Learner {number}")
        form = assemble(drawing.pool_of(app, EXAM), seed=1)
        attempt = begin(f"one-{number}", learner=who.id, form=replace(form, slots=form.slots[:1]), now=app.now())
        if number % 3:
            attempt = answer(attempt, 0, correct_value(form.slots[0].question.key), seen=0, now=app.now())
        sat.append(submit(attempt, now=app.now()))
    store(app, sat)
    item = sat[0].form.slots[0].question.item_id
    pages = [
        open_page(cast.cy, "test-report"), open_page(cast.ida, "item-statistics"),
        open_page(cast.ida, "item-plots", item=item), open_page(cast.cy, "cohort-scores"),
    ]  # fmt: skip

    for page in pages:
        assert not page.exception
        assert " nan" not in said(page).lower()
    assert "24" in said(pages[0])
    assert "by 24 learners" in said(pages[0])
    assert "24 answers" in said(pages[1])
