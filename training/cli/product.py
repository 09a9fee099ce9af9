"""The product as a command opens it: the same settings and database as the server, closed when the command ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from training.services.app import App, build_app
from training.services.settings import settings_from


@contextmanager
def product() -> Iterator[App]:
    """Give the App of the settings in force and close its database at the end."""
    app = build_app(settings_from())
    try:
        yield app
    finally:
        app.database.close()
