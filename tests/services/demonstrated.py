"""The product with simulated learners on the sample content: as `python -m training demo` makes it, or just a few."""

from datetime import UTC, datetime, timedelta

import numpy as np

from tests.conftest import SAMPLE, Clock
from training.content.live import LiveLibrary
from training.services.app import App
from training.services.demonstrating import demonstrate
from training.services.settings import settings_from
from training.services.simulating import new_world, simulate
from training.store import people
from training.store.database import Connection, Database, migrate, open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAYS = 60


def demonstrated(folder: str, seed: int) -> App:
    """Make the demonstration with its data in a folder; the same seed, the same people and answers."""
    app = on_its_own(folder)
    demonstrate(app, seed=seed)
    return app


def on_its_own(folder: str) -> App:
    """The product with nobody in it yet and its data in a folder."""
    database = open_database(f"sqlite:///{folder}/needlewise.db")
    migrate(database)
    return on(database, folder)


def lived_in(database: Database, folder: str, learners: int) -> App:
    """The product on any database, where some simulated learners did something for two months."""
    app = on(database, folder)
    world = new_world(app, np.random.default_rng(3), learners=learners, days=DAYS)
    for number in range(learners):
        life = simulate(world, number, f"p-{number}")

        def store(tx: Connection, who: str = life.person, life: object = life) -> None:
            people.add(tx, person_id=who, email=f"{who}@example.org", name=who, at=NOW - timedelta(days=DAYS))
            life.store(tx)  # type: ignore[attr-defined]

        database.write(store)
    return app


def on(database: Database, folder: str) -> App:
    """The product on this database, on 2 March 2026."""
    settings = settings_from({"NEEDLEWISE_DATA_DIR": folder, "NEEDLEWISE_CONTENT_DIR": str(SAMPLE)})
    return App(settings, database, LiveLibrary(SAMPLE, None), now=Clock(NOW))
