"""Bring questions of other systems into a bank, each reported beside its source."""

import argparse
import json
import sys
from pathlib import Path

from training.cli import FINDINGS, FINE, MISUSE
from training.cli.shell_actor import SHELL
from training.core.problem import Severity
from training.core.question import Level
from training.formats import FORMATS
from training.formats.drafting import Defaults
from training.services import exchanging
from training.services.exchanging import Fate, Given, OnConflict, Review
from training.services.keeping_files import write_file
from training.services.reviewing_imports import as_data, as_lines

EXAMPLES = """examples:
  python -m training import quiz.gift                                        look only, nothing is written
  python -m training import quiz.gift --into question_banks/knee.yaml --report report.json
  python -m training import old.txt --from aiken --into knee.yaml --objective 2.4 --on-conflict both

Every item arrives as a draft. What the file does not say (objective, source, reasons) is marked in the bank, and
`check` lists it. Ends with 0 where every question came in, 1 where one did not (with --strict: or lost something)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    readable = [each.name for each in FORMATS if each.read]
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to read")
    parser.add_argument("--from", dest="form", choices=readable, help="its format (default: guessed)")
    parser.add_argument(
        "--into", type=Path, metavar="BANK.yaml", help="the bank to make or add to; without it, look only"
    )
    parser.add_argument("--report", type=Path, metavar="REPORT.json", help="write the review to a file, as JSON")
    parser.add_argument("--on-conflict", choices=[*OnConflict], default=OnConflict.KEEP,
                        help="with an item that is in the bank already: keep it, replace it, or have both")  # fmt: skip
    parser.add_argument("--objective", default="", metavar="ID", help="the objective of items that name none")
    parser.add_argument("--level", choices=[*Level], default=Level.RECALL, help="the level of items that name none")
    parser.add_argument("--author", default="", metavar="NAME", help="the author of items that name none")
    parser.add_argument("--strict", action="store_true", help="what is lost or doubtful counts as a finding too")
    parser.add_argument("--json", action="store_true", help="print the review for programs")


def run(arguments: argparse.Namespace) -> int:
    """Read, write the bank where one is named, and tell what became of each question."""
    if arguments.into and arguments.into.suffix not in (".yaml", ".yml"):
        print(f"needlewise: {arguments.into} is no YAML file; a bank ends in .yaml", file=sys.stderr)
        return MISUSE
    defaults = Defaults(arguments.objective, Level(arguments.level), arguments.author)
    given = Given(arguments.file.read_bytes(), arguments.file.name, arguments.form or "", defaults)
    on_conflict = OnConflict(arguments.on_conflict)
    if arguments.into:
        review = exchanging.bring_in(SHELL, given, arguments.into, on_conflict)
    else:
        review = exchanging.look(SHELL, given, on_conflict=on_conflict)
    told = json.dumps(as_data(review), ensure_ascii=False, indent=2) + "\n"
    if arguments.report:
        write_file(arguments.report, told.encode())
    print(told if arguments.json else "\n".join(as_lines(review, into=str(arguments.into or ""))))
    return FINDINGS if _counts(review, strict=arguments.strict) else FINE


def _counts(review: Review, *, strict: bool) -> bool:
    """Say whether a question did not come in, or with `strict` whether anything at all was lost or doubtful."""
    severities = {
        problem.severity for problem in (*review.problems, *(p for row in review.rows for p in row.read.problems))
    }
    missed = Severity.ERROR in severities or any(row.fate in (Fate.SKIPPED, Fate.NO_ITEM) for row in review.rows)
    return missed or (strict and (Severity.WARNING in severities or any(row.read.losses for row in review.rows)))
