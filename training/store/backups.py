"""Copies of the whole database: one SQLite file, whichever database it came from, that restores to either."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, delete, insert, inspect, select

from training.core.refusal import Refusal
from training.store import revisions
from training.store.database import Database, open_database
from training.store.engines import make_private, parse_url, sqlite_file, sqlite_writer
from training.store.tables import links, metadata, sessions

ROWS_AT_ONCE = 1_000


def backup(database: Database, file: Path, *, overwrite: bool = False) -> None:
    """Write a copy of one moment to a file, while others read and write.

    Raises Refusal where the file exists and `overwrite` is not said, or the database is not up to date.
    """
    file = file.expanduser().resolve()
    if database.dialect == "sqlite" and file == sqlite_file(database.url):
        raise Refusal(f"{file} is the database itself. Choose another file.")
    if file.exists() and not overwrite:
        raise Refusal(f"{file} is there already. Choose another file, or say --overwrite.")
    if database.read(revisions.pending):
        raise Refusal("This database is not up to date. Upgrade it first: python -m training db upgrade")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _folder_beside(file) as folder:
        if database.dialect == "sqlite":
            source = sqlite_file(database.url)
        else:
            source = folder / "gathered.db"
            database.read(lambda tx: _gather(tx, source))
        copy = folder / "copy.db"
        _compact(source, copy)
        _must_be_whole(copy, file)
        _put_in_place(copy, file, overwrite=overwrite)


def restore(file: Path, url: str, *, overwrite: bool) -> None:
    """Replace all that a database holds by a backup, wholly or not at all, and bring it up to date.

    A server may be running on the database; everyone has to sign in anew. Raises Refusal where the file
    is no backup, or where the database holds anything and `overwrite` is not said.
    """
    target = parse_url(url)
    file = file.expanduser().resolve()
    if target.get_backend_name() == "sqlite" and file == sqlite_file(target):
        raise Refusal(f"{file} is the database itself. Choose a backup of it.")
    with tempfile.TemporaryDirectory(prefix="needlewise-") as name:
        staged = Path(name) / "staged.db"
        _stage(file, staged)
        if target.get_backend_name() == "sqlite":
            _pour_into_sqlite(staged, target, overwrite=overwrite)
        else:
            _pour_into_postgres(staged, target, overwrite=overwrite)


@contextmanager
def _folder_beside(file: Path) -> Iterator[Path]:
    """A folder on the same disk, so that a file in it can be renamed into place in one step."""
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as name:
        yield Path(name)


def _gather(tx: Connection, file: Path) -> None:
    """Copy every row that one reading transaction sees into a new SQLite database."""
    make_private(file)
    with sqlite_writer(_url_of(file)).begin() as gathered:
        revisions.upgrade(gathered)
        _copy_rows(tx, gathered)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in metadata.sorted_tables:  # what is pointed to comes before what points
        rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings()
        for part in rows.partitions():
            target.execute(insert(table), [dict(row) for row in part])


def _compact(source: Path, copy: Path) -> None:
    """Write one consistent copy of a SQLite database, without its journal."""
    make_private(copy)
    with closing(sqlite3.connect(source, timeout=60, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _put_in_place(copy: Path, file: Path, *, overwrite: bool) -> None:
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    if overwrite:
        copy.replace(file)
    else:
        try:
            os.link(copy, file)  # unlike a rename, this fails where another program was quicker
        except FileExistsError:
            raise Refusal(f"{file} is there already. Choose another file.") from None
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _stage(file: Path, staged: Path) -> None:
    """Make a checked and up-to-date copy of a backup, so that nothing is touched before it is known to be good."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    try:
        _compact(file, staged)
        _must_be_whole(staged, file)
        _must_be_ours(staged, file)
        _end_all_sessions(staged)
    except sqlite3.DatabaseError as error:
        raise Refusal(f"{file} is not a backup of Needlewise, or it is damaged ({error}).") from error


def _end_all_sessions(staged: Path) -> None:
    """Leave sessions and one-time links behind: what was ended or used since the backup must not come back to life."""
    with sqlite_writer(_url_of(staged)).begin() as connection:
        connection.execute(delete(sessions))
        connection.execute(delete(links))


def _must_be_whole(copy: Path, file: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != ["ok"] or astray:
        raise Refusal(f"{file} is damaged: {found[0] if found != ['ok'] else f'rows of {astray[0]} point nowhere'}.")


def _must_be_ours(staged: Path, file: Path) -> None:
    """Upgrade the copy and compare what it is made of with a new database, triggers included."""
    with sqlite_writer(_url_of(staged), foreign_keys=False).begin() as connection:
        if revisions.current(connection) is None:
            raise Refusal(f"{file} is not a backup of Needlewise.")
        revisions.upgrade(connection)
        made_of = _parts(connection)
    with sqlite_writer(_url_of(staged.with_name("new.db"))).begin() as new:
        revisions.upgrade(new)
        missing = _parts(new) - made_of
    if missing:
        raise Refusal(f"{file} is damaged: it lacks {', '.join(sorted(missing))}.")


def _parts(connection: Connection) -> set[str]:
    rows = connection.exec_driver_sql("SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return set(rows.scalars())


def _pour_into_sqlite(staged: Path, target: URL, *, overwrite: bool) -> None:
    # Not by renaming files: a server that has the old file open would go on writing into nothing.
    database = open_database(target.render_as_string(hide_password=False))
    try:
        if not overwrite:
            database.read(_must_be_empty)
        with closing(sqlite3.connect(staged)) as source, closing(sqlite3.connect(sqlite_file(target))) as into:
            source.backup(into, sleep=0.01)
    finally:
        database.close()


def _pour_into_postgres(staged: Path, target: URL, *, overwrite: bool) -> None:
    database = open_database(target.render_as_string(hide_password=False))
    try:
        with database.changing_tables() as connection, sqlite_writer(_url_of(staged)).connect() as source:
            if not overwrite:
                _must_be_empty(connection)
            names = ", ".join(["alembic_version", *metadata.tables])
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {names} CASCADE")
            revisions.upgrade(connection)
            _copy_rows(source, connection)
    finally:
        database.close()


def _must_be_empty(tx: Connection) -> None:
    there = set(inspect(tx).get_table_names())
    for table in metadata.sorted_tables:
        if table.name in there and tx.execute(select(1).select_from(table).limit(1)).first():
            raise Refusal(f"The database is not empty ({table.name}). Back it up, then say --overwrite.")


def _url_of(file: Path) -> URL:
    return URL.create("sqlite", database=str(file))
