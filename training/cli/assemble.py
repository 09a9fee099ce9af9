"""Build parallel forms of an exam and tell how alike they are."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.cli import FINE, MISUSE
from training.cli.ink import ink
from training.cli.product import product
from training.cli.quizzes import pool_of
from training.cli.shell_actor import SHELL
from training.content.live import LiveLibrary
from training.services import calibrating
from training.services.assembling import Built, Calibrated, Plan, build_forms
from training.services.releasing import keep
from training.services.settings import settings_from

MOST_FORMS = 100
LATEST = "latest"

EXAMPLES = """examples:
  python -m training assemble foundation-exam --forms 3
  python -m training assemble foundation-exam --forms 3 --calibration analysis.json   (what `analyse --json` prints)
  python -m training assemble foundation-exam --forms 3 --save                        (then sign them in the app)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("programme", metavar="PROGRAMME", help="the exam's name, such as foundation-exam")
    parser.add_argument("--forms", type=int, required=True, metavar="K", help="how many forms to build")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed builds the same forms (1)")
    parser.add_argument("--cap", type=int, default=1, metavar="N", help="how many forms an item may be in (1)")
    parser.add_argument("--overlap", type=int, default=0, metavar="N", help="how many items two forms may share (0)")
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="FILE",
        help="item parameters, as `analyse --json` prints; `latest` are those last kept in the database",
    )
    parser.add_argument("--save", action="store_true", help="keep the forms in the database, to be signed")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Build and print; refused where the banks cannot fill the forms."""
    if not 1 <= arguments.forms <= MOST_FORMS or arguments.cap < 1 or arguments.overlap < 0:
        print("needlewise: --forms is from 1 to 100, --cap from 1, --overlap from 0", file=sys.stderr)
        return MISUSE
    try:
        calibration = _calibration(arguments)
    except (ValueError, KeyError, TypeError):
        print(f"needlewise: {arguments.calibration} has no items with id, a and b", file=sys.stderr)
        return MISUSE
    plan = Plan(arguments.forms, arguments.seed, arguments.cap, arguments.overlap, calibration)
    built = build_forms(pool_of(LiveLibrary(settings_from().content_dir, None), arguments.programme), plan)
    print(json.dumps(_as_json(built), ensure_ascii=False, indent=2) if arguments.json else _as_text(built))
    if arguments.save:
        with product() as app:
            ids = keep(app, built, by="shell")
        print(f"Kept {len(ids)} forms; they wait for a signature in the app.", file=sys.stderr)
    return FINE


def _calibration(arguments: argparse.Namespace) -> Mapping[str, Calibrated] | None:
    """Read the calibration asked for: a file, or the latest in the database."""
    if arguments.calibration is None or str(arguments.calibration) != LATEST:
        return calibration_from(arguments.calibration) if arguments.calibration else None
    with product() as app:
        kept = calibrating.latest(app, SHELL, arguments.programme)
    print(f"Calibration {kept.id} of {kept.at:%Y-%m-%d}: {kept.model}, {kept.attempts} attempts.", file=sys.stderr)
    return calibrated_in(json.loads(kept.body))


def calibrated_in(told: Any) -> Mapping[str, Calibrated]:
    """Read item parameters from an analysis as JSON. Raises ValueError, KeyError or TypeError."""
    known = [each for each in told["items"] if each["b"] is not None]
    return {str(each["id"]): Calibrated(float(each["a"] or 1), float(each["b"])) for each in known}


def calibration_from(file: str | Path) -> Mapping[str, Calibrated]:
    """Read item parameters from what `analyse --json` prints. Raises ValueError, KeyError or TypeError."""
    return calibrated_in(json.loads(Path(file).read_text("utf-8")))


def _as_json(built: Built) -> dict[str, Any]:
    return {
        "forms": [
            {
                "items": [slot.question.item_id for slot in form.slots],
                "orders": [list(slot.order) for slot in form.slots],
                "cut": cut,
                "key_places": {str(size): list(counts.values()) for size, counts in keys.items()},
            }
            for form, cut, keys in zip(built.forms, built.cuts, built.keys, strict=True)
        ],
        "sums": [
            {"name": each.name, "target": each.target, "forms": list(each.forms), "deviation": each.deviation}
            for each in built.sums
        ],
        "most_shared": built.shared,
        "most_exposed": built.exposure,
        "bank_used": built.used,
    }


def _as_text(built: Built) -> str:
    heads = "".join(f"{'form ' + str(n):>10}" for n in range(1, len(built.forms) + 1))
    lines = [ink(f"{'':<30}{'target':>10}{heads}{'furthest':>10}", "bold")]
    for each in built.sums:
        cells = "".join(f"{value:>10.2f}" for value in each.forms)
        lines.append(f"{each.name:<30}{each.target:>10.2f}{cells}{100 * each.deviation:>9.2f}%")
    lines.append(f"{'questions':<40}" + "".join(f"{len(form.slots):>10}" for form in built.forms))
    if any(cut is not None for cut in built.cuts):
        lines.append(f"{'cut, percent':<40}" + "".join(f"{cut or 0:>10.2f}" for cut in built.cuts))
    lines.append(
        f"Two forms share {built.shared} items at most, an item is in {built.exposure} at most,"
        f" {100 * built.used:.0f} % of the fitting items are used."
    )
    return "\n".join(lines)
