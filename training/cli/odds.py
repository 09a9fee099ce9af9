"""How likely learners pass a programme, by what they truly know: once, and within the tries it allows."""

import argparse
import json
import sys

from training.cli import FINE, MISUSE
from training.cli.assemble import calibration_from
from training.cli.ink import ink
from training.cli.quizzes import pool_of
from training.content.live import LiveLibrary
from training.core.form import assemble
from training.services.settings import settings_from
from training.services.weighing import STEPS, Weighed, weigh

EXAMPLES = """examples:
  python -m training odds foundation-exam
  python -m training odds foundation-exam --tries 1 --guessing
  python -m training odds foundation-exam --knows 55 --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("programme", metavar="PROGRAMME", help="the quiz's name; a form of it is drawn by --seed")
    parser.add_argument("--knows", type=float, action="append", metavar="PERCENT", help="what a learner truly knows")
    parser.add_argument("--tries", type=int, metavar="N", help="how many tries (the policy's)")
    parser.add_argument("--guessing", action="store_true", help="what is not known is guessed among the options")
    parser.add_argument("--calibration", metavar="FILE", help="item parameters, as `analyse --json` prints")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the form and of the simulation (1)")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the odds and the sentence that sums them up."""
    try:
        calibration = calibration_from(arguments.calibration) if arguments.calibration else None
    except (ValueError, KeyError, TypeError):
        print(f"needlewise: {arguments.calibration} has no items with id, a and b", file=sys.stderr)
        return MISUSE
    steps = tuple(each / 100 for each in arguments.knows or ()) or STEPS
    if not all(0 <= each <= 1 for each in steps) or (arguments.tries is not None and arguments.tries < 1):
        print("needlewise: --knows is from 0 to 100 percent, --tries from 1", file=sys.stderr)
        return MISUSE
    form = assemble(pool_of(LiveLibrary(settings_from().content_dir, None), arguments.programme), seed=arguments.seed)
    weighed = weigh(
        form, tries=arguments.tries, guessing=arguments.guessing, seed=arguments.seed, steps=steps,
        calibration=calibration,
    )  # fmt: skip
    print(json.dumps(_as_json(weighed), indent=2) if arguments.json else _as_text(weighed))
    return FINE


def _as_json(weighed: Weighed) -> dict[str, object]:
    rows = [{"knows": each.knows, "once": each.once, "within": each.within} for each in weighed.odds]
    return {"tries": weighed.tries, "border": weighed.border, "odds": rows, "sentence": weighed.sentence}


def _as_text(weighed: Weighed) -> str:
    lines = [ink(f"{'truly knows':>12}{'passes once':>14}{f'within {weighed.tries}':>12}", "bold")]
    lines += [
        f"{100 * each.knows:>10.0f} %{100 * each.once:>12.1f} %{100 * each.within:>10.1f} %" for each in weighed.odds
    ]
    return "\n".join([*lines, "", weighed.sentence])
