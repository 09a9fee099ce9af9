"""Several processes on one database: ending, forking, being killed; what was acknowledged is there."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import text

from tests.processes import PATIENCE
from training.store import attempts
from training.store.database import Connection, Database, open_database

ROOT = Path(__file__).parents[2]


def names(database: Database) -> list[str]:
    return list(database.read(lambda tx: tx.scalars(text("SELECT id FROM people ORDER BY id")).all()))


def count_people(tx: Connection) -> int:
    return tx.scalar(text("SELECT count(*) FROM people")) or 0


def run(program: str, *arguments: str, timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def test_a_program_that_ends_without_closing_ends_cleanly_and_keeps_its_writes(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    ended = run(
        """
        import sys
        from tests.store.stories import add_person
        from training.store.database import open_database
        database = open_database(sys.argv[1])
        database.write(lambda tx: add_person(tx, "ann"))
        """,
        url,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert names(database) == ["ann"]


def test_a_forked_child_has_connections_of_its_own(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    ended = run(
        """
        import os, sys, warnings
        warnings.simplefilter("ignore")
        from tests.store.stories import add_person
        from training.store.database import open_database
        database = open_database(sys.argv[1])
        database.write(lambda tx: add_person(tx, "ann"))
        child = os.fork()
        if child == 0:
            database.write(lambda tx: add_person(tx, "child"))
            sys.exit(0)
        assert os.waitpid(child, 0)[1] == 0
        database.write(lambda tx: add_person(tx, "parent"))
        """,
        url,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert names(database) == ["ann", "child", "parent"]


STREAM = """
import sys
from threading import Thread
from tests.store.stories import answered, begun, add_person
from training.store import attempts
from training.store.database import open_database
database = open_database(sys.argv[1])

def stream(number):
    database.write(lambda tx: add_person(tx, f"p{number}"))
    sat = 0
    while True:
        fresh = begun(f"{number}-{sat}", learner=f"p{number}")
        database.write(lambda tx: attempts.add(tx, fresh, fresh.id))
        for slot in range(8):
            def answer(tx):
                before = attempts.get(tx, fresh.id)
                attempts.append(tx, before, answered(before, slot))
            database.write(answer)
            sys.stdout.write(f"{fresh.id} {slot}\\n")
        sat += 1

for number in range(8):
    Thread(target=stream, args=(number,), daemon=True).start()
Thread(target=lambda: __import__("time").sleep(600)).start()
"""


def test_a_program_that_is_killed_loses_nothing_it_acknowledged(database: Database, tmp_path: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    acknowledged = tmp_path / "acknowledged"
    with acknowledged.open("w") as out:
        writing = subprocess.Popen([sys.executable, "-u", "-c", STREAM, url], cwd=ROOT, stdout=out)
        give_up = monotonic() + PATIENCE
        while acknowledged.read_text().count("\n") < 300 and monotonic() < give_up:
            sleep(0.02)
        os.kill(writing.pid, signal.SIGKILL)
        writing.wait()

    lines = [line.split(" ") for line in acknowledged.read_text().splitlines(keepends=True) if line.endswith("\n")]
    assert len(lines) >= 300
    again = open_database(url)
    saved = {name: again.read(lambda tx, name=name: attempts.get(tx, name)) for name in {name for name, _ in lines}}
    for name, slot in lines:
        assert int(slot) in saved[name].responses
    for attempt in saved.values():
        assert [event.seq for event in attempt.events] == list(range(1, len(attempt.events) + 1))
    if again.dialect == "sqlite":
        assert again.read(lambda tx: tx.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"
    again.close()
