"""Check a certificate's PDF or JSON without a network."""

import argparse
import json
import sys
from pathlib import Path

from training.cli import FINDINGS, FINE, MISUSE

EXAMPLES = """examples:
  python -m training verify certificate.pdf
  python -m training verify certificate.json --status revocation.json --json
  python -m training verify certificate.pdf --trust z6Mk…

Where the data folder has the product's database, its keys are trusted and its lists of revoked and suspended
certificates are looked into. Elsewhere, name the issuer's key: it stands at /keys of the issuer's address.

exit status: 0 valid, 1 anything else, 2 misuse"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("file", metavar="FILE", type=Path, help="the PDF or the JSON")
    parser.add_argument("--trust", metavar="KEY", action="append", default=[], help="a key of the issuer, as z6Mk…")
    parser.add_argument(
        "--status", metavar="LIST", type=Path, action="append", default=[], help="a status list that was saved before"
    )
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Say what the file proves."""
    from training.documents.checking import NotAList  # noqa: PLC0415 - `--help` must not wait for it
    from training.documents.proofs import NotProven  # noqa: PLC0415 - `--help` must not wait for it
    from training.services import verifying  # noqa: PLC0415

    if not arguments.file.is_file():
        print(f"needlewise: {arguments.file} is not there.", file=sys.stderr)
        return MISUSE
    data, lists = arguments.file.read_bytes(), [each.read_bytes() for each in arguments.status]
    try:
        found = verifying.check_here(data, frozenset(arguments.trust), lists)
    except NotAList as refused:
        print(f"needlewise: A status list that was given cannot be used: {refused}.", file=sys.stderr)
        return MISUSE
    except NotProven as refused:
        _print({"genuine": False, "reason": str(refused)}, f"Not genuine: {refused}.", as_json=arguments.json)
        return FINDINGS
    _print(found.as_json(), found.as_text(), as_json=arguments.json)
    return FINE if found.good else FINDINGS


def _print(data: dict[str, object], text: str, *, as_json: bool) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)
