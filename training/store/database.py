"""The database as the services see it: read and write in transactions, the same on SQLite and PostgreSQL."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, Protocol, TypeVar
from weakref import WeakSet, finalize

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from training.core.refusal import Refusal
from training.store import revisions
from training.store.engines import (
    make_private,
    parse_url,
    postgres_engine,
    sqlite_file,
    sqlite_readers,
    sqlite_writer,
)
from training.store.remembered import Remembered
from training.store.retrying import RetryingWriter
from training.store.writer import GroupWriter

__all__ = ["Connection", "Database", "migrate", "open_database", "pending"]

T = TypeVar("T")

MOST_FORMS = 2_000
MIGRATION_LOCK = 0x4E65_6564_6C65
"""The advisory lock (any number will do) that makes a second process wait for the first one's migration."""


class _Writer(Protocol):
    def write(self, work: Callable[[Connection], T]) -> T: ...

    def close(self) -> None: ...


class Database:
    """One database; `read` and `write` run a work in one transaction each and may be called from any thread."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._inside = local()
        self._open()
        _OPEN.add(self)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @property
    def shown_url(self) -> str:
        """The URL without its password."""
        return self.url.render_as_string(hide_password=True)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run a work that reads; all it sees is of one moment, and what it tries to write fails."""
        with self._alone(), self._readers.connect() as connection:
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run a work that writes; when this returns it is durable, when it raises nothing was written.

        On PostgreSQL a work may run again when it collides with another, so it must do nothing but use its
        connection. A read or write inside a work is a mistake of the program and raises RuntimeError.
        """
        if getattr(self._inside, "working", False):
            raise RuntimeError("a database transaction inside another: use the connection of the outer one")

        def alone(connection: Connection) -> T:
            with self._alone():
                return work(connection)

        return self._writer.write(alone)

    @contextmanager
    def changing_tables(self) -> Iterator[Connection]:
        """Hold a transaction in which tables may be changed; other processes that want the same wait."""
        if self.dialect == "sqlite":
            with sqlite_writer(self.url, foreign_keys=False).begin() as connection:
                yield connection
                _must_keep_foreign_keys(connection)
            return
        engine = postgres_engine(self.url, isolation="READ COMMITTED")  # to see what it waited for
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
            yield connection
        engine.dispose()

    def close(self) -> None:
        """Finish the writes that wait and close every connection."""
        self._closing()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if getattr(self._inside, "working", False):
            raise RuntimeError("a database transaction inside another: use the connection of the outer one")
        self._inside.working = True
        try:
            yield
        finally:
            self._inside.working = False

    def _open(self) -> None:
        self.forms = forms = Remembered[str, Any](MOST_FORMS)
        if self.dialect == "sqlite":
            make_private(sqlite_file(self.url))
            writing = sqlite_writer(self.url).execution_options(forms=forms)
            _must_be_sqlite(writing)
            self._writer: _Writer = GroupWriter(writing)
            self._readers: Engine = sqlite_readers(self.url).execution_options(forms=forms, remembers=True)
        else:
            engine = postgres_engine(self.url).execution_options(forms=forms)
            self._writer = RetryingWriter(engine)
            self._readers = engine.execution_options(
                remembers=True, isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._closing = finalize(self, _close, self._writer, self._readers)

    def _reopen_in_child(self) -> None:
        # Connections cannot be shared across a fork, nor closed by the child without harm to the parent.
        self._closing.detach()
        _LEFT_TO_THE_PARENT.append((self._writer, self._readers))
        self._inside = local()
        self._open()


def open_database(url: str) -> Database:
    """Open a database, making the SQLite file where there is none. Raises Refusal for a URL we cannot use."""
    return Database(parse_url(url))


def migrate(database: Database) -> list[str]:
    """Bring the tables up to date and say which revisions were applied; safe when two processes start at once.

    Where nothing is missing this only reads: no start waits for a writer, or looks through all rows.
    """
    if not pending(database):
        return []
    with database.changing_tables() as connection:
        return revisions.upgrade(connection)


def pending(database: Database) -> list[str]:
    """Say which revisions are not applied yet, oldest first."""
    return database.read(revisions.pending)


def _must_be_sqlite(writing: Engine) -> None:
    """Connect once, which turns the journal to WAL as readers cannot. Raises Refusal for any other file."""
    try:
        writing.connect().close()
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_NOTADB:
            raise
        raise Refusal(f"{sqlite_file(writing.url)} is not a SQLite database. Move it away, or name another.") from error


def _must_keep_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"a migration left {len(broken)} rows that point nowhere, first in table {broken[0][0]}")


def _close(writer: _Writer, readers: Engine) -> None:
    writer.close()
    readers.dispose()


def _after_fork() -> None:
    for database in list(_OPEN):
        database._reopen_in_child()  # noqa: SLF001


_OPEN: WeakSet[Database] = WeakSet()
_LEFT_TO_THE_PARENT: list[object] = []
os.register_at_fork(after_in_child=_after_fork)
