"""The product as a command opens it: the same settings and database as the server, closed when the command ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from training.content.live import LiveLibrary
from training.core.pool import Pool
from training.core.refusal import NotFound
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


def pool_of(content: LiveLibrary, programme: str) -> Pool:
    """Give what a quiz draws from. Raises NotFound, naming the quizzes there are."""
    known = content.current().programmes
    if programme not in known:
        raise NotFound(f"There is no quiz '{programme}'. The quizzes are: {', '.join(sorted(known)) or 'none yet'}.")
    return content.pool(programme)
