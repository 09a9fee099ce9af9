"""Which shape the tables have: Alembic's revisions, driven by the program over a connection it hands in."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from training.core.refusal import Refusal

FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, target: str = "head") -> list[str]:
    """Apply what is missing, inside the connection's own transaction; gives the revisions applied, oldest first."""
    missing = pending(connection, target)
    if missing:
        command.upgrade(_config(connection), target)
    return missing


def pending(connection: Connection, target: str = "head") -> list[str]:
    """List the revisions not applied yet, oldest first. Raises Refusal for a database newer than this program."""
    scripts = ScriptDirectory.from_config(_config(None))
    now = current(connection)
    if now is not None and now not in known():
        raise Refusal(f"This database has revision {now}, which this version of Needlewise does not know. Upgrade it.")
    missing = [script for script in scripts.walk_revisions("base", target) if isinstance(script, Script)]
    names = [script.revision for script in reversed(missing)]
    return names[names.index(now) + 1 :] if now in names else names if now is None else []


def current(connection: Connection) -> str | None:
    """Give the revision the tables have; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def known() -> list[str]:
    """List every revision of this program, oldest first."""
    walked = ScriptDirectory.from_config(_config(None)).walk_revisions()
    return [script.revision for script in reversed(list(walked))]


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
