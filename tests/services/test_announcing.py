"""A coordinator is told where she starts: what a key change did to results, and which certificates say what is no longer so."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.services.certified import CERTIFIED, QUIZ, certifying, passed, read_all
from tests.services.rekeyed import REASON, asked_most, finished, sat, signed, taken_back
from training.core.interaction import options_of
from training.core.key import Worth
from training.core.remarking import NewKey
from training.services import announcing, regrading, rekeying, taking, withdrawing
from training.services import certifying as issuing
from training.services.app import App
from training.services.rekeying import Wish
from training.store.database import Database

MAY_FALL = CERTIFIED.replace("  mode: exam\n", "  mode: exam\n  scores_may_fall: true\n")


@pytest.fixture
def app(app: App, database: Database) -> App:
    """The product on SQLite and on PostgreSQL."""
    return replace(app, database=database)


def certified(app: App, cast: Cast, folder: Path, text: str) -> tuple[App, str, str]:
    """Ann passes with everything right and is certified; gives the school, the attempt and the number."""
    school = certifying(app, folder, text=text)
    read_all(school, cast.ann)
    attempt = passed(school, cast.ann)
    number = issuing.issue(school, cast.cy, QUIZ, learner="ann").credential.number
    app.now.advance(minutes=5)
    return school, attempt, number


def wrongly_keyed(school: App, cast: Cast, attempt: str) -> str:
    """A question that Ann had right gets another key, for everyone; gives the change."""
    slot = next(s for s in taking.look(school, cast.ann, attempt).form.slots if isinstance(s.question.key, Worth))
    right = dict(slot.question.key.by_option)
    other = next(each.id for each in options_of(slot.question.interaction) if not right.get(each.id))
    wish = Wish(slot.question.item_id, NewKey(Worth(((other, 1.0),))), REASON, (slot.digest,))
    change = rekeying.propose(school, cast.ida, wish)
    rekeying.sign(school, cast.cy, change)
    regrading.apply(school, cast.cy, change)
    school.now.advance(minutes=5)
    return change


def test_she_is_told_how_many_results_changed_and_for_sixty_days(app: App, cast: Cast):
    sat(app)
    before = {each.id: each for each in finished(app)}
    change = signed(app, cast.ida, cast.cy, item=asked_most(app))
    assert announcing.key_news_for(app, cast.cy).changes == []
    regrading.apply(app, cast.cy, change)
    effects = regrading.done_by(app, cast.cy, change)
    (told,) = announcing.key_news_for(app, cast.cy).changes

    assert (told.change_id, told.results) == (change, sum(each.matters for each in effects))
    assert (told.passed, told.lost) == (sum(each.now_passes for each in effects), 0)
    assert 0 < told.results < len(before)
    app.now.advance(minutes=61 * 24 * 60)
    assert announcing.key_news_for(app, cast.cy).changes == []


def test_a_certificate_whose_attempt_no_longer_passes_is_to_be_looked_at(app: App, cast: Cast, tmp_path: Path):
    school, attempt, number = certified(app, cast, tmp_path, MAY_FALL)
    wrongly_keyed(school, cast, attempt)
    news = announcing.key_news_for(school, cast.cy)

    assert [(each.results, each.lost) for each in news.changes] == [(1, 1)]
    assert news.certificates == [number]
    withdrawing.suspend(school, cast.cy, number, reason="Its attempt no longer passes.")
    assert announcing.key_news_for(school, cast.cy).certificates == []


def test_what_was_taken_back_leaves_no_certificate_in_doubt(app: App, cast: Cast, tmp_path: Path):
    school, attempt, _ = certified(app, cast, tmp_path, MAY_FALL)
    taken_back(school, cast.ida, cast.cy, wrongly_keyed(school, cast, attempt))
    news = announcing.key_news_for(school, cast.cy)

    assert [(each.results, each.passed, each.lost) for each in news.changes] == [(1, 1, 0), (1, 0, 1)]
    assert news.certificates == []


@pytest.mark.parametrize(("states", "doubtful"), [("percent", True), ("standard_met", False)])
def test_one_that_states_another_score_is_to_be_looked_at_though_it_still_passes(
    app: App, cast: Cast, tmp_path: Path, states: str, doubtful: bool
):
    text = MAY_FALL.replace("pass_percent: 75", "pass_percent: 40").replace("score: percent", f"score: {states}")
    school, attempt, number = certified(app, cast, tmp_path, text)
    wrongly_keyed(school, cast, attempt)

    assert announcing.key_news_for(school, cast.cy).certificates == ([number] if doubtful else [])


def test_where_no_score_may_fall_no_certificate_is_in_doubt(app: App, cast: Cast, tmp_path: Path):
    school, attempt, _ = certified(app, cast, tmp_path, CERTIFIED)
    wrongly_keyed(school, cast, attempt)
    news = announcing.key_news_for(school, cast.cy)

    assert (news.changes, news.certificates) == ([], [])
