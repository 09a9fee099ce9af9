"""Make the derived tables again from the events."""

import argparse

from training.cli import FINE
from training.cli.bars import bar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: none."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes them
    """Mark every attempt anew."""
    from training.services.app import build_app  # noqa: PLC0415
    from training.services.rebuilding import rebuild  # noqa: PLC0415
    from training.services.settings import settings_from  # noqa: PLC0415

    app = build_app(settings_from())
    with bar("Marking attempts") as told:
        count = rebuild(app, told)
    app.database.close()
    print(f"Rebuilt the results of {count} attempts.")
    return FINE
