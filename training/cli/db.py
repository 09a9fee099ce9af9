"""Look after the database: bring it up to date, see where it stands, back it up, restore it."""

import argparse
import json
from pathlib import Path

from training.cli import FINDINGS, FINE
from training.services import keeping
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training db status --json
  python -m training db backup backups/monday.db      while the app runs
  python -m training db restore backups/monday.db --overwrite

status ends with 1 where the schema is not up to date. The app brings it up to date when it starts."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("upgrade", help="bring the schema up to date")
    status = actions.add_parser("status", help="say where the database is and whether it is up to date")
    status.add_argument("--json", action="store_true", help="for programs")
    backup = actions.add_parser("backup", help="write a consistent copy to FILE, while the app runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="where to; one SQLite file, whatever the database")
    backup.add_argument("--overwrite", action="store_true", help="replace FILE where it is there")
    restore = actions.add_parser("restore", help="replace all that the database holds by FILE")
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restore.add_argument("--overwrite", action="store_true", help="even where the database holds something")


def run(arguments: argparse.Namespace) -> int:
    """Do the action."""
    settings = settings_from()
    match arguments.action:
        case "upgrade":
            done = keeping.upgrade(settings)
            print("\n".join(f"applied {name}" for name in done) or "The database is up to date.")
        case "status":
            return _status(keeping.status(settings), as_json=arguments.json)
        case "backup":
            keeping.back_up(settings, arguments.file, overwrite=arguments.overwrite)
            print(f"Backed up to {arguments.file}")
        case "restore":
            keeping.restore(settings, arguments.file, overwrite=arguments.overwrite)
            print(f"Restored {arguments.file} into {keeping.shown(settings)}. Everyone has to sign in anew.")
    return FINE


def _status(status: dict[str, str | list[str]], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(status, indent=2))
    else:
        print(f"database  {status['database']}")
        print(f"pending   {', '.join(status['pending']) or 'nothing: it is up to date'}")
    return FINDINGS if status["pending"] else FINE
