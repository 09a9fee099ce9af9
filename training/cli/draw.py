"""Draw a form from a programme by its seed, to see what a learner would get."""

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from training.cli import FINE, MISUSE
from training.cli.quizzes import pool_of
from training.content.live import LiveLibrary
from training.core.form import Form, Slot, assemble
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training draw mixed-practice --seed 7
  python -m training draw mixed-practice --seed 7 --json > first.json
  python -m training draw mixed-practice --seed 8 --seen first.json     what comes after it"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("programme", metavar="PROGRAMME", help="the quiz's name, such as mixed-practice")
    parser.add_argument("--seed", type=int, required=True, metavar="N", help="the same seed draws the same form")
    parser.add_argument("--seen", type=Path, metavar="FILE", help="a form drawn before, as JSON: its items were met")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the form; refused where the banks cannot fill the blueprint."""
    try:
        seen = _seen(arguments.seen) if arguments.seen else {}
    except (ValueError, KeyError, TypeError):
        print(f"needlewise: {arguments.seen} is no form; make one with `draw … --json`", file=sys.stderr)
        return MISUSE
    pool = pool_of(LiveLibrary(settings_from().content_dir, None), arguments.programme)
    form = assemble(pool, seed=arguments.seed, seen=seen)
    print(json.dumps(_as_json(form), ensure_ascii=False, indent=2) if arguments.json else _as_text(form))
    return FINE


def _seen(file: Path) -> dict[str, datetime]:
    """Read which items were met; when is not told in a form, so they count as met one after the other."""
    questions = json.loads(file.read_text("utf-8"))["questions"]
    return {
        question.get("case") or question["item_id"]: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=place)
        for place, question in enumerate(questions)
    }


def _as_json(form: Form) -> dict[str, Any]:
    return {
        "programme": form.programme,
        "seed": form.seed,
        "content": form.content,
        "questions": [_question(form, slot) for slot in form.slots],
    }


def _question(form: Form, slot: Slot) -> dict[str, Any]:
    question = slot.question
    return {
        "item_id": question.item_id,
        "digest": slot.digest,
        "section": form.sections[slot.section],
        "domain": question.domain,
        "objective": question.objective,
        "level": question.level,
        "safety": question.safety,
        "options": list(slot.order),
        "interaction": question.interaction.kind,
        **({"case": question.group.case, "part": question.group.part, "context": question.context}
           if question.group else {}),
        "stem": question.stem,
        "texts": {option.id: option.text for option in slot.options()},
    }  # fmt: skip


def _as_text(form: Form) -> str:
    head = f"{form.title}, seed {form.seed}: {len(form.slots)} questions"
    rows = [
        f"{number:>3}  {slot.question.item_id:<40} {slot.question.objective:>5}  {slot.question.level:<8}"
        f" {slot.question.safety:<9} {' '.join(slot.order)}"
        for number, slot in enumerate(form.slots, 1)
    ]
    return "\n".join([head, *rows])
