"""Derive a programme's contact hours by an accreditor's rule, step by step, fit to print."""

import argparse
import json
from dataclasses import asdict

from training.cli import FINE
from training.cli.ink import ink, wrapped
from training.cli.quizzes import pool_of
from training.content.live import LiveLibrary
from training.services.deriving import hours, workload
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training hours foundation-exam --rule boc-home-study
  python -m training hours foundation-exam --rule iacet-ceu --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("programme", metavar="PROGRAMME", help="the quiz's name")
    parser.add_argument("--rule", default="", metavar="ID", help="a rule of the register (the programme's own)")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the derivation."""
    content = LiveLibrary(settings_from().content_dir, None)
    programme = pool_of(content, arguments.programme).programme
    library = content.current()
    found = hours(library, programme, arguments.rule)
    if arguments.json:
        work = asdict(workload(library, programme))
        print(json.dumps({"programme": programme.slug, **asdict(found), "workload": work}, indent=2))
        return FINE
    head = ink(wrapped(f"{programme.title}: {found.said}"), "bold")
    print("\n".join([head, *(wrapped(step, indent="     ", first="  ") for step in found.steps)]))
    return FINE
