"""Applying a key change by a program that is killed half-way: run again, every attempt is marked exactly once."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Cast, Clock
from tests.processes import PATIENCE
from tests.services.rekeyed import asked_most, crowd, finished, signed
from tests.services.test_key_changes import derived
from training.core.attempt import Event
from training.core.key_change import KeyChange, State, regraded
from training.services import rebuilding, regrading, rekeying, replaying
from training.services.app import App
from training.store import key_changes

ROOT = Path(__file__).parents[2]
SIZE = regrading.TOGETHER + 50
"""Attempts: more than one transaction marks."""

APPLYING = """
import os, signal, sys
from datetime import datetime
from uuid import uuid4
from sqlalchemy import Engine, event
from tests.conftest import CAST, SAMPLE
from training.content.live import LiveLibrary
from training.services import regrading
from training.services.app import App
from training.services.settings import settings_from
from training.store.database import open_database

url, folder, now, change, words, times = sys.argv[1:]
settings = settings_from({"NEEDLEWISE_DATA_DIR": folder, "NEEDLEWISE_CONTENT_DIR": str(SAMPLE)})
app = App(settings, open_database(url), LiveLibrary(SAMPLE, None), now=lambda: datetime.fromisoformat(now),
          new_id=lambda: uuid4().hex, new_seed=lambda: 1)
seen = []

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, parameters, context, executemany):
    if statement.startswith(words) and context not in seen:  # an engine with options of its own tells it twice
        seen.append(context)
        if len(seen) == int(times):
            os.kill(os.getpid(), signal.SIGKILL)

regrading.apply(app, CAST.cy, change)
"""


def killed_while_applying(app: App, change: str, words: str, times: int) -> None:
    """Let another program apply the change, and kill it when it is about to run this statement for the n-th time."""
    url, now = app.database.url.render_as_string(hide_password=False), app.now().isoformat()
    arguments = (url, str(app.settings.data_dir), now, change, words, str(times))
    ended = subprocess.run(
        [sys.executable, "-c", APPLYING, *arguments], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def marked_by(app: App, change: str) -> list[str]:
    return [each.attempt_id for each in app.database.read(lambda tx: key_changes.of_change(tx, change))]


@pytest.fixture
def change(app: App, cast: Cast) -> KeyChange:
    """A key change that two people signed, of a question in more attempts than one transaction marks."""
    crowd(app, SIZE)
    return rekeying.look(app, cast.cy, signed(app, cast.ida, cast.cy, item=asked_most(app))).proposal.change


@pytest.fixture
def expected(app: App, change: KeyChange) -> Mapping[str, tuple[Event, ...]]:
    """The events that each attempt has once the change is applied, worked out one by one."""
    return {each.id: regraded(each, change, app.now()).events for each in finished(app)}


@pytest.mark.parametrize(
    ("moment", "marked"),
    [
        (("INSERT INTO regrades", 1), 0),
        (("INSERT INTO attempt_events", 2), regrading.TOGETHER),
        (("INSERT INTO regrades", 2), regrading.TOGETHER),
        (("INSERT INTO key_change_steps", 2), SIZE),
    ],
)
def test_killed_at_any_moment_the_rest_is_marked_once_by_applying_it_again(
    app: App, cast: Cast, change: KeyChange, expected: Mapping[str, tuple[Event, ...]], moment: tuple[str, int],
    marked: int,
):  # fmt: skip
    killed_while_applying(app, change.id, *moment)
    assert rekeying.look(app, cast.cy, change.id).proposal.state is State.UNDER_WAY
    assert len(marked_by(app, change.id)) == marked
    assert sum(each.events == expected[each.id] for each in finished(app)) == marked

    assert regrading.apply(app, cast.cy, change.id) == SIZE - marked

    assert {each.id: each.events for each in finished(app)} == expected
    assert sorted(marked_by(app, change.id)) == sorted(expected)
    assert rekeying.look(app, cast.cy, change.id).proposal.state is State.APPLIED
    assert replaying.replay_all(app).holds


def test_what_a_killed_program_left_undone_the_server_finishes_by_itself(
    app: App, cast: Cast, clock: Clock, change: KeyChange, expected: Mapping[str, tuple[Event, ...]]
):
    killed_while_applying(app, change.id, "INSERT INTO regrades", 2)
    assert regrading.go_on(app) == 0  # whoever applies it may still be at it
    clock.advance(seconds=regrading.SILENT / timedelta(seconds=1))

    assert regrading.go_on(app) == SIZE - regrading.TOGETHER
    assert regrading.go_on(app) == 0

    assert {each.id: len(each.events) for each in finished(app)} == {name: len(each) for name, each in expected.items()}
    assert rekeying.look(app, cast.cy, change.id).proposal.state is State.APPLIED
    kept = app.database.read(derived)
    rebuilding.rebuild(app)
    assert app.database.read(derived) == kept
