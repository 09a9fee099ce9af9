"""The fixed cast, a clock that can be set, real databases, and small content that everybody's tests share.

Ann and Bo are learners; Ida is an instructor; Cy coordinates continuing education; Ada administers; Zed is nobody.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from training.content.libraries import load_library
from training.content.live import LiveLibrary
from training.core.library import Library
from training.core.permission import VISITOR, Actor, Role
from training.services.app import App
from training.services.settings import settings_from
from training.store import people
from training.store.database import Database

pytest_plugins = ["tests.database_fixtures", "tests.school_fixtures"]

# A run of CI tries the same examples every time: new ones are found at people's desks, and kept as tests.
# No test is timed: how long an example takes says how busy the machine is.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

SAMPLE = Path(__file__).parent / "content_sample"

SLOW = (
    "test_launching", "test_certificates_killed", "test_key_change_killed", "test_identity_provider", "test_serve",
    "test_careers", "test_demo", "test_rekey", "test_every_kind", "test_every_page", "test_time_up",
    "test_key_change_story", "test_reading_aids", "test_review_stories",
)  # fmt: skip
"""Files that take long for how few tests they have: those that start servers and processes."""


class Clock:
    """A moment that moves only when a test says so."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.moment += timedelta(minutes=minutes, seconds=seconds)


@dataclass(frozen=True)
class Cast:
    """Who plays in the stories."""

    ann: Actor
    bo: Actor
    ida: Actor
    cy: Actor
    ada: Actor
    zed: Actor = VISITOR


CAST = Cast(
    Actor("ann", "Ann", frozenset({Role.LEARNER})),
    Actor("bo", "Bo", frozenset({Role.LEARNER})),
    Actor("ida", "Ida", frozenset({Role.INSTRUCTOR})),
    Actor("cy", "Cy", frozenset({Role.COORDINATOR})),
    Actor("ada", "Ada", frozenset({Role.ADMINISTRATOR})),
)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def library() -> Library:
    loaded, problems = load_library(SAMPLE)
    assert problems == []
    return loaded


@pytest.fixture
def app(sqlite_database: Database, clock: Clock, tmp_path: Path) -> App:
    """The product on a fresh SQLite database and the sample content; ids and seeds count up."""
    settings = settings_from({"NEEDLEWISE_DATA_DIR": str(tmp_path / "data"), "NEEDLEWISE_CONTENT_DIR": str(SAMPLE)})
    settings.data_dir.mkdir(exist_ok=True)
    ids, seeds = count(1), count(1)
    return App(
        settings,
        sqlite_database,
        LiveLibrary(SAMPLE, None),
        now=clock,
        new_id=lambda: f"id-{next(ids)}",
        new_seed=lambda: next(seeds),
    )


@pytest.fixture
def cast(app: App) -> Cast:
    """Everyone but Zed has an account in the app's database."""
    for actor in (CAST.ann, CAST.bo, CAST.ida, CAST.cy, CAST.ada):
        app.database.write(
            lambda tx, who=actor: people.add(
                tx, person_id=who.id, email=f"{who.id}@example.org", name=who.name, at=app.now()
            )
        )
        for role in actor.roles:
            app.database.write(
                lambda tx, who=actor, what=role: people.grant(tx, person=who.id, role=what, at=app.now(), by="test")
            )
    return CAST


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where processes share the files, the long ones come first, so that none is left to one process at the end."""
    if hasattr(config, "workerinput"):
        tests = Counter(item.path for item in items)
        items.sort(key=lambda item: (item.path.stem not in SLOW, -tests[item.path], item.path))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI nothing is skipped silently: a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI"):
        reporter.write_line(f"{len(skipped)} tests were skipped; in CI that is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def moments(clock: Clock) -> Iterator[datetime]:
    """A stream of moments a second apart."""

    def stream() -> Iterator[datetime]:
        while True:
            clock.advance(seconds=1)
            yield clock()

    return stream()
