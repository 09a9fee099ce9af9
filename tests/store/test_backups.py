"""Backups: whole whatever is written meanwhile, restored wholly or not at all, to either database."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select, text

from tests.store.stories import T0, add_ann, add_person, answered, begun, hand_in
from training.core.refusal import Refusal
from training.core.score import grade
from training.store import attempts, audit, links, reading, results, sessions
from training.store.backups import backup, restore
from training.store.database import Connection, Database, open_database, pending
from training.store.tables import metadata


def everything(tx: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: sorted((tuple(row) for row in tx.execute(table.select())), key=repr)
        for table in metadata.sorted_tables
    }


def fill(tx: Connection) -> None:
    add_ann(tx)
    add_person(tx, "bo")
    attempts.add(tx, begun("a-1"), "one")
    attempts.add(tx, begun("a-2", learner="bo"), "two")
    for slot in range(4):
        before = attempts.get(tx, "a-1")
        attempts.append(tx, before, answered(before, slot, seconds=slot + 0.000001))
    hand_in(tx, "a-1")
    reading.add(tx, row_id="r", person="ann", module="m", section="s – ü", finished=True, at=T0)
    audit.add(tx, audit.Entry("e", T0, "ada", "did", "this"))


def shown(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_a_backup_restores_to_either_database_to_the_last_microsecond(
    database: Database, empty_url: str, tmp_path: Path
) -> None:
    database.write(fill)
    backup(database, tmp_path / "copies" / "needlewise.backup")
    restore(tmp_path / "copies" / "needlewise.backup", empty_url, overwrite=False)

    restored = open_database(empty_url)
    assert restored.read(everything) == database.read(everything)
    assert pending(restored) == []
    with pytest.raises(Exception, match="append-only"):
        restored.write(lambda tx: tx.execute(text("DELETE FROM attempt_events")))
    restored.close()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_else_behind(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "copies" / "one.db"
    backup(database, file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["one.db"]


def test_a_backup_does_not_overwrite_without_being_told(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("precious")
    with pytest.raises(Refusal, match="there already"):
        backup(database, file)
    assert file.read_text() == "precious"

    backup(database, file, overwrite=True)
    assert file.read_bytes().startswith(b"SQLite format 3")


def test_a_backup_never_replaces_the_database_itself(sqlite_database: Database) -> None:
    file = Path(sqlite_database.url.database or "")
    with pytest.raises(Refusal, match="the database itself"):
        backup(sqlite_database, file, overwrite=True)
    with pytest.raises(Refusal, match="the database itself"):
        restore(file, shown(sqlite_database), overwrite=True)


def test_restoring_refuses_a_database_that_holds_anything_until_told(database: Database, tmp_path: Path) -> None:
    database.write(fill)
    backup(database, tmp_path / "copy.db")
    database.write(lambda tx: add_person(tx, "cy"))
    later = database.read(everything)
    with pytest.raises(Refusal, match="not empty"):
        restore(tmp_path / "copy.db", shown(database), overwrite=False)
    assert database.read(everything) == later

    restore(tmp_path / "copy.db", shown(database), overwrite=True)
    assert [
        row.id for row in database.read(lambda tx: tx.execute(text("SELECT id FROM people ORDER BY id")).all())
    ] == [
        "ann",
        "bo",
    ]


def test_a_server_that_is_running_goes_on_in_the_restored_database(database: Database, tmp_path: Path) -> None:
    database.write(fill)
    backup(database, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", shown(database), overwrite=True)
    database.write(lambda tx: add_person(tx, "cy"))

    again = open_database(shown(database))
    assert again.read(lambda tx: tx.scalar(text("SELECT count(*) FROM people"))) == 3
    assert again.read(lambda tx: attempts.get(tx, "a-1")) == database.read(lambda tx: attempts.get(tx, "a-1"))
    again.close()


def damaged(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3 : len(data) // 2] = b"\xff" * (len(data) // 2 - len(data) // 3)
    file.write_bytes(data)


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 3 * 4096])


def without_triggers(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TRIGGER attempt_events_no_update")
    connection.close()


def pointing_nowhere(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE open_attempts SET attempt_id = 'none'")
    connection.close()


def from_the_future(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def some_text(file: Path) -> None:
    file.write_text("Dear diary, this is not a database at all. " * 100)


def another_database(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE cake (id)")
    connection.close()


def gone(file: Path) -> None:
    file.unlink()


HARMS = [
    damaged, truncated, without_triggers, pointing_nowhere, from_the_future, some_text, another_database, gone,
]  # fmt: skip


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_touched(
    database: Database, tmp_path: Path, harm: object
) -> None:
    database.write(fill)
    backup(database, tmp_path / "copy.db")
    harm(tmp_path / "copy.db")  # type: ignore[operator]
    before = database.read(everything)

    with pytest.raises(Refusal):
        restore(tmp_path / "copy.db", shown(database), overwrite=True)
    assert database.read(everything) == before


def test_a_backup_taken_while_answers_stream_in_is_a_consistent_whole(
    database: Database, empty_url: str, tmp_path: Path
) -> None:
    database.write(lambda tx: [add_person(tx, f"p{number}") for number in range(4)])
    stop = Event()

    def stream(number: int) -> int:
        sat = 0
        while not stop.is_set():
            attempt_id = f"{number}-{sat}"
            fresh = begun(attempt_id, learner=f"p{number}")
            database.write(lambda tx, fresh=fresh: attempts.add(tx, fresh, fresh.id))
            for slot in range(4):
                database.write(lambda tx, slot=slot, which=attempt_id: answer_in(tx, which, slot))
            database.write(lambda tx, which=attempt_id: hand_in(tx, which))
            sat += 1
        return sat

    with ThreadPoolExecutor(4) as pool:
        streams = [pool.submit(stream, number) for number in range(4)]
        while database.read(lambda tx: tx.scalar(text("SELECT count(*) FROM results"))) < 8:
            pass
        for number in range(3):
            backup(database, tmp_path / f"{number}.db")
        stop.set()
        assert all(each.result() for each in streams)

    restore(tmp_path / "2.db", empty_url, overwrite=False)
    restored = open_database(empty_url)
    assert restored.read(is_consistent) >= 8
    restored.close()


def answer_in(tx: Connection, attempt_id: str, slot: int) -> None:
    before = attempts.get(tx, attempt_id)
    attempts.append(tx, before, answered(before, slot))


def is_consistent(tx: Connection) -> int:
    """Every attempt has its events without a gap, and what is derived from it says the same; gives how many."""
    ids = list(attempts.every_id(tx))
    for attempt_id in ids:
        attempt = attempts.get(tx, attempt_id)
        assert [event.seq for event in attempt.events] == list(range(1, len(attempt.events) + 1))
        is_open = attempt_id in attempts.open_of(tx, attempt.learner).values()
        assert is_open != bool(attempt.submitted)
        if attempt.submitted:
            score = grade(attempt)
            assert results.of_attempt(tx, attempt_id).points == score.points
            outcomes = metadata.tables["outcomes"]
            counted = select(func.count()).where(outcomes.c.attempt_id == attempt_id)
            assert tx.scalar(counted) == len(score.outcomes)
    return len(ids)


def test_what_was_ended_since_a_backup_does_not_come_back_to_life(
    database: Database, empty_url: str, tmp_path: Path
) -> None:
    hour = timedelta(hours=1)
    database.write(add_ann)
    database.write(lambda tx: sessions.add(tx, sessions.Session("s" * 64, "ann", T0, T0 + hour, T0)))
    database.write(lambda tx: links.add(tx, links.Link("l" * 64, links.Purpose.RESET, T0, T0 + hour, "ann")))
    backup(database, tmp_path / "one.db")

    restore(tmp_path / "one.db", empty_url, overwrite=False)

    restored = open_database(empty_url)
    assert restored.read(lambda tx: sessions.known(tx, "s" * 64)) is False
    assert restored.read(lambda tx: links.valid(tx, "l" * 64, links.Purpose.RESET, T0)) is None
    restored.close()
