"""Keeping the database: its schema, where it stands, copies of it. For the operator at the shell."""

from pathlib import Path

from training.services.settings import Settings
from training.store import backups
from training.store.database import Database, migrate, open_database, pending


def upgrade(settings: Settings) -> list[str]:
    """Bring the schema up to date; gives the names of the revisions applied."""
    database = _opened(settings)
    try:
        return migrate(database)
    finally:
        database.close()


def status(settings: Settings) -> dict[str, str | list[str]]:
    """Say which database it is (without its password) and which revisions are pending."""
    database = _opened(settings)
    try:
        return {"database": database.shown_url, "dialect": database.dialect, "pending": pending(database)}
    finally:
        database.close()


def back_up(settings: Settings, file: Path, *, overwrite: bool = False) -> None:
    """Write a consistent copy while answers stream in. Raises Refusal where the file exists, unless told to."""
    database = _opened(settings)
    try:
        backups.backup(database, file, overwrite=overwrite)
    finally:
        database.close()


def restore(settings: Settings, file: Path, *, overwrite: bool) -> None:
    """Put a copy back. Raises Refusal where there are data and `overwrite` is not said, or the file is no backup."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    backups.restore(file, settings.database_url, overwrite=overwrite)


def shown(settings: Settings) -> str:
    """Name the database without its password."""
    database = _opened(settings)
    try:
        return database.shown_url
    finally:
        database.close()


def _opened(settings: Settings) -> Database:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open_database(settings.database_url)
