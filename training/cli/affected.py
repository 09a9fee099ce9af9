"""List all that rests on a claim: items, sections, quizzes, and the forms that learners sat."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from training.cli import FINE, MISUSE
from training.cli.product import product
from training.cli.shell_actor import SHELL
from training.content.wording import did_you_mean
from training.core.credential import Issued, State
from training.core.permission import Actor, Role
from training.services import tracing
from training.services.tracing import Affected

EXAMPLES = """examples:
  python -m training affected a10
  python -m training affected a10 --json

The claims stand in question_banks/claims.yaml."""


KEEPER = Actor("shell", "The shell", frozenset({Role.COORDINATOR}))
"""Whoever can read the database can read its certificates anyway."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("claim", metavar="CLAIM", help="the claim's id, such as a10")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print what rests on the claim; an unknown claim is misuse."""
    name = arguments.claim.lower()
    with product() as app:
        if name not in app.library.claims:
            print(f"needlewise: there is no claim '{name}'. {did_you_mean(name, app.library.claims)}".rstrip(),
                  file=sys.stderr)  # fmt: skip
            return MISUSE
        found, held = tracing.affected(app, SHELL, name), tracing.certificates_on(app, KEEPER, name)
    if arguments.json:
        print(json.dumps(_as_json(found) | {"certificates": _held(held)}, ensure_ascii=False, indent=2))
    else:
        print(_as_text(found))
        print(f"\nCertificates whose exam asked one of them: {len(held) or 'none'}")
        for row in _held(held):
            print(f"  {row['number']}: {row['name']}, {row['programme']}, {row['state']}")
    return FINE


def _as_json(found: Affected) -> dict[str, Any]:
    resting = found.resting
    return {
        "claim": resting.claim.model_dump(mode="json"),
        "misconceptions": [each.id for each in resting.misconceptions],
        "items": [
            {"id": row.item.id, "bank": row.bank.slug, "status": row.item.status, "named": row.named,
             "misconceptions": list(row.beliefs)}
            for row in resting.items
        ],
        "sections": [{"module": row.module.slug, "section": row.section.id} for row in resting.sections],
        "programmes": [each.slug for each in resting.programmes],
        "forms": dict(found.forms),
    }  # fmt: skip


def _as_text(found: Affected) -> str:
    resting, claim = found.resting, found.resting.claim
    lines = [
        f"{claim.id}: {claim.statement}",
        f"Verdict: {claim.verdict}; certainty: {claim.certainty}; read: {claim.verified}, checked {claim.checked}",
        f"Misconceptions: {', '.join(each.id for each in resting.misconceptions) or 'none'}",
    ]
    for title, rows in (
        ("Items", [f"{row.item.id} ({row.bank.slug}, {row.item.status})" + _through(row.beliefs)
                   for row in resting.items]),
        ("Sections", [f"{row.module.slug}: {row.section.title}" for row in resting.sections]),
        ("Quizzes that may draw one of the items", [each.slug for each in resting.programmes]),
        ("Forms sat that asked one of them", [f"{name}: {number}" for name, number in found.forms.items()]),
    ):  # fmt: skip
        lines += ["", f"{title}: {len(rows) or 'none'}", *(f"  {row}" for row in rows)]
    return "\n".join(lines)


def _held(found: Sequence[tuple[Issued, State]]) -> list[dict[str, str]]:
    return [
        {"number": each.credential.number, "name": each.credential.name, "programme": each.credential.programme,
         "state": state.value}
        for each, state in found
    ]  # fmt: skip


def _through(beliefs: tuple[str, ...]) -> str:
    return f", through {', '.join(beliefs)}" if beliefs else ""
