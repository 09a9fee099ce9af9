"""Write banks for other systems, or on paper, and list what they cannot hold."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from training.cli import FINDINGS, FINE, MISUSE
from training.cli.shell_actor import SHELL
from training.content.banks import load_bank
from training.core.bank import Bank
from training.core.items import Status
from training.core.problem import Severity
from training.formats import FORMATS
from training.formats.base import Written
from training.services import exchanging
from training.services.keeping_files import write_file

EXAMPLES = """examples:
  python -m training export question_banks/safe-technique.yaml --to gift --output safe-technique.gift
  python -m training export question_banks/*.yaml --to csv --output all.csv --status approved

Ends with 0 where every item is in the file (with --strict: and lost nothing), 1 where one was left out."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("banks", nargs="+", type=Path, metavar="BANK.yaml", help="the banks to write, as one file")
    parser.add_argument("--to", dest="form", choices=[each.name for each in FORMATS if each.write], required=True,
                        help="the format to write")  # fmt: skip
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument("--status", choices=[*Status], help="only items with this status")
    parser.add_argument("--with-key", action="store_true", help="of a paper: print the key and the reasons too")
    parser.add_argument("--strict", action="store_true", help="what is lost counts as a finding too")
    parser.add_argument("--json", action="store_true", help="print what is lost for programs")


def run(arguments: argparse.Namespace) -> int:
    """Write the file whole or not at all, and tell what it does not hold."""
    banks = []
    for path in arguments.banks:
        bank, problems = load_bank(path.name, path.read_bytes())
        broken = [problem for problem in problems if problem.severity is Severity.ERROR]
        if broken:
            print(f"needlewise: {broken[0]}; mend the bank first (`check`), nothing was written", file=sys.stderr)
            return MISUSE
        wanted = [item for item in bank.items if arguments.status in (None, item.status)]
        banks.append(Bank(bank.slug, bank.title, wanted, bank.file))
    now = datetime.now(UTC)  # noqa: TID251 - the shell is where now is known
    root = _root_of(arguments.banks[0])
    written = exchanging.send_out(SHELL, banks, arguments.form, now, root=root, with_key=arguments.with_key)
    write_file(arguments.output, written.data)
    count = sum(len(bank.items) for bank in banks) - len(written.left_out)
    _tell(written, count, arguments)
    return FINDINGS if written.left_out or (arguments.strict and written.losses) else FINE


def _root_of(bank: Path) -> Path:
    """Give the content root of a bank: the folder above question_banks, or its own."""
    home = bank.resolve().parent
    return home.parent if home.name == "question_banks" else home


def _tell(written: Written, count: int, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print(json.dumps(_data(written, count), ensure_ascii=False, indent=2))
        return
    for problem in written.left_out:
        print(problem.message)
    for loss in written.losses:
        print(f"{loss.item}: {loss.field}: {loss.what}")
    left_out, lost = len(written.left_out), len(written.losses)
    print(f"{arguments.output}: {count} questions written, {left_out} left out, {lost} losses.")


def _data(written: Written, count: int) -> dict[str, Any]:
    return {
        "written": count,
        "left_out": [problem.message for problem in written.left_out],
        "losses": [{"item": loss.item, "field": loss.field, "what": loss.what} for loss in written.losses],
    }
