"""A certificate's paper work killed half-way: nothing of it is there, and done again it is there once and whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CAST, Cast, Clock
from tests.services.certified import QUIZ, checked, passed, read_all
from training.core.credential import Kind
from training.core.permission import Actor, Role
from training.services import certifying as service
from training.services import renewing, signing, verifying, withdrawing
from training.services.app import App
from training.store import certificates

ROOT = Path(__file__).parents[2]
DAY = 24 * 60
CO = Actor("co", "Co", frozenset({Role.COORDINATOR}))
DOING = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from sqlalchemy import Engine, event
from tests.services.test_certificates_killed import DOINGS
from training.content.live import LiveLibrary
from training.services.app import App
from training.services.settings import settings_from
from training.store.database import open_database

url, folder, content, now, doing, times = sys.argv[1:]
dice = SystemRandom()
app = App(settings_from({"NEEDLEWISE_DATA_DIR": folder}), open_database(url), LiveLibrary(Path(content), None),
          now=lambda: datetime.fromisoformat(now), new_seed=lambda: dice.getrandbits(48))
seen = []

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, parameters, context, executemany):
    if statement.startswith("INSERT") and context not in seen:
        seen.append(context)
        if len(seen) == int(times):
            os.kill(os.getpid(), signal.SIGKILL)

DOINGS[doing](app)
"""


def _number(app: App) -> str:
    return app.database.read(lambda tx: certificates.of_learner(tx, "ann"))[-1].credential.number


DOINGS: dict[str, Callable[[App], object]] = {
    "issue": lambda app: service.issue(app, CAST.ann, QUIZ),
    "correct": lambda app: service.correct(app, CAST.cy, _number(app), reason="her name was misspelt"),
    "renew": lambda app: renewing.renew(app, CAST.ann, _number(app)),
    "revoke": lambda app: withdrawing.revoke(app, CO, _number(app)),
}


def killed_while(app: App, content: Path, doing: str, times: int) -> bool:
    """Let another program do it, and kill it when it is about to insert for the n-th time; False if it ended."""
    url = app.database.url.render_as_string(hide_password=False)
    arguments = (url, str(app.settings.data_dir), str(content), app.now().isoformat(), doing, str(times))
    ended = subprocess.run(
        [sys.executable, "-c", DOING, *arguments], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    return ended.returncode != 0


def written(app: App) -> list[tuple[str, list[Kind]]]:
    held = app.database.read(lambda tx: certificates.of_learner(tx, "ann"))
    return [(each.credential.number, [event.kind for event in each.events]) for each in held]


@pytest.mark.parametrize(("doing", "inserts"), [("issue", 4), ("correct", 7), ("renew", 6), ("revoke", 4)])
def test_killed_before_its_last_insert_nothing_was_done_and_again_it_is_done_once(
    school: App, cast: Cast, clock: Clock, tmp_path: Path, doing: str, inserts: int
):
    ready(school, cast, clock, doing)
    before = written(school)

    assert killed_while(school, tmp_path / "content", doing, inserts)
    assert written(school) == before
    assert not killed_while(school, tmp_path / "content", doing, inserts + 1)
    after = written(school)
    added = sum(len(kinds) for _, kinds in after) - sum(len(kinds) for _, kinds in before)
    assert added == {"issue": 1, "correct": 3, "renew": 2, "revoke": 2}[doing]
    assert all(checked(school, verifying.pdf(school, number)).trusted for number, _ in after)


def ready(school: App, cast: Cast, clock: Clock, doing: str) -> None:
    """All that comes before: a pass; a certificate; its declaration; its renewal, and the proposal to revoke that."""
    read_all(school, cast.ann)
    passed(school, cast.ann)
    signing.keys(school)
    if doing == "issue":
        return
    service.issue(school, cast.ann, QUIZ)
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, _number(school), hours=12)
    if doing == "revoke":
        renewing.renew(school, cast.ann, _number(school))
        withdrawing.propose_revocation(school, cast.cy, _number(school), reason="another sat for her")
