"""Show an attempt as it was, and prove that its decision comes out the same from the stored paper and answers."""

import argparse
import json
from typing import Any

from training.cli import FINDINGS, FINE, MISUSE
from training.cli.bars import bar
from training.cli.ink import ink, wrapped
from training.cli.product import product
from training.core.form import Slot
from training.core.interaction import Value
from training.core.review import LETTERS
from training.core.score import Outcome
from training.services.replaying import Proof, Replay, replay, replay_all

EXAMPLES = """examples:
  python -m training replay 4f0c…            the paper, the answers, the decision and its grounds
  python -m training replay 4f0c… --json     the same for programs
  python -m training replay --all            every finished attempt; exit status 1 where one differs"""

MISSHOWN = "the result that pages and certificates go by is not what comes out; `python -m training rebuild` mends it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("attempt", metavar="ATTEMPT", nargs="?", help="the attempt's id, as in its address")
    parser.add_argument("--all", action="store_true", help="prove every finished attempt in the database")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Replay one attempt or all of them; 1 where a record differs or is missing."""
    if bool(arguments.attempt) == arguments.all:
        print("needlewise: name an attempt, or --all")
        return MISUSE
    with product() as app:
        if arguments.all:
            with bar("Replaying") as told:
                proof = replay_all(app, told)
            print(json.dumps(_proof_json(proof), indent=2) if arguments.json else _proof_text(proof))
            return FINE if proof.holds else FINDINGS
        found = replay(app, arguments.attempt)
    print(json.dumps(_as_json(found), ensure_ascii=False, indent=2) if arguments.json else _as_text(found))
    return FINE if found.holds else FINDINGS


def _proof_json(proof: Proof) -> dict[str, Any]:
    return {
        "attempts": proof.attempts, "holds": proof.holds,
        "different": list(proof.different), "unrecorded": list(proof.unrecorded),
        "misshown": list(proof.misshown), "unreadable": list(proof.unreadable),
    }  # fmt: skip


def _proof_text(proof: Proof) -> str:
    if proof.holds:
        return f"Replayed {proof.attempts} attempts: every decision came out the same, byte for byte."
    lines = [f"Replayed {proof.attempts} attempts."]
    lines += [f"  {each}: differs from its record" for each in proof.different]
    lines += [f"  {each}: has no record; `python -m training rebuild` makes one" for each in proof.unrecorded]
    lines += [f"  {each}: {MISSHOWN}" for each in proof.misshown]
    lines += [f"  {each}: is no longer what was stored; restore a backup" for each in proof.unreadable]
    return "\n".join(lines)


def _as_json(found: Replay) -> dict[str, Any]:
    attempt = found.attempt
    return {
        "attempt": attempt.id,
        "programme": attempt.form.programme,
        "started": attempt.started.isoformat(),
        "same": found.same,
        "shown_right": found.shown_right,
        "record": json.loads(found.now),
        "kept": json.loads(found.kept) if found.kept else None,
        "questions": [
            {
                "item_id": slot.question.item_id, "digest": slot.digest, "stem": slot.question.stem,
                "order": list(slot.order), "scored": slot.scored, "response": outcome.value,
                "fraction": outcome.fraction,
            }
            for slot, outcome in _rows(found)
        ],
    }  # fmt: skip


def _rows(found: Replay) -> list[tuple[Slot, Outcome]]:
    return list(zip(found.attempt.form.slots, found.score.outcomes, strict=True))


def _as_text(found: Replay) -> str:
    attempt = found.attempt
    head = f"{attempt.form.title}, begun {attempt.started:%Y-%m-%d %H:%M:%S} UTC, seed {attempt.form.seed}"
    lines = [ink(head, "bold")]
    for number, (slot, outcome) in enumerate(_rows(found), 1):
        lines += ["", wrapped(f"{number}. {slot.question.stem}")]
        lines += [f"   {letter}. {option.text}" for letter, option in zip(LETTERS, slot.options(), strict=False)]
        lines.append(f"   Answer: {_said(slot, outcome.value)} ({outcome.fraction:g} of 1)")
    return "\n".join([*lines, "", *_verdict(found)])


def _said(slot: Slot, value: Value) -> str:
    if value is None:
        return "none"
    letters = dict(zip(slot.order, LETTERS, strict=False))
    given = (value,) if isinstance(value, str) else value
    return ", ".join(letters.get(each, each) for each in given)


def _verdict(found: Replay) -> list[str]:
    score = found.score
    record = json.loads(found.now)
    decision = record["decision"]
    lines = [f"{score.points:g} of {score.max_points:g} points, {score.percent:.2f} %."]
    if decision:
        holds = [each["met"] or each["made_up_for"] for each in decision["grounds"]]
        rows = zip(holds, decision["grounds"], strict=True)
        lines += [f"{'met    ' if held else 'not met'}  {each['words']}" for held, each in rows]
        lines.append(ink("Passed." if decision["passed"] else "Not passed.", "bold"))
    if not found.shown_right:
        lines.append(ink(f"This attempt: {MISSHOWN}.", "bad"))
    if found.kept is None:
        return [*lines, ink("No record was kept of this attempt; `python -m training rebuild` makes one.", "bad")]
    if found.same:
        return [*lines, ink("The record kept at the time is the same, byte for byte.", "good")]
    return [*lines, ink("THE RECORD KEPT AT THE TIME DIFFERS.", "bad")]
