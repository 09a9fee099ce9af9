"""Look after the database: bring it up to date, see where it stands, back it up, restore it."""

import argparse
import json
from pathlib import Path

from training.cli import FINDINGS, FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("upgrade", help="bring the schema up to date")
    status = actions.add_parser("status", help="say where the database is and whether it is up to date")
    status.add_argument("--json", action="store_true", help="for programs")
    backup = actions.add_parser("backup", help="write a consistent copy to FILE, while the app runs")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = actions.add_parser("restore", help="put FILE back, with the app stopped")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--overwrite", action="store_true", help="replace what is there")


def run(arguments: argparse.Namespace) -> int:
    """Do the action."""
    from training.services import keeping  # noqa: PLC0415
    from training.services.settings import settings_from  # noqa: PLC0415

    settings = settings_from()
    match arguments.action:
        case "upgrade":
            done = keeping.upgrade(settings)
            print("\n".join(f"applied {name}" for name in done) or "The database is up to date.")
        case "status":
            return _status(keeping.status(settings), as_json=arguments.json)
        case "backup":
            keeping.back_up(settings, arguments.file)
            print(f"Backed up to {arguments.file}")
        case "restore":
            keeping.restore(settings, arguments.file, overwrite=arguments.overwrite)
            print(f"Restored {arguments.file} into {keeping.shown(settings)}")
    return FINE


def _status(status: dict[str, str | list[str]], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(status, indent=2))
    else:
        print(f"database  {status['database']}")
        print(f"pending   {', '.join(status['pending']) or 'nothing: it is up to date'}")
    return FINDINGS if status["pending"] else FINE
