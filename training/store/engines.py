"""How connections are made: SQLite durable and patient, PostgreSQL pooled and serializable."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from training.core.refusal import Refusal

PATIENCE = 60.0
"""Seconds to wait for another process that is writing."""

JOURNAL_PAGES = 8_000
"""Pages (32 MB) that gather in the journal before they are moved into the database: whoever's write does it waits
for the disk, so it must be rarer than one in a hundred even when 32 learners answer at once."""

LINGER_MS = 5
"""Milliseconds SQLite itself waits for a lock before we ask again: its own pauses grow to 100 ms, and a busy
server leaves shorter gaps than that."""

HIDE = True
"""A statement that fails is logged without its values: addresses and hashes of tokens are among them."""


def parse_url(text: str) -> URL:
    """Read a database URL. Raises Refusal where it is neither a SQLite file nor PostgreSQL."""
    try:
        url = make_url(text.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        raise Refusal("NEEDLEWISE_DATABASE_URL cannot be read. Example: sqlite:////srv/needlewise.db") from None
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return url.set(drivername="sqlite")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
    raise Refusal("NEEDLEWISE_DATABASE_URL must begin with sqlite:/// and a file, or with postgresql+psycopg://.")


def sqlite_file(url: URL) -> Path:
    """Give the file a SQLite URL names."""
    return Path(url.database or "").expanduser().resolve()


def make_private(file: Path) -> None:
    """Make the file, and its folder where that is missing, so that only their owner can read them."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def sqlite_readers(url: URL) -> Engine:
    """Make the pool of reading connections; each transaction sees one moment, and writing fails."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=24,
        connect_args={"check_same_thread": False},
        hide_parameters=HIDE,
    )
    _prepare(engine, f"PRAGMA busy_timeout={int(PATIENCE * 1000)}", "PRAGMA query_only=ON")
    event.listen(engine, "begin", lambda connection: _raw(connection).execute("BEGIN"))
    return engine


def sqlite_writer(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Make connections whose transactions hold the write lock from their first moment.

    Foreign keys are off only for migrations, which rebuild tables and check the keys at their end.
    """
    engine = create_engine(url, poolclass=NullPool, connect_args={"check_same_thread": False}, hide_parameters=HIDE)
    keys = "ON" if foreign_keys else "OFF"
    _prepare(
        engine, f"PRAGMA busy_timeout={LINGER_MS}", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
        "PRAGMA recursive_triggers=ON", f"PRAGMA wal_autocheckpoint={JOURNAL_PAGES}",
        "PRAGMA journal_size_limit=67108864", f"PRAGMA foreign_keys={keys}",
    )  # fmt: skip
    event.listen(engine, "begin", lambda connection: patiently(_raw(connection).execute, "BEGIN IMMEDIATE"))
    return engine


def postgres_engine(url: URL, *, isolation: str = "SERIALIZABLE") -> Engine:
    """Make the pool of PostgreSQL connections, each checked before use, so a database restart is survived."""
    return create_engine(
        url, isolation_level=isolation, pool_size=16, max_overflow=16, pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "application_name": "needlewise"}, hide_parameters=HIDE,
    )  # fmt: skip


def patiently(do: Callable[[str], Any], statement: str) -> None:
    """Run a statement, waiting while another process holds the lock; raises sqlite3.OperationalError after PATIENCE."""
    give_up = monotonic() + PATIENCE
    while True:
        try:
            do(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
            sleep(0.001)
        else:
            return


def _prepare(engine: Engine, *pragmas: str) -> None:
    def connected(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None  # transactions begin where we say so, not where the driver guesses
        for pragma in pragmas:
            patiently(raw.execute, pragma)

    event.listen(engine, "connect", connected)


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection
