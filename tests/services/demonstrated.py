"""The product with simulated learners, as `python -m training demo` makes it, on the sample content."""

from datetime import UTC, datetime

from tests.conftest import SAMPLE, Clock
from training.content.live import LiveLibrary
from training.services.app import App
from training.services.demonstrating import demonstrate
from training.services.settings import settings_from
from training.store.database import migrate, open_database


def demonstrated(folder: str, seed: int) -> App:
    """Make the demonstration with its data in a folder; the same seed, the same people and answers."""
    settings = settings_from({"NEEDLEWISE_DATA_DIR": folder, "NEEDLEWISE_CONTENT_DIR": str(SAMPLE)})
    database = open_database(settings.database_url)
    migrate(database)
    app = App(settings, database, LiveLibrary(SAMPLE, None), now=Clock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)))
    demonstrate(app, seed=seed)
    return app
