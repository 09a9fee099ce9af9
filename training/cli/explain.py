"""Print the manual page of a problem code: what it is, why it matters, a bad and a good example."""

import argparse
import sys

from training.cli import FINE, MISUSE
from training.content.rules import codes, manual


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="for example B201; without one, every code is listed")


def run(arguments: argparse.Namespace) -> int:
    """Print one page, or the list of codes with their first lines."""
    known = codes()
    if arguments.code is None:
        for code in known:
            print(f"{code}  {manual(code).strip().splitlines()[0]}")
        return FINE
    code = arguments.code.upper()
    if code not in known:
        print(f"needlewise: there is no code {code}; `python -m training explain` lists them", file=sys.stderr)
        return MISUSE
    print(manual(code).strip())
    return FINE
