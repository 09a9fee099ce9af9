"""The dry run of a key change: who gains what, whom strict marking would fail, and that nothing is written."""

from dataclasses import replace

import pytest

from tests.conftest import Cast
from tests.services.rekeyed import (
    EXAM,
    PASS_MARK,
    REASON,
    asked_most,
    crowd,
    finished,
    passed_narrowly,
    sat,
    signed,
)
from tests.services.test_key_changes import derived
from training.core.key import Worth
from training.core.remarking import FullCredit, NewKey
from training.core.score import grade
from training.services import regrading, rekeying
from training.services.app import App
from training.services.rekeying import Wish
from training.store.database import Database


@pytest.fixture
def app(app: App, database: Database) -> App:
    """The product on SQLite and on PostgreSQL."""
    return replace(app, database=database)


@pytest.fixture
def had(app: App, cast: Cast) -> str:
    """The question that most of a class had."""
    sat(app)
    return asked_most(app)


def test_a_dry_run_shows_who_gains_what_and_writes_nothing(app: App, cast: Cast, had: str):
    before = app.database.read(derived)
    change = rekeying.drafted(app, cast.ida, Wish(had, FullCredit(), REASON))
    told: list[tuple[int, int]] = []
    found = regrading.forecast(app, cast.ida, change, lambda done, total: told.append((done, total)))
    gained = [each for each in found.effects if each.matters]

    assert gained
    assert all(each.percent_after == pytest.approx(each.percent_before + 10) for each in gained)
    assert told[-1] == (len(found.effects), len(found.effects))
    assert [(each.programme, each.attempts) for each in found.quizzes] == [(EXAM, len(found.effects))]
    assert app.database.read(derived) == before


def test_a_dry_run_says_whom_strict_marking_would_fail_though_no_score_falls(app: App, cast: Cast):
    sat(app)
    item, other = passed_narrowly(app)
    change = rekeying.drafted(app, cast.ida, Wish(item, NewKey(Worth(((other, 1.0),))), REASON))
    effects = {each.attempt_id: each for each in regrading.forecast(app, cast.cy, change).effects}
    had_right = {
        attempt.id
        for attempt in finished(app)
        for outcome in grade(attempt).outcomes
        if outcome.item_id == item and outcome.fraction == 1
    }

    assert {each.attempt_id for each in effects.values() if each.falls_strictly} == had_right
    for each in effects.values():
        lost = 10 if each.attempt_id in had_right else 0
        assert (each.percent_after, each.passed_after) == (each.percent_before, each.passed_before)
        assert each.percent_strict == pytest.approx(each.percent_before - lost)
        assert each.fails_strictly == (each.passed_before and each.percent_before - lost < PASS_MARK)
    assert any(each.fails_strictly for each in effects.values())


def test_a_dry_run_of_taking_back_is_as_strict_as_it_gets(app: App, cast: Cast, had: str):
    change = signed(app, cast.ida, cast.cy, item=had)
    regrading.apply(app, cast.cy, change)
    back = rekeying.take_back(app, cast.ida, change, "The key was right after all.")
    found = regrading.forecast(app, cast.cy, rekeying.look(app, cast.cy, back).proposal.change).effects

    assert any(each.falls_strictly for each in found)
    assert all((each.percent_strict, each.passed_strict) == (each.percent_after, each.passed_after) for each in found)


def test_a_dry_run_is_worked_out_again_only_where_something_was_marked_since(app: App, cast: Cast, had: str):
    change = rekeying.look(app, cast.cy, signed(app, cast.ida, cast.cy, item=had)).proposal.change
    told: list[int] = []

    def tried() -> int:
        return len(regrading.forecast(app, cast.cy, change, lambda done, _total: told.append(done)).effects)

    once = tried()
    assert (tried(), told) == (once, [once])
    crowd(app, 3)
    asking = sum(any(slot.digest in change.questions for slot in each.form.slots) for each in finished(app))
    assert (tried(), told) == (asking, [once] if asking == once else [once, asking])
    regrading.apply(app, cast.cy, change.id)
    assert tried() == 0
