"""Stories of proving decisions: every finished attempt, marked anew, gives the record that was kept, byte for byte."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from tests.benchmarks.sittings import fill
from tests.conftest import SAMPLE, Cast
from tests.processes import until
from training.core.form import assemble
from training.core.key import correct_value
from training.core.refusal import Refusal
from training.services import rebuilding, replaying, taking
from training.services.app import App
from training.store import attempts

ROOT = Path(__file__).parents[2]
SIMULATED = 300


def sat(app: App, cast: Cast, request: str, *, right: int) -> str:
    attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, "practice-sample", request=request))
    for number in range(right):
        value = correct_value(attempt.form.slots[number].question.key)
        taking.save_answer(app, cast.ann, attempt.id, number, value, seen=0)
    taking.hand_in(app, cast.ann, attempt.id)
    return attempt.id


def test_an_attempt_replays_to_its_record(app: App, cast: Cast):
    found = replaying.replay(app, sat(app, cast, "one", right=4))

    assert found.same
    assert found.score.points == 4
    assert found.kept is not None


def test_every_attempt_in_the_database_replays(app: App, cast: Cast):
    for number in range(7):
        sat(app, cast, f"click-{number}", right=number % 6)

    proof = replaying.replay_all(app)

    assert (proof.attempts, proof.holds) == (7, True)


def test_hundreds_of_simulated_attempts_replay_and_one_changed_character_of_one_record_is_found(app: App, cast: Cast):
    """
    Three quizzes by turns, each form drawn anew, two answers in three right; ten thousand are a benchmark.
    """
    pools = [app.content.pool(name) for name in ("exam-sample", "kinds-sample", "practice-sample")]
    fill(app, SIMULATED, lambda number: assemble(pools[number % 3], seed=number), who="bo")

    assert (proof := replaying.replay_all(app)).holds
    assert proof.attempts == SIMULATED
    assert replaying.replay_all(app, processes=2) == proof

    app.database.write(lambda tx: tx.execute(text("DROP TRIGGER attempt_records_no_update")))
    changed = "UPDATE attempt_records SET body = replace(body, '\"last\":', '\"last\": ') WHERE attempt_id = 'a-000123'"
    app.database.write(lambda tx: tx.execute(text(changed)))
    assert replaying.replay_all(app).different == ("a-000123",)
    assert replaying.replay_all(app, processes=2).different == ("a-000123",)


def test_several_processes_prove_it_whatever_program_asks(
    app: App, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """
    Streamlit puts a page's script in the place of the program, which no other process could run.
    """
    sat(app, cast, "one", right=3)
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    (tmp_path / "page.py").write_text("raise SystemExit('a page, and no program')", "utf-8")
    monkeypatch.setitem(sys.modules, "__main__", page)

    assert replaying.replay_all(app, processes=2).holds
    assert sys.modules["__main__"] is page


def test_an_answer_changed_behind_the_products_back_is_found(app: App, cast: Cast):
    kept, changed = sat(app, cast, "one", right=3), sat(app, cast, "two", right=3)
    app.database.write(lambda tx: tx.execute(text("DROP TRIGGER attempt_events_no_update")))
    app.database.write(
        lambda tx: tx.execute(
            text("UPDATE attempt_events SET body = replace(body, :old, :new) WHERE attempt_id = :of"),
            {"of": changed, "old": '"slot":0', "new": '"slot":5'},
        )
    )

    proof = replaying.replay_all(app)

    assert proof.different == (changed,)
    assert not proof.holds
    assert kept not in proof.different


@pytest.mark.parametrize(
    "change", ["UPDATE results SET passed = true", "UPDATE results SET percent = 99", "DELETE FROM results"]
)
def test_a_result_changed_behind_the_products_back_is_found_since_certificates_go_by_it(
    app: App, cast: Cast, change: str
):
    sat(app, cast, "one", right=5)
    kept = replaying.replay_all(app)
    changed = sat(app, cast, "two", right=0)
    app.database.write(lambda tx: tx.execute(text(f"{change} WHERE attempt_id = '{changed}'")))

    proof = replaying.replay_all(app)
    assert (kept.holds, proof.holds, proof.misshown) == (True, False, (changed,))
    assert not replaying.replay(app, changed).holds

    rebuilding.rebuild(app)
    assert replaying.replay_all(app).holds


def test_an_attempt_that_can_no_longer_be_read_is_named_and_the_others_are_proved(app: App, cast: Cast):
    kept, spoilt = sat(app, cast, "one", right=3), sat(app, cast, "two", right=3)
    app.database.write(lambda tx: tx.execute(text("DROP TRIGGER attempt_events_no_update")))
    change = f"UPDATE attempt_events SET body = '{{' WHERE attempt_id = '{spoilt}' AND seq = 1"
    app.database.write(lambda tx: tx.execute(text(change)))

    proof = replaying.replay_all(app)
    assert (proof.attempts, proof.unreadable, proof.different) == (2, (spoilt,), ())
    assert replaying.replay(app, kept).holds
    with pytest.raises(Refusal, match=f"Attempt {spoilt} is no longer what was stored"):
        replaying.replay(app, spoilt)


def test_an_attempt_from_before_records_were_kept_gets_one_by_rebuilding(app: App, cast: Cast):
    attempt_id = sat(app, cast, "one", right=2)
    app.database.write(lambda tx: tx.execute(text("DROP TRIGGER attempt_records_no_delete")))
    app.database.write(lambda tx: tx.execute(text("DELETE FROM attempt_records")))
    assert replaying.replay_all(app).unrecorded == (attempt_id,)

    rebuilding.rebuild(app)

    assert replaying.replay_all(app).holds


def test_an_open_attempt_has_nothing_to_prove(app: App, cast: Cast):
    attempt_id = taking.start(app, cast.ann, "practice-sample", request="one")

    with pytest.raises(Refusal, match="still open"):
        replaying.replay(app, attempt_id)
    assert replaying.replay_all(app).attempts == 0
    assert app.database.read(lambda tx: attempts.get(tx, attempt_id)).submitted is None


REPLAYING = """
import multiprocessing, sys, time
from pathlib import Path
from training.content.live import LiveLibrary
from training.services import replaying
from training.services.app import App
from training.services.settings import settings_from
from training.store.database import open_database

def told(done, total):
    print(*(each.pid for each in multiprocessing.active_children()), flush=True)
    time.sleep(60)

app = App(settings_from({}), open_database(sys.argv[1]), LiveLibrary(Path(sys.argv[2]), None))
replaying.PAGE = 1
replaying.replay_all(app, told, processes=3)
"""


def test_a_replay_that_is_killed_leaves_no_process_and_changes_nothing(app: App, cast: Cast):
    for number in range(9):
        sat(app, cast, f"click-{number}", right=number % 6)
    url = app.database.url.render_as_string(hide_password=False)
    asker = subprocess.Popen(
        [sys.executable, "-c", REPLAYING, url, str(SAMPLE)], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert asker.stdout
    others = asker.stdout.readline().split()
    asker.kill()
    asker.wait()

    assert len(others) == 2
    until(lambda: not any(_lives(each) for each in others), seconds=60)
    assert replaying.replay_all(app).holds


def _lives(pid: str) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")
