"""Count the items of every objective, and name what is missing to the blueprint's figures."""

import argparse
import json
from typing import Any

from training.cli import FINDINGS, FINE
from training.content.libraries import load_library
from training.core.coverage import Covered, Stock, covered, held_back, stock, wants
from training.core.question import Level
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training coverage
  python -m training coverage --json > coverage.json

Ends with 0 where every objective has its items (4; 6 where it is critical, 8 where it is a sentinel) and the
whole stock its figures, 1 where something is missing. An objective that `awaits` something in objectives.yaml has its
items written and in review: it is named, and not counted as missing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print objectives, levels and counts; 1 where a figure is not reached."""
    library, _ = load_library(settings_from().content_dir)
    rows, total = covered(library), stock(library)
    missing = wants(rows, total)
    print(json.dumps(_as_json(rows, total, missing), indent=2) if arguments.json else _as_text(rows, total, missing))
    return FINDINGS if missing else FINE


def _as_json(rows: list[Covered], total: Stock, missing: list[str]) -> dict[str, Any]:
    return {
        "objectives": [_row(row) for row in rows],
        "items": total.items,
        "levels": dict(total.levels),
        "types": dict(total.types),
        "practice_only": dict(total.practice),
        "waiting_in_review": total.waiting,
        "held_back": held_back(rows),
        "missing": missing,
    }


def _row(row: Covered) -> dict[str, Any]:
    return {
        "objective": row.objective.id,
        "domain": row.domain.id,
        "safety": row.objective.safety,
        "needed": row.needed,
        "items": row.drawable,
        "missing": row.missing,
        "awaits": row.objective.awaits,
        "levels": {level.value: row.levels.get(level.value, 0) for level in Level},
        "waiting_in_review": row.waiting,
        "check_yourself": row.check_yourself,
    }


def _as_text(rows: list[Covered], total: Stock, missing: list[str]) -> str:
    names = ("needed", 7), ("items", 7), ("recall", 8), ("apply", 7), ("analyse", 9), ("in review", 11)
    head = f"{'objective':<10}{'safety':<10}" + "".join(f"{name:>{width}}" for name, width in names)
    lines = [
        f"{row.objective.id:<10}{row.objective.safety:<10}{row.needed:>7}{row.drawable:>7}"
        f"{row.levels.get('recall', 0):>8}{row.levels.get('apply', 0):>7}{row.levels.get('analyse', 0):>9}"
        f"{row.waiting:>11}"
        for row in rows
    ]
    sums = (
        f"{total.items} items, {total.judgement:.0f} % application or judgement, {total.true_false:.1f} % true or "
        f"false; {sum(total.practice.values())} more for practice only; {total.waiting} more wait in review."
    )
    held = (f"held back: {each}" for each in held_back(rows))
    return "\n".join([head, *lines, "", sums, *held, *(f"missing: {each}" for each in missing)])
