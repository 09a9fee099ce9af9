"""Whether the product is well: database, content, disk, versions, and the settings in force with secrets hidden."""

import os
import shutil
import sys
from dataclasses import dataclass, fields
from importlib.metadata import version
from urllib.parse import urlsplit

from training.core.permission import Action, Actor, permit
from training.core.problem import Severity
from training.services.app import App
from training.services.settings import Settings
from training.store import overviews
from training.store.database import pending

SHOWN_VERSIONS = ("streamlit", "SQLAlchemy", "pydantic", "argon2-cffi")
LEAST_FREE = 200 * 2**20
"""Bytes of free disk below which the server is not well."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and whether it is as it should be."""

    name: str
    found: str
    well: bool = True


def ready(app: App) -> list[Check]:
    """Look at what must work for anyone to be served; asked without a person by whatever watches the server."""
    return [_database(app), _data_dir(app), _content(app)]


def health(app: App, actor: Actor) -> list[Check]:
    """Look at everything."""
    permit(actor, Action.SEE_HEALTH)
    counts = app.database.read(lambda tx: overviews.counts(tx, app.now()))
    problems = app.content.problems()
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return [
        *ready(app),
        Check("Content problems", f"{errors} errors, {len(problems) - errors} warnings and advice", well=not errors),
        Check("People", f"{counts.people} accounts, {counts.sessions} sessions running"),
        Check("Attempts", f"{counts.attempts} in all, {counts.open_attempts} open"),
        *(Check(name, version(name)) for name in SHOWN_VERSIONS),
        Check("Python", sys.version.split()[0]),
    ]


def settings_seen(app: App, actor: Actor) -> list[tuple[str, str]]:
    """List the settings in force by the name of their variable, passwords hidden."""
    permit(actor, Action.SEE_HEALTH)
    return [(f"NEEDLEWISE_{field.name.upper()}", _shown(app, field.name)) for field in fields(Settings)]


def _database(app: App) -> Check:
    try:
        waiting = pending(app.database)
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that it does not work
        return Check("Database", f"cannot be reached: {type(error).__name__}", well=False)
    found = f"{app.database.dialect}, up to date" if not waiting else f"{len(waiting)} migrations wait"
    return Check("Database", found, well=not waiting)


def _data_dir(app: App) -> Check:
    folder = app.settings.data_dir
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Check("Data folder", f"{folder} is not there", well=False)
    if not os.access(folder, os.W_OK):
        return Check("Data folder", f"{folder} cannot be written to", well=False)
    return Check("Data folder", f"{folder}, {free / 2**30:.1f} GiB free", well=free >= LEAST_FREE)


def _content(app: App) -> Check:
    library = app.library
    items = sum(1 for _ in library.items())
    found = f"{items} items, {len(library.modules)} modules, {len(library.programmes)} quizzes"
    return Check("Content", found, well=bool(library.programmes))


def _shown(app: App, name: str) -> str:
    value = str(getattr(app.settings, name))
    if name == "database_url":
        return app.database.shown_url
    if name in {"signing_key", "signing_key_before"} and value:
        return "(given)"
    if name == "smtp_url" and value:
        parts = urlsplit(value)
        return f"{parts.scheme}://{parts.hostname}" + (" (with a password)" if parts.password else "")
    return value
