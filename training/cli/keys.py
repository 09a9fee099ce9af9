"""Show the keys that sign certificates, or change the one in use."""

import argparse
import json

from training.cli import FINE
from training.cli.product import product
from training.core.permission import Actor, Role
from training.services import signing, verifying

EXAMPLES = """examples:
  python -m training keys                    the history of keys, oldest first
  python -m training keys --rotate           make a new key; the old one vouches for it"""


KEEPER = Actor("shell", "The shell", frozenset({Role.ADMINISTRATOR}))
"""Whoever can read the data folder holds the key anyway."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("--rotate", action="store_true", help="sign with a new key from now on")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the public keys; the private one is never printed."""
    with product() as app:
        if arguments.rotate:
            signing.rotate(app, KEEPER)
        issuer = verifying.issuer(app)
    if arguments.json:
        print(json.dumps(issuer, indent=2))
        return FINE
    for entry in issuer["keyHistory"]:
        by = f", vouched for by {entry['previous']}" if entry["previous"] else ""
        print(f"{entry['key']}  since {entry['since']}{by}")
    return FINE
