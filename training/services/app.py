"""The running product in one value: settings, database, content, and where time, ids and seeds come from."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from uuid import uuid4

from training.content.live import LiveLibrary
from training.core.library import Library
from training.services.settings import Settings, settings_from
from training.store.database import Database, migrate, open_database

SEED_BITS = 48


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid4().hex


def _new_seed() -> int:
    return secrets.randbits(SEED_BITS)


@dataclass(frozen=True, slots=True)
class App:
    """What every service needs; nothing in it changes while the product runs, but what it points to does."""

    settings: Settings
    database: Database
    content: LiveLibrary
    now: Callable[[], datetime] = field(default=_now)
    new_id: Callable[[], str] = field(default=_new_id)
    new_seed: Callable[[], int] = field(default=_new_seed)

    @property
    def library(self) -> Library:
        """The content as it stands now."""
        return self.content.current()


def build_app(settings: Settings) -> App:
    """Open the database, bring it up to date and load the content."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    migrate(database)
    return App(settings, database, LiveLibrary(settings.content_dir, settings.data_dir / "cache"))


@cache
def running_app() -> App:
    """Give this process's one App, shared by the web routes and the pages."""
    return build_app(settings_from())
