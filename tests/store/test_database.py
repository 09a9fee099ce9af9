"""Reading and writing: durable when acknowledged, alone when failing, patient with others, loud when misused."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, get_ident
from time import monotonic, sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.processes import PATIENCE, until
from tests.store.stories import add_person
from training.core.refusal import Refusal
from training.store.database import Connection, Database, open_database
from training.store.remembered import Remembered
from training.store.writer import MOST_TOGETHER

ROOT = Path(__file__).parents[2]


def names(database: Database) -> list[str]:
    return list(database.read(lambda tx: tx.scalars(text("SELECT id FROM people ORDER BY id")).all()))


def count_people(tx: Connection) -> int:
    return tx.scalar(text("SELECT count(*) FROM people")) or 0


def test_a_work_gives_what_it_gives(database: Database) -> None:
    assert database.write(lambda tx: tx.scalar(text("SELECT 6 * 7"))) == 42
    assert database.read(lambda tx: tx.scalar(text("SELECT 6 * 7"))) == 42


def test_a_work_that_fails_writes_nothing_and_its_caller_learns_why(database: Database) -> None:
    def refuse(tx: Connection) -> None:
        add_person(tx, "ann")
        raise Refusal("no")

    with pytest.raises(Refusal, match="no"):
        database.write(refuse)
    assert names(database) == []

    database.write(lambda tx: add_person(tx, "bo"))
    assert names(database) == ["bo"]


def test_what_fails_is_told_without_the_values_it_was_given(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        database.write(lambda tx: tx.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "hunter2"}))

    assert "nowhere" in str(failed.value)
    assert "hunter2" not in str(failed.value)


def test_works_that_fail_do_not_hurt_those_written_with_them(database: Database) -> None:
    together = Barrier(32)

    def write(number: int) -> str:
        def work(tx: Connection) -> None:
            add_person(tx, f"p{number:02}")
            if number % 4 == 1:
                raise Refusal(f"no {number}")
            if number % 4 == 2:
                add_person(tx, f"p{number:02}")
            if number % 4 == 3:
                tx.execute(text("this is not SQL"))

        together.wait()
        try:
            database.write(work)
        except Refusal as refusal:
            return str(refusal)
        except DBAPIError as error:
            return type(error).__name__
        return "written"

    with ThreadPoolExecutor(32) as pool:
        told = list(pool.map(write, range(32)))

    assert names(database) == [f"p{number:02}" for number in range(0, 32, 4)]
    assert set(told[0::4]) == {"written"}
    assert told[1::4] == [f"no {number}" for number in range(1, 32, 4)]
    assert set(told[2::4]) == {"IntegrityError"}
    assert set(told[3::4]) <= {"OperationalError", "ProgrammingError"}


def test_thirty_two_writers_who_read_before_they_write_lose_nothing(database: Database) -> None:
    database.write(lambda tx: tx.execute(text("CREATE TABLE counter (n INTEGER)")))
    database.write(lambda tx: tx.execute(text("INSERT INTO counter VALUES (0)")))

    def count_up(tx: Connection) -> None:
        n = tx.scalar(text("SELECT n FROM counter"))
        tx.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    rounds = 20 if database.dialect == "sqlite" else 3
    with ThreadPoolExecutor(32) as pool:
        for done in [pool.submit(database.write, count_up) for _ in range(32 * rounds)]:
            done.result()

    assert database.read(lambda tx: tx.scalar(text("SELECT n FROM counter"))) == 32 * rounds


def test_more_writes_than_fit_in_one_transaction_are_all_written(sqlite_database: Database) -> None:
    hold = Event()
    with ThreadPoolExecutor(3 * MOST_TOGETHER + 1) as pool:
        first = pool.submit(sqlite_database.write, lambda tx: hold.wait(PATIENCE))
        rest = [
            pool.submit(sqlite_database.write, lambda tx, number=number: add_person(tx, f"p{number}"))
            for number in range(3 * MOST_TOGETHER)
        ]
        hold.set()
        for each in (first, *rest):
            each.result()

    assert sqlite_database.read(count_people) == 3 * MOST_TOGETHER


def test_a_write_that_meets_no_other_is_done_in_the_thread_that_asks(sqlite_database: Database) -> None:
    assert sqlite_database.write(lambda tx: get_ident()) == get_ident()


def test_writes_that_wait_are_done_by_whoever_leads_and_acknowledged_in_their_own_threads(
    sqlite_database: Database,
) -> None:
    begun, hold = Event(), Event()

    def first(tx: Connection) -> int:
        begun.set()
        hold.wait(PATIENCE)
        return get_ident()

    def write(number: int) -> tuple[int, int]:
        by = sqlite_database.write(lambda tx: add_person(tx, f"p{number}") or get_ident())
        return by, get_ident()

    with ThreadPoolExecutor(9) as pool:
        led = pool.submit(sqlite_database.write, first)
        begun.wait(PATIENCE)
        waiting = [pool.submit(write, number) for number in range(8)]
        until(lambda: len(sqlite_database._writer._queue) == 8, seconds=PATIENCE)  # type: ignore[attr-defined]
        hold.set()
        told = [each.result() for each in waiting]

    assert led.result() not in {asked for _, asked in told}
    assert len({by for by, _ in told}) < len({asked for _, asked in told})
    assert sqlite_database.read(count_people) == 8


def test_a_reader_sees_one_moment_however_long_it_looks(database: Database) -> None:
    def look(tx: Connection) -> tuple[int, int]:
        before = count_people(tx)
        with ThreadPoolExecutor(1) as other:
            other.submit(database.write, lambda tx: add_person(tx, "ann")).result()
        return before, count_people(tx)

    assert database.read(look) == (0, 0)
    assert database.read(count_people) == 1


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        database.read(lambda tx: add_person(tx, "ann"))
    assert names(database) == []


@pytest.mark.parametrize("outer", ["read", "write"])
@pytest.mark.parametrize("inner", ["read", "write"])
def test_a_transaction_inside_another_fails_loudly_and_at_once(database: Database, outer: str, inner: str) -> None:
    with pytest.raises(RuntimeError, match="inside another"):
        getattr(database, outer)(lambda tx: getattr(database, inner)(count_people))

    assert database.write(count_people) == 0


def test_a_work_that_ends_the_shared_transaction_is_found_out(sqlite_database: Database) -> None:
    def meddle(tx: Connection) -> None:
        add_person(tx, "ann")
        tx.rollback()

    with pytest.raises(RuntimeError, match="shared transaction"):
        sqlite_database.write(meddle)
    sqlite_database.write(lambda tx: add_person(tx, "bo"))
    assert names(sqlite_database) == ["bo"]


def test_sqlite_is_set_up_to_lose_nothing(sqlite_database: Database) -> None:
    def settings(tx: Connection) -> list[object]:
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        return [tx.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]

    assert sqlite_database.write(settings) == ["wal", 2, 1, 1]


def test_a_new_sqlite_file_and_its_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'needlewise.db'}")
    database.write(lambda tx: tx.execute(text("CREATE TABLE t (id)")))

    assert (tmp_path / "deep" / "er").stat().st_mode & 0o777 == 0o700
    for file in (tmp_path / "deep" / "er").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600

    database.close()
    assert [file.name for file in (tmp_path / "deep" / "er").iterdir()] == ["needlewise.db"]


def test_a_shown_url_has_no_password(postgres_server: str) -> None:
    database = open_database("postgresql://ann:s3cret@localhost/needlewise")

    assert "s3cret" not in database.shown_url
    assert database.dialect == "postgresql"
    database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://ann@localhost/x", "what is this"])
def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match="NEEDLEWISE_DATABASE_URL"):
        open_database(url)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "diary.db"
    file.write_text("Dear diary, " * 1000)
    with pytest.raises(Refusal, match="not a SQLite database"):
        open_database(f"sqlite:///{file}")

    assert file.read_text() == "Dear diary, " * 1000


def test_the_least_recently_used_is_forgotten_first() -> None:
    remembered: Remembered[str, int] = Remembered(2)
    remembered.keep("a", 1)
    remembered.keep("b", 2)
    assert remembered.get("a") == 1
    remembered.keep("c", 3)

    assert [remembered.get(name) for name in "abc"] == [1, None, 3]
    assert len(remembered) == 2


def test_writing_waits_while_another_program_writes(sqlite_database: Database) -> None:
    other = sqlite3.connect(sqlite_database.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sqlite_database.write, lambda tx: add_person(tx, "ann"))
        sleep(0.5)
        assert not waiting.done()
        assert sqlite_database.read(count_people) == 0
        other.execute("COMMIT")
        waiting.result(timeout=PATIENCE)
    other.close()

    assert names(sqlite_database) == ["ann"]


def test_another_program_gets_its_turn_while_the_server_writes_without_pause(sqlite_database: Database) -> None:
    shell = open_database(sqlite_database.url.render_as_string(hide_password=False))
    stop = Event()

    def stream() -> None:
        while not stop.is_set():
            sqlite_database.write(lambda tx: add_person(tx, f"s{get_ident()}-{count_people(tx)}"))

    with ThreadPoolExecutor(4) as pool:
        streams = [pool.submit(stream) for _ in range(4)]
        waits = []
        for number in range(10):
            began = monotonic()
            shell.write(lambda tx, number=number: add_person(tx, f"shell-{number}"))
            waits.append(monotonic() - began)
        stop.set()
        for each in streams:
            each.result()
    shell.close()

    assert max(waits) < 10


def test_a_closed_database_refuses_work_and_closing_twice_does_no_harm(sqlite_database: Database) -> None:
    sqlite_database.close()
    sqlite_database.close()
    with pytest.raises(RuntimeError, match="closed"):
        sqlite_database.write(count_people)
