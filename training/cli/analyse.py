"""Analyse answers from any spreadsheet or the database: how good are the items, and what are the scores worth."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from training.cli import FINE, MISUSE

if TYPE_CHECKING:
    from training.cli.analysed import Looked
    from training.services.calibrating import Wanted

EXAMPLES = """examples:
  python -m training analyse answers.csv
  python -m training analyse answers.csv --key key.csv
  python -m training analyse answers.csv --model 2pl --json > items.json
  python -m training analyse moodle.csv --leave-out "First name" --leave-out State --leave-out Total
  python -m training analyse answers.csv --group class                        (a column of the file)
  python -m training analyse spring.csv --model rasch --link autumn.csv
  python -m training analyse --programme foundation-exam --model 2pl          (from the database, kept with its date)
  python -m training analyse --programme foundation-exam --model 2pl --group cohort --link latest
  python -m training analyse --programme foundation-exam --since 2026-09-01 --until 2026-09-30
  python -m training analyse --programme foundation-exam --cohort "Spring class"

A wide file has a row for each person and a column for each item; a first column of names or numbers, or with no title,
is taken as the person. A long file has the columns person, item and score, in any order and beside others. Cells hold a
score from 0 to 1, or with a key the option chosen; blank, NA, - or a lone full stop is no answer. Partial credit is a
score between 0 and 1: divide points by the most there is. A row or column of totals or means is refused, with its line
or name. A key has the columns item and key (several right options as a|c), or an item per column and one row. Commas,
semicolons, tabs and bars all separate; UTF-8 and UTF-16 are read, and anything else as Windows-1252, which is said.

With --programme the answers are those of exams that were handed in (--practice: of practice), and a model that was
fitted is kept in the database, where `assemble --calibration latest` finds it. --since and --until (days in UTC, both
included) and --cohort (its title or id) narrow them to a part, which is added up from the answers themselves; a model
of a part is shown, and not kept. Of fewer than five learners nothing is told.

--group names a column of the answers, or a file with the columns person and group; with --programme it is the word
cohort. Each group of 50 or more is compared with the largest, item by item, at equal ability (Mantel-Haenszel).
Wherever a model was fitted, pairs of items that hang together are named (Q3). --link says how abilities become those on
the scale of another form, by the items both share: a file of answers, what --json printed, or with --programme the word
latest, for the calibration before, or the id of any other, or how it begins. There, pairs and groups count the first
attempt of each learner.

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
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="COLUMN", help="a column that is no item; repeat it"
    )
    parser.add_argument("--group", metavar="GROUP", help="compare groups: a column, a file person,group, or cohort")
    parser.add_argument("--link", metavar="OTHER", help="the scale of another form: answers, JSON, latest, or an id")
    parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="handed in on this day or later")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="handed in on this day or before")
    parser.add_argument("--cohort", default="", metavar="COHORT", help="by those who are in this cohort")
    parser.add_argument("--no-priors", action="store_true", help="plain maximum likelihood, however few the answers")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the analysis; 2 where a file is not what it should be."""
    wrong = _misuse(arguments)
    if wrong:
        print(f"needlewise: {wrong}", file=sys.stderr)
        return MISUSE
    return _from_database(arguments) if arguments.programme else _from_file(arguments)


def _misuse(arguments: argparse.Namespace) -> str:
    if (arguments.responses is None) == (arguments.programme is None):
        return "give either a file of answers or --programme"
    if arguments.link and arguments.model == "ctt":
        return "--link needs --model rasch or --model 2pl: classical statistics have no scale to link"
    if arguments.programme and arguments.group not in {None, "cohort"}:
        return "with --programme, --group is the word cohort"
    if arguments.programme and arguments.leave_out:
        return "--leave-out names columns of a file, and with --programme there is none"
    if not arguments.programme and (arguments.since or arguments.until or arguments.cohort):
        return "--since, --until and --cohort narrow answers in the database: give --programme"
    if arguments.since and arguments.until and arguments.since > arguments.until:
        return "--since is after --until"
    return ""


def _from_database(arguments: argparse.Namespace) -> int:
    from training.cli.analysed import Looked  # noqa: PLC0415 - `--help` must not wait for pyarrow
    from training.cli.product import product  # noqa: PLC0415 - a file needs no database
    from training.cli.shell_actor import SHELL  # noqa: PLC0415
    from training.core.blueprint import Mode  # noqa: PLC0415
    from training.services import calibrating  # noqa: PLC0415

    mode = Mode.PRACTICE if arguments.practice else Mode.EXAM
    wanted: Wanted = calibrating.Wanted(
        arguments.programme, arguments.model, mode, not arguments.no_priors,
        by_cohort=arguments.group is not None, linked=arguments.link or "",
        part=calibrating.Part(arguments.since, arguments.until, arguments.cohort),
    )  # fmt: skip
    with product() as app:
        found = calibrating.analysed(app, SHELL, wanted)
        fitted = found.analysis.model.fit is not None
        if fitted and wanted.part == calibrating.EVERYTHING:
            kept = calibrating.keep(app, SHELL, wanted, found)
            print(f"Kept as calibration {kept.id} of {kept.at:%Y-%m-%d}.", file=sys.stderr)
    _print(Looked(found.names, found.options, found.analysis, found.further), arguments, found.linked_to)
    return FINE


def _from_file(arguments: argparse.Namespace) -> int:
    from training.cli.analysed import looked_at  # noqa: PLC0415 - `--help` must not wait for pyarrow
    from training.formats.csv_columns import BadTable  # noqa: PLC0415

    try:
        looked = looked_at(arguments)
    except BadTable as error:
        print(f"needlewise: {error}", file=sys.stderr)
        return MISUSE
    for note in looked.notes:
        print(f"needlewise: {note}", file=sys.stderr)
    _print(looked, arguments, Path(arguments.link).name if arguments.link else "")
    return FINE


def _print(looked: "Looked", arguments: argparse.Namespace, other: str) -> None:
    if arguments.json:
        from training.measurement import told  # noqa: PLC0415

        for note in looked.analysis.model.notes:  # what was asked for and could not be given
            print(note, file=sys.stderr)
        body = told.as_json(looked.names, looked.analysis) | _asked_for(looked, other)
        print(json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False))
        return
    from training.cli.analysis_text import as_text  # noqa: PLC0415
    from training.cli.further_text import further_text  # noqa: PLC0415

    print(as_text(looked.names, looked.options, looked.analysis))
    print("\n".join(further_text(looked.names, looked.further, other)))


def _asked_for(looked: "Looked", other: str) -> dict[str, object]:
    """Add groups and the link where they were asked for; pairs of items are flags of the items."""
    from training.measurement import told  # noqa: PLC0415

    groups, link, body = looked.further.groups, looked.further.link, dict[str, object]()
    if groups:
        body["groups"] = told.groups_as_json(looked.names, groups)
    if link:
        body["link"] = told.link_as_json(other, link)
    return body
