"""Make the derived tables again from the events, or prove that they are as the events have them."""

import argparse
import json
import sys
from dataclasses import asdict

from training.cli import FINDINGS, FINE, MISUSE
from training.cli.bars import bar
from training.cli.product import product
from training.services.checking_sums import Checked, Different, check
from training.services.rebuilding import rebuild

EXAMPLES = """examples:
  python -m training rebuild
  python -m training rebuild --check            writes nothing; exit status 1 where something differs, and what
  python -m training rebuild --check --json     the same for programs"""

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("--check", action="store_true", help="write nothing: say what differs from the answers")
    parser.add_argument("--json", action="store_true", help="with --check: for programs")


def run(arguments: argparse.Namespace) -> int:
    """Mark every attempt anew, or hold what is kept against it."""
    if arguments.json and not arguments.check:
        print("needlewise: --json goes with --check", file=sys.stderr)
        return MISUSE
    if arguments.check:
        return _check(as_json=arguments.json)
    with product() as app, bar("Marking attempts") as told:
        count = rebuild(app, told)
    print(f"Marked {count} attempts anew.")
    return FINE


def _check(*, as_json: bool) -> int:
    with product() as app, bar("Marking attempts") as told:
        found = check(app, told)
    print(json.dumps({"holds": found.holds, **asdict(found)}, indent=2) if as_json else _in_words(found))
    return FINE if found.holds else FINDINGS


def _in_words(found: Checked) -> str:
    head = f"Marked {found.attempts} attempts anew, and wrote nothing"
    if found.holds:
        return f"{head}: outcomes and sums are exactly those of the answers."
    lines = [f"{head}. {len(found.different)} things differ:", *map(_line, found.different[:SHOWN])]
    if len(found.different) > SHOWN:
        lines.append(f"  and {len(found.different) - SHOWN} more: --json names all")
    return "\n".join([*lines, "`python -m training rebuild` makes them again."])


def _line(each: Different) -> str:
    if not each.kept and not each.made:
        return f"  {each.table}: {each.what}: not as it is marked"
    return f"  {each.table}: {each.what}: {_numbers(each.kept)}, should be {_numbers(each.made)}"


def _numbers(values: tuple[int, ...]) -> str:
    return " ".join(map(str, values)) or "nothing"
