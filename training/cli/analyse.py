"""Analyse answers from any spreadsheet or the database: how good are the items, and what are the scores worth."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from training.cli import FINE, MISUSE

if TYPE_CHECKING:
    from training.formats.response_table import ResponseTable
    from training.measurement.analysis import Analysis
    from training.services.calibrating import Wanted

EXAMPLES = """examples:
  python -m training analyse answers.csv
  python -m training analyse answers.csv --key key.csv
  python -m training analyse answers.csv --model 2pl --json > items.json
  python -m training analyse --programme foundation-exam --model 2pl          (from the database, kept with its date)

A wide file has a row for each person and a column for each item; a first column of names or numbers is taken as the
person. A long file has the columns person, item and score. Cells hold a score from 0 to 1, or with a key the option
chosen; blank or NA is no answer. A key has the columns item and key (several right options as a|c), or an item per
column and one row. Commas, semicolons and tabs all separate.

With --programme the answers are those of exams that were handed in (--practice: of practice), and a model that was
fitted is kept in the database, where `assemble --calibration latest` finds it.

What is shown depends on how many answered: below 5 only counts, below 20 no correlation and no alpha, below 50 no
Rasch difficulty, below 100 no discrimination. Priors hold what has few answers: Rasch items below 100, 2PL items
below 500. "in all" is the share right if everybody had met the item, whoever saw it.
b is in standard deviations of ability, a in logits (without 1.702); Rasch items share one a."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("responses", type=Path, nargs="?", metavar="RESPONSES.csv", help="the answers, wide or long")
    parser.add_argument("--programme", metavar="SLUG", help="the answers in the database to this quiz instead")
    parser.add_argument("--practice", action="store_true", help="with --programme: practice instead of exams")
    parser.add_argument(
        "--model", choices=("ctt", "rasch", "2pl"), default="ctt", help="classical statistics only, or a model as well"
    )
    parser.add_argument("--key", type=Path, metavar="KEY.csv", help="the right options, where cells hold options")
    parser.add_argument("--no-priors", action="store_true", help="plain maximum likelihood, however few the answers")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the analysis; 2 where a file is not what it should be."""
    if (arguments.responses is None) == (arguments.programme is None):
        print("needlewise: give either a file of answers or --programme", file=sys.stderr)
        return MISUSE
    return _from_database(arguments) if arguments.programme else _from_file(arguments)


def _from_database(arguments: argparse.Namespace) -> int:
    from training.cli.product import product  # noqa: PLC0415 - a file needs no database
    from training.cli.shell_actor import SHELL  # noqa: PLC0415
    from training.core.blueprint import Mode  # noqa: PLC0415
    from training.services import calibrating  # noqa: PLC0415

    mode = Mode.PRACTICE if arguments.practice else Mode.EXAM
    wanted: Wanted = calibrating.Wanted(arguments.programme, arguments.model, mode, not arguments.no_priors)
    with product() as app:
        found = calibrating.analysed(app, SHELL, wanted)
        fitted = found.analysis.model.fit is not None
        if fitted:
            kept = calibrating.keep(app, SHELL, wanted, found)
            print(f"Kept as calibration {kept.id} of {kept.at:%Y-%m-%d}.", file=sys.stderr)
    _print(found.names, found.options, found.analysis, as_json=arguments.json)
    return FINE


def _from_file(arguments: argparse.Namespace) -> int:
    from training.formats.csv_columns import BadTable  # noqa: PLC0415 - `--help` must not wait for pyarrow
    from training.formats.response_table import read_key, read_responses  # noqa: PLC0415

    try:
        key = read_key(arguments.key) if arguments.key else None
        table = read_responses(arguments.responses, key)
    except BadTable as error:
        print(f"needlewise: {error}", file=sys.stderr)
        return MISUSE
    unknown = sorted(set(key or {}) - set(table.items))
    if unknown:
        print(f"needlewise: the key has items that nobody was asked: {', '.join(unknown)}", file=sys.stderr)
    analysis = _analysed(table, arguments)
    _print(table.items, table.options, analysis, as_json=arguments.json)
    return FINE


def _print(names: Sequence[str], options: Sequence[Sequence[str]], analysis: "Analysis", *, as_json: bool) -> None:
    if as_json:
        from training.measurement import told  # noqa: PLC0415

        _tell(analysis)
        print(json.dumps(told.as_json(names, analysis), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        from training.cli.analysis_text import as_text  # noqa: PLC0415

        print(as_text(names, options, analysis))


def _analysed(table: "ResponseTable", arguments: argparse.Namespace) -> "Analysis":
    from training.measurement.analysis import analyse  # noqa: PLC0415 - `--help` must not wait for NumPy
    from training.measurement.responses import Responses  # noqa: PLC0415

    answers = Responses(
        table.person, table.item, table.score, len(table.persons), len(table.items), choice=table.choice
    )
    model, priors = arguments.model, not arguments.no_priors
    return analyse(answers, model, right=table.right, names=table.options, priors=priors)


def _tell(analysis: "Analysis") -> None:
    """Say on standard error what was asked for and could not be given."""
    for note in analysis.model.notes:
        print(note, file=sys.stderr)
