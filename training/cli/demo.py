"""Make a throw-away database with simulated learners, and serve it if asked."""

import argparse
import os
import secrets
import tempfile
from pathlib import Path

from training.cli import FINE
from training.cli.bars import bar
from training.cli.serve import serve

SEED = 2026


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--data-dir", type=Path, help="an empty folder for it (default: a new temporary one)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"the same seed, the same cohort ({SEED})")
    parser.add_argument("--serve", action="store_true", help="serve the app on it afterwards")
    parser.add_argument("--port", type=int, default=8501, metavar="PORT", help="with --serve: the port (8501)")


def run(arguments: argparse.Namespace) -> int:
    """Fill the database, say how to sign in, and serve."""
    from training.services.app import build_app  # noqa: PLC0415 - the arguments come first
    from training.services.demonstrating import demonstrate  # noqa: PLC0415
    from training.services.settings import settings_from  # noqa: PLC0415

    folder = arguments.data_dir or Path(tempfile.mkdtemp(prefix="needlewise-demo-"))
    os.environ["NEEDLEWISE_DATA_DIR"] = str(folder)
    os.environ.pop("NEEDLEWISE_DATABASE_URL", None)
    password = secrets.token_urlsafe(9)
    app = build_app(settings_from())
    with bar("Simulating learners") as told:
        made = demonstrate(app, password=password, seed=arguments.seed, told=told)
    app.database.close()
    print(f"{made.learners} simulated learners made {made.attempts} attempts in {folder}")
    print(f"Sign in with the password {password} as one of:")
    for email in made.emails:
        print(f"  {email}")
    if not arguments.serve:
        print(f"Serve it: NEEDLEWISE_DATA_DIR={folder} python -m training serve")
        return FINE
    return serve(arguments.port)
