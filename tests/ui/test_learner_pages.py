"""Every page of the learner's, as a person with each role meets it."""

import pytest

from tests.conftest import CAST, Cast, Clock
from tests.ui.conftest import OpenPage, said
from training.core.key import correct_value
from training.core.permission import Action
from training.services import learning, reviewing, taking
from training.services.app import App
from training.ui.navigation import PAGES, pages_for

MODULE, EXAM, PRACTICE = "consent-and-stopping", "exam-sample", "practice-sample"
EVERYONE = ("ann", "ida", "cy", "ada")


def finish(app: App, cast: Cast, slug: str, *, right: int) -> str:
    attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, slug, request=app.new_id()))
    for number in range(right):
        value = correct_value(attempt.form.slots[number].question.key)
        taking.save_answer(app, cast.ann, attempt.id, number, value, seen=0)
    taking.hand_in(app, cast.ann, attempt.id)
    return attempt.id


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize(
    ("url", "query", "title"),
    [
        ("home", {}, "Welcome"),
        ("modules", {}, "Modules"),
        ("module", {"module": MODULE, "section": "one-use"}, "One needle, one use"),
        ("quizzes", {}, "Quizzes"),
        ("quiz", {"quiz": EXAM}, "Exam sample"),
        ("progress", {}, "My progress"),
    ],
)
def test_everyone_with_an_account_may_learn(
    open_page: OpenPage, cast: Cast, who: str, url: str, query: dict, title: str
):
    page = open_page(getattr(cast, who), url, **query)

    assert not page.exception
    assert page.title[0].value.startswith(title)
    assert len(page.title) == 1


def test_a_visitor_is_asked_to_sign_in_wherever_she_goes(open_page: OpenPage, cast: Cast):
    for url in ("home", "modules", "quizzes", "progress", "sitting", "result"):
        page = open_page(cast.zed, url)

        assert not page.exception
        assert "Sign in" in said(page)


def test_the_menu_holds_what_a_role_may_use():
    def titles(actor: object) -> set[str]:
        return {page.title for page in pages_for(actor)}

    learner = {"Home", "Modules", "Muscle atlas", "Glossary", "Quizzes", "My progress", "My certificates"}
    assert titles(CAST.ann) >= learner
    assert titles(CAST.ann).isdisjoint({"Banks", "Cohort scores", "People", "Certificates", "Dossiers"})
    for who in (CAST.ida, CAST.cy, CAST.ada):
        assert titles(who) > learner
    assert titles(CAST.zed).isdisjoint(learner)


def test_each_address_is_there_once_and_every_group_has_a_right():
    addresses = [page.url for page in PAGES]

    assert len(set(addresses)) == len(addresses)
    assert all(page.public or isinstance(page.action, Action) for page in PAGES)


@pytest.mark.parametrize(
    ("url", "query", "words"),
    [
        ("module", {"module": "no-such-module"}, "no such module"),
        ("module", {"module": MODULE, "section": "no-such-section"}, "no such section"),
        ("quiz", {"quiz": "no-such-quiz"}, "no such quiz"),
        ("sitting", {"attempt": "no-such-attempt"}, "no such attempt"),
        ("sitting", {}, "names no attempt"),
        ("result", {"attempt": "no-such-attempt"}, "no such attempt"),
        ("result", {}, "names no attempt"),
    ],
)
def test_what_is_not_there_says_so_and_leads_on(open_page: OpenPage, cast: Cast, url: str, query: dict, words: str):
    page = open_page(cast.ann, url, **query)

    assert not page.exception
    assert page.title[0].value == "Not found"
    assert words in said(page)


def test_home_leads_to_the_open_attempt_first(open_page: OpenPage, app: App, cast: Cast):
    assert page_step(open_page(cast.ann)) == "Start reading"

    learning.note_reading(app, cast.ann, MODULE, "stopping", finished=True)
    assert page_step(open_page(cast.ann)) == "Read on"

    taking.start(app, cast.ann, EXAM, request="x")
    page = open_page(cast.ann)
    assert page_step(page) == "Resume quiz"
    assert "30 minutes left" in said(page)


def test_home_leads_from_a_read_module_to_its_quiz(open_page: OpenPage, app: App, cast: Cast):
    for section in ("stopping", "one-use"):
        learning.note_reading(app, cast.ann, MODULE, section, finished=True)

    page = open_page(cast.ann)

    assert page_step(page) == "See the rules and start"
    assert "You have read what this quiz asks about" in said(page)


def page_step(page: object) -> str:
    return page.button(key="next-step").label


def test_the_step_on_the_home_page_goes_there(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann).button(key="next-step").click().run()

    assert not page.exception
    assert page.title[0].value == "When the patient says stop"


def test_reading_on_marks_the_section_and_turns_the_page(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "module", module=MODULE)
    assert page.title[0].value == "When the patient says stop"

    page.button(key="done").click().run()

    assert page.title[0].value == "One needle, one use"
    assert learning.open_module(app, cast.ann, MODULE).finished == {"stopping"}
    page.button(key="done").click().run()
    assert learning.open_module(app, cast.ann, MODULE).share == 1
    assert "You have finished this module" in said(page)


def test_a_module_opens_where_she_left(open_page: OpenPage, app: App, cast: Cast, clock: Clock):
    open_page(cast.ann, "module", module=MODULE, section="one-use")
    clock.advance(minutes=1)

    assert open_page(cast.ann, "module", module=MODULE).title[0].value == "One needle, one use"


