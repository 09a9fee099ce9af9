"""Make the derived tables again from the events."""

import argparse

from training.cli import FINE
from training.cli.bars import bar
from training.cli.product import product
from training.services.rebuilding import rebuild


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: none."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes them
    """Mark every attempt anew."""
    with product() as app, bar("Marking attempts") as told:
        count = rebuild(app, told)
    print(f"Marked {count} attempts anew.")
    return FINE
