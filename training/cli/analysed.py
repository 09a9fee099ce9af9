"""What `analyse` looks at: answers from a file, with groups and another form where they are asked for."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.formats.csv_columns import BadTable
from training.formats.response_key import Key, read_key
from training.formats.response_table import ResponseTable, read_groups, read_responses
from training.measurement.analysis import Analysis, analyse
from training.measurement.further import Further, calibrated, looked_further
from training.measurement.linked import Calibrated, calibrated_of, link_forms
from training.measurement.responses import Responses


@dataclass(frozen=True, slots=True)
class Looked:
    """An analysis with names for its items and options, and notes on what was assumed of the file."""

    names: Sequence[str]
    options: Sequence[Sequence[str]]
    analysis: Analysis
    further: Further
    notes: tuple[str, ...] = ()


def looked_at(arguments: argparse.Namespace) -> Looked:
    """Analyse a file. Raises BadTable where one of the files is not what it should be."""
    key = read_key(arguments.key) if arguments.key else None
    table = _table(arguments, key)
    answers = _answers(table)
    model, priors = arguments.model, not arguments.no_priors
    plain = analyse(answers, model, right=table.right, names=table.options, priors=priors)
    analysis, further = looked_further(plain, answers, table.items, table.group or None)
    if arguments.link:
        other = _other(Path(arguments.link), key, arguments)
        further = replace(further, link=link_forms(calibrated(table.items, analysis), other))
    return Looked(table.items, table.options, analysis, further, table.notes)


def _table(arguments: argparse.Namespace, key: Key | None) -> ResponseTable:
    group = arguments.group or ""
    if group and Path(group).is_file():
        table = read_responses(arguments.responses, key, leave_out=arguments.leave_out)
        return replace(table, group=read_groups(Path(group), table.persons))
    return read_responses(arguments.responses, key, group, arguments.leave_out)


def _answers(table: ResponseTable) -> Responses:
    return Responses(table.person, table.item, table.score, len(table.persons), len(table.items), choice=table.choice)


def _other(file: Path, key: Key | None, arguments: argparse.Namespace) -> Calibrated:
    """Read the other form: what `--json` printed of it, or its answers, which are fitted alike."""
    if file.suffix.lower() == ".json":
        return _printed(file)
    table = read_responses(file, key)
    return calibrated(table.items, analyse(_answers(table), arguments.model, priors=not arguments.no_priors))


def _printed(file: Path) -> Calibrated:
    try:
        return calibrated_of(json.loads(file.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise BadTable(f"{file}: this is not what `analyse --json` prints") from error
