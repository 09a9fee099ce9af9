"""Find every flaw in banks, modules and programmes before a learner does."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from training.cli import FINDINGS, FINE, MISUSE
from training.content.libraries import load_library
from training.content.reports import FORMATS, render
from training.core.problem import Problem, Severity
from training.services.settings import settings_from


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: all content)")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="text, json or GitHub annotations")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    parser.add_argument("--strict", action="store_true", help="warnings count as findings too")


def run(arguments: argparse.Namespace) -> int:
    """Print the problems found under the paths; 1 where one of them counts."""
    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        print(f"needlewise: there is no {missing[0]}", file=sys.stderr)
        return MISUSE
    root = _root_of(arguments.paths)
    _, problems = load_library(root, today=datetime.now(UTC).date())  # noqa: TID251 - the shell is where today is known
    wanted = [problem for problem in sorted(problems) if _under(root / problem.file, arguments.paths)]
    print(render(wanted, arguments.format))
    return FINDINGS if any(_counts(problem, strict=arguments.strict) for problem in wanted) else FINE


def _root_of(paths: list[Path]) -> Path:
    """Find the content root the paths lie in: the nearest folder above with question_banks, else the default."""
    for path in paths:
        for folder in (path.resolve(), *path.resolve().parents):
            if (folder / "question_banks").is_dir():
                return folder
    return settings_from().content_dir


def _under(file: Path, paths: list[Path]) -> bool:
    return not paths or any(file.resolve().is_relative_to(path.resolve()) for path in paths)


def _counts(problem: Problem, *, strict: bool) -> bool:
    return problem.severity is Severity.ERROR or (strict and problem.severity is Severity.WARNING)
