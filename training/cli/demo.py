"""Make a throw-away database with simulated learners, and serve it if asked."""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from training.cli import FINE
from training.cli.bars import bar
from training.cli.ink import ink
from training.cli.product import product
from training.cli.serve import PORT, ROOT, port_number, ready, serve
from training.services.demonstrating import PASSWORD, Demonstration, demonstrate

SEED = 2026


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--data-dir", type=Path, help="an empty folder for it (default: a new temporary one)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"the same seed, the same cohort ({SEED})")
    parser.add_argument("--serve", action="store_true", help="serve the app on it afterwards")
    parser.add_argument(
        "--port",
        type=port_number,
        default=PORT,
        metavar="PORT",
        help="for --serve (PORT of the environment, else 8501)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Fill the database, say how to sign in, and serve."""
    folder = arguments.data_dir or Path(tempfile.mkdtemp(prefix="needlewise-demo-"))
    os.environ["NEEDLEWISE_DATA_DIR"] = str(folder)
    os.environ.pop("NEEDLEWISE_DATABASE_URL", None)  # whatever it names is not for throwing away
    with product() as app, bar("Simulating learners") as told:
        made = demonstrate(app, seed=arguments.seed, told=told)
    print(_summary(made), flush=True)
    if not arguments.serve:
        print(f"\nServe it: python -m training serve --data-dir '{folder}'\nThrow it away: rm -r '{folder}'")
        return FINE
    return serve(arguments.port) if arguments.data_dir else _serve_and_throw_away(arguments.port, folder)


def _serve_and_throw_away(port: int, folder: Path) -> int:
    try:
        server = subprocess.Popen(ready(port), cwd=ROOT)  # noqa: S603 - our own interpreter and our own script
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the server too
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        server.wait()
    finally:
        shutil.rmtree(folder)
    return FINE


def _summary(made: Demonstration) -> str:
    lines = [f"{made.learners} simulated learners made {made.attempts} attempts.", ""]
    lines.append(f"Sign in with the password {ink(PASSWORD, 'bold')} as")
    return "\n".join([*lines, *(f"  {email}" for email in made.emails)])
