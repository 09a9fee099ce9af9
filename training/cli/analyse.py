"""Analyse answers from any spreadsheet: how good are the items, and what are the scores worth."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.cli import FINE, MISUSE

if TYPE_CHECKING:
    from training.formats.response_table import ResponseTable
    from training.measurement.analysis import Analysis
    from training.measurement.shown import Shown

EXAMPLES = """examples:
  python -m training analyse answers.csv
  python -m training analyse answers.csv --key key.csv
  python -m training analyse answers.csv --model 2pl --json > items.json

A wide file has a row for each person and a column for each item; a first column of names or numbers is taken as the
person. A long file has the columns person, item and score. Cells hold a score from 0 to 1, or with a key the option
chosen; blank or NA is no answer. A key has the columns item and key (several right options as a|c), or an item per
column and one row. Commas, semicolons and tabs all separate.

What is shown depends on how many answered: below 5 only counts, below 20 no correlation and no alpha, below 50 no
Rasch difficulty, below 100 no discrimination. Priors hold what has few answers: Rasch items below 100, 2PL items
below 500. "in all" is the share right if everybody had met the item, whoever saw it.
b is in standard deviations of ability, a in logits (without 1.702); Rasch items share one a."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("responses", type=Path, metavar="RESPONSES.csv", help="the answers, wide or long")
    parser.add_argument(
        "--model", choices=("ctt", "rasch", "2pl"), default="ctt", help="classical statistics only, or a model as well"
    )
    parser.add_argument("--key", type=Path, metavar="KEY.csv", help="the right options, where cells hold options")
    parser.add_argument("--no-priors", action="store_true", help="plain maximum likelihood, however few the answers")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the analysis; 2 where a file is not what it should be."""
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
    if arguments.json:
        _tell(analysis)
        print(json.dumps(_as_json(table, analysis), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        from training.cli.analysis_text import as_text  # noqa: PLC0415

        print(as_text(table, analysis))
    return FINE


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


def _as_json(table: "ResponseTable", analysis: "Analysis") -> dict[str, Any]:
    test, fit, shown = analysis.test, analysis.model.fit, analysis.shown
    return {
        "test": {
            "n": test.n, "items": test.items, "mean": _number(test.mean), "sd": _number(test.sd),
            "alpha": _number(shown.alpha), "alpha_low": _number(shown.alpha_low),
            "alpha_high": _number(shown.alpha_high), "sem": _number(shown.sem),
        },
        "items": [_item(name, analysis, shown, place) for place, name in enumerate(table.items)],
        "model": {
            "name": analysis.model.name,
            "log_likelihood": _number(fit.log_likelihood) if fit else None,
            "iterations": fit.iterations if fit else None,
            "converged": fit.converged if fit else None,
        },
    }  # fmt: skip


def _item(name: str, analysis: "Analysis", shown: "Shown", place: int) -> dict[str, Any]:
    columns = ("p", "p_low", "p_high", "r_rest", "alpha_if_deleted", "a", "se_a", "b", "se_b")
    flags = [{"flag": flag.name, "reason": flag.reason} for flag in analysis.flags[place]]
    numbers = {column: _number(getattr(shown, column)[place]) for column in columns}
    return {"id": name, "n": int(analysis.items.n[place]), **numbers, "flags": flags}


def _number(value: float) -> float | None:
    """JSON has no NaN and no infinity: what cannot be said is null."""
    return float(value) if value - value == 0 else None
