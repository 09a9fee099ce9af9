"""Stories of reading: where she left, what is finished, and checking oneself."""

import pytest

from tests.conftest import Cast, Clock
from training.core.refusal import NotFound, Refusal
from training.services import learning
from training.services.app import App

MODULE = "consent-and-stopping"


def test_reading_resumes_where_she_left(app: App, cast: Cast, clock: Clock):
    assert learning.open_module(app, cast.ann, MODULE).resume_at == "stopping"

    learning.note_reading(app, cast.ann, MODULE, "one-use", finished=False)

    progress = learning.open_module(app, cast.ann, MODULE)
    assert (progress.resume_at, progress.share) == ("one-use", 0)
    assert learning.open_module(app, cast.bo, MODULE).resume_at == "stopping"


def test_a_finished_section_leads_to_the_next_one(app: App, cast: Cast, clock: Clock):
    learning.note_reading(app, cast.ann, MODULE, "stopping", finished=True)

    progress = learning.open_module(app, cast.ann, MODULE)

    assert (progress.resume_at, progress.share) == ("one-use", 0.5)


def test_opening_a_finished_section_again_does_not_unfinish_it(app: App, cast: Cast, clock: Clock):
    learning.note_reading(app, cast.ann, MODULE, "stopping", finished=True)
    clock.advance(minutes=1)
    learning.note_reading(app, cast.ann, MODULE, "stopping", finished=False)

    assert learning.open_module(app, cast.ann, MODULE).finished == {"stopping"}


def test_what_is_not_there_cannot_be_read(app: App, cast: Cast):
    with pytest.raises(NotFound, match="module"):
        learning.open_module(app, cast.ann, "no-such-module")
    with pytest.raises(NotFound, match="section"):
        learning.note_reading(app, cast.ann, MODULE, "no-such-section", finished=True)


def test_a_section_has_its_own_questions_which_are_marked_and_kept_nowhere(app: App, cast: Cast):
    question = learning.check_questions(app, cast.ann, MODULE, "stopping")[0]

    assert question.item_id == "sa-check-stop"
    assert learning.check_answer(question, "a") in (0.0, 1.0)
    for impossible in (None, "z"):
        with pytest.raises(Refusal):
            learning.check_answer(question, impossible)


def test_references_come_in_the_modules_order_with_links(app: App, cast: Cast):
    module = learning.open_module(app, cast.ann, MODULE).module

    assert [each.key for each in learning.citations(app, module)] == ["alberta-hqca-2014", "who-2009"]


def test_a_visitor_reads_nothing(app: App, cast: Cast):
    with pytest.raises(Refusal, match="sign in"):
        learning.modules(app, cast.zed)


def test_a_check_question_brings_its_sources(app: App, cast: Cast):
    question = learning.check_questions(app, cast.ann, MODULE, "stopping")[0]

    assert question.citations
    assert all(each.text for each in question.citations)