def test_a_section_shows_figures_numbered_sources_and_key_points_at_the_end(open_page: OpenPage, cast: Cast):
    text = said(open_page(cast.ann, "module", module=MODULE, section="one-use"))

    assert "[@" not in text
    assert "(#references)" in text
    assert "Key points" in text
    assert "**\\[1\\]**" in text


def test_a_check_question_tells_the_reasons_and_keeps_nothing(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "module", module=MODULE, section="stopping")
    question = page.radio[0]
    check = page.button(key=f"{question.key}-check")
    assert check.disabled

    question.set_value(question.options[0]).run()
    page.button(key=f"{question.key}-check").click().run()

    assert any(verdict in said(page) for verdict in ("**Correct**", "**Not correct**"))
    assert "(your answer)" in said(page)
    assert reviewing.progress(app, cast.ann).results == []


def test_the_rules_say_time_tries_what_is_shown_and_what_a_pass_means(open_page: OpenPage, cast: Cast):
    text = said(open_page(cast.ann, "quiz", quiz=EXAM))

    for words in (
        "30 minutes",
        "2 of 2 tries left",
        "10 questions",
        "after you hand in",
        "When time is up",
        "knowledge only",
    ):
        assert words in text


def test_the_start_button_leads_into_the_sitting(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "quiz", quiz=EXAM).button(key="start").click().run()

    assert not page.exception
    offer = taking.rules(app, cast.ann, EXAM)
    assert page.query_params["attempt"] == offer.open_attempt
    assert offer.tries_left == 1


def test_rules_of_an_open_quiz_offer_to_resume(open_page: OpenPage, app: App, cast: Cast):
    attempt_id = taking.start(app, cast.ann, EXAM, request="x")

    page = open_page(cast.ann, "quiz", quiz=EXAM).button(key="resume").click().run()

    assert page.query_params["attempt"] == attempt_id


def test_without_tries_left_there_is_no_start(open_page: OpenPage, app: App, cast: Cast):
    finish(app, cast, EXAM, right=0)
    finish(app, cast, EXAM, right=0)

    page = open_page(cast.ann, "quiz", quiz=EXAM)

    assert "used all 2 tries" in said(page)
    assert "start" not in {button.key for button in page.button}


def test_the_list_of_quizzes_shows_tries_last_and_best(open_page: OpenPage, app: App, cast: Cast):
    assert "Not taken yet" in said(open_page(cast.ann, "quizzes"))

    finish(app, cast, EXAM, right=10)
    finish(app, cast, EXAM, right=3)

    assert "Last score 30 %, best 100 %" in said(open_page(cast.ann, "quizzes"))


def test_a_result_shows_score_interval_verdict_key_reasons_and_sources(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "result", attempt=finish(app, cast, EXAM, right=3))

    text = said(page)
    assert not page.exception
    assert page.title[0].value == "30 % in Exam sample"
    for words in (
        "3 of 10 points",
        "With 10 questions the score is uncertain: about 11\u00a0% to 60\u00a0% (95 % interval).",
        "Not passed yet: the pass mark is 75 %",
        "Right answer",
        "References",
    ):
        assert words in text
    assert text.count("Right answer") == 7


def test_a_result_can_show_all_questions(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "result", attempt=finish(app, cast, EXAM, right=3))

    page.segmented_control(key="shown").set_value("All (10)").run()

    assert said(page).count("Right answer") == 10


def test_the_domain_chart_has_words_and_a_table(open_page: OpenPage, app: App, cast: Cast):
    text = said(open_page(cast.ann, "result", attempt=finish(app, cast, EXAM, right=10)))

    assert "| Domain | Questions | Score | 95 % interval |" in text


def test_a_result_is_not_shown_while_the_attempt_is_open(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.ann, "result", attempt=taking.start(app, cast.ann, EXAM, request="x"))

    assert "not finished yet" in said(page)
    assert "Right answer" not in said(page)


def test_another_learners_result_and_sitting_stay_hers(open_page: OpenPage, app: App, cast: Cast):
    finished = finish(app, cast, EXAM, right=3)
    under_way = taking.start(app, cast.ann, PRACTICE, request="x")

    for who in (cast.bo, cast.ida, cast.cy, cast.ada):
        for url, attempt in (("result", finished), ("sitting", under_way)):
            page = open_page(who, url, attempt=attempt)
            assert "This belongs to someone else." in said(page)
            assert not page.radio


def test_progress_begins_with_what_to_do(open_page: OpenPage, cast: Cast):
    page = open_page(cast.ann, "progress")

    assert "After your first quiz" in said(page)


def test_progress_shows_scores_domains_and_activity(open_page: OpenPage, app: App, cast: Cast, clock: Clock):
    finish(app, cast, EXAM, right=3)
    clock.advance(minutes=60 * 24)
    finish(app, cast, PRACTICE, right=6)

    page = open_page(cast.ann, "progress")

    assert not page.exception
    text = said(page)
    for words in ("Scores over time", "By domain", "Activity", "| Exam sample |", "| Week from |"):
        assert words in text


def test_a_refused_page_has_a_title_and_a_way_on(open_page: OpenPage, cast: Cast):
    for who, url in ((cast.ann, "people"), (cast.ann, "banks"), (cast.ida, "cohort-scores"), (cast.cy, "health")):
        page = open_page(who, url)

        assert [title.value for title in page.title] == ["Not possible"]
        assert "may not" in said(page)
