"""Let test-wise bots that know no anatomy answer the banks, and tell what they win by which cue."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from training.cli import FINDINGS, FINE, MISUSE
from training.cli.ink import ink
from training.content.banks import load_bank
from training.content.bots.guessing import Performance
from training.content.libraries import load_library
from training.core.bank import Bank
from training.services.guessing import Group, Guessed, guess
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training bots                                     all banks of the content
  python -m training bots question_banks/contraindications.yaml
  python -m training bots contraindications safe-technique --json

Ends with 1 where a bot beats a bank, a domain, or all of them together, beyond chance."""
SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("banks", nargs="*", metavar="BANK", help="a bank's file or name (default: all)")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print what the bots did; 1 where one beats chance."""
    library, _ = load_library(settings_from().content_dir)
    banks: list[Bank] = []
    for name in arguments.banks:
        bank = library.banks.get(Path(name).stem) if not Path(name).is_file() else load_bank(name, _bytes(name))[0]
        if bank is None or not bank.slug:
            print(f"needlewise: there is no bank '{name}'", file=sys.stderr)
            return MISUSE
        banks.append(bank)
    found = guess(banks or tuple(library.banks.values()), tuple(library.banks.values()))
    print(json.dumps(_as_json(found), indent=2) if arguments.json else _as_text(found))
    return FINDINGS if found.beaten else FINE


def _bytes(name: str) -> bytes:
    return Path(name).read_bytes()


def _as_json(found: Guessed) -> dict[str, Any]:
    return {
        "beaten": found.beaten,
        "all": _group(found.whole),
        "banks": [_group(each) for each in found.banks],
        "domains": [_group(each) for each in found.domains],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "questions": group.questions,
        "chance": group.chance,
        "bots": [
            {
                "bot": each.bot, "questions": each.questions, "right": each.right, "score": each.share,
                "chance": each.chance, "low": each.low, "high": each.high, "p": each.p,
                "beats_chance": each.beats_chance, "items_won": [won.item_id for won in each.won],
                "won_by": {won.item_id: list(won.cues) for won in each.won},
            }
            for each in group.bots
        ],
    }  # fmt: skip


def _as_text(found: Guessed) -> str:
    groups = [("", found.whole), *(("bank ", each) for each in found.banks),
              *(("domain ", each) for each in found.domains)]  # fmt: skip
    lines: list[str] = []
    for kind, group in groups:
        asked = "1 question" if group.questions == 1 else f"{group.questions} questions"
        lines += [ink(f"{kind}{group.name}: {asked} with one right option", "bold")]
        lines += [_row(each) for each in sorted(group.bots, key=lambda each: each.p)]
        lines.append("")
    beaten = ", ".join(f"{kind}{group.name}" for kind, group in groups if group.beaten_by)
    verdict = f"A bot beats chance: {beaten}." if found.beaten else "No bot beats chance."
    return "\n".join([*lines, ink(verdict, "bad" if found.beaten else "good")])


def _row(each: Performance) -> str:
    if not each.questions:
        return f"  {each.bot:<17} has nothing to go by"
    span = f"{100 * each.low:.0f} to {100 * each.high:.0f} %"
    shown = ", ".join(f"{won.item_id} ({', '.join(won.cues)})" for won in each.won[:SHOWN])
    won = f"  wins {shown}{' …' if len(each.won) > SHOWN else ''}" if each.beats_chance else ""
    flag = "  BEATS CHANCE" if each.beats_chance else ""
    return (
        f"  {each.bot:<17} {each.right:>3} of {each.questions:<4}{100 * each.share:>4.0f} % ({span}),"
        f" chance {100 * each.chance:.0f} %{flag}{won}"
    )
