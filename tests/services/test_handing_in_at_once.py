"""Many learners who hand in at the same moment on PostgreSQL: all succeed, and the sums they share are exact."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from tests.conftest import Cast
from tests.services.rekeyed import asked_most, crowd, finished, signed
from tests.services.test_key_changes import derived
from training.core.permission import Actor, Role
from training.core.remarking import Regraded
from training.services import rebuilding, regrading, taking
from training.services.app import App
from training.store.database import Database

THREADS = 16
EACH = 2


@pytest.fixture
def app(app: App, postgres_database: Database) -> App:
    """The product on PostgreSQL, whose transactions run side by side."""
    return replace(app, database=postgres_database)


def at_once(works: list[Callable[[], object]]) -> None:
    """Run all works in threads of their own that begin together; raises what any of them raises."""
    ready = Barrier(len(works))

    def begin(work: Callable[[], object]) -> None:
        ready.wait()
        work()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(begin, works))


def hand_in_all(app: App, learner: Actor, mine: list[str]) -> Callable[[], object]:
    return lambda: [taking.hand_in(app, learner, attempt) for attempt in mine]


def test_all_hand_in_and_the_sums_are_those_that_rebuilding_makes(app: App, cast: Cast):
    ids = crowd(app, THREADS * EACH, handed_in=False)

    at_once([hand_in_all(app, cast.ann, ids[first::THREADS]) for first in range(THREADS)])

    assert len(finished(app)) == THREADS * EACH
    kept = app.database.read(derived)
    rebuilding.rebuild(app)
    assert app.database.read(derived) == kept


def test_while_a_key_change_is_applied_everyone_hands_in_and_is_marked_by_it_once(app: App, cast: Cast):
    crowd(app, 20)
    late = crowd(app, THREADS * EACH, handed_in=False, name="late")
    change = signed(app, cast.ida, cast.cy, item=asked_most(app))
    applying = Actor("cy", "Cy", frozenset({Role.COORDINATOR}))

    at_once([
        *(hand_in_all(app, cast.ann, late[first::THREADS]) for first in range(THREADS)),
        lambda: regrading.apply(app, applying, change),
    ])  # fmt: skip
    regrading.apply(app, cast.cy, change)

    of_it = [[each for each in attempt.events if isinstance(each, Regraded)] for attempt in finished(app)]
    assert [len(each) for each in of_it] == [1] * (20 + THREADS * EACH)
    assert len(regrading.done_by(app, cast.cy, change)) == len(of_it)
    kept = app.database.read(derived)
    rebuilding.rebuild(app)
    assert app.database.read(derived) == kept
