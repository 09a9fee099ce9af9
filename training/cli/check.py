"""Find every flaw in banks, modules and programmes before a learner does."""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from training.cli import FINDINGS, FINE, MISUSE
from training.content.fixing import Mended, fix, preview, write_mended
from training.content.libraries import load_library
from training.content.loose import is_loose, mended_loose, problems_of_loose
from training.content.reports import FORMATS, render
from training.core.problem import Problem, Severity
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training check                                    all content
  python -m training check question_banks/contraindications.yaml --strict
  python -m training check --diff                             what --fix would change, as a patch
  python -m training check --fix                              mend spellings, spaces and the like
  python -m training check ~/my-bank.yaml                        a bank of your own, among the product's content
  python -m training check --format github                    annotations for a pull request

Ends with 0 where nothing counts, 1 where an error (with --strict: a warning) was found."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: all content)")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="text, json or GitHub annotations")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    fixing = parser.add_mutually_exclusive_group()
    fixing.add_argument("--fix", action="store_true", help="mend what is safe to mend, then check")
    fixing.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    parser.add_argument("--strict", action="store_true", help="warnings count as findings too")


def run(arguments: argparse.Namespace) -> int:
    """Print the problems found under the paths; 1 where one of them counts."""
    paths: list[Path] = arguments.paths
    loose = [path for path in paths if _root_of(path) is None and is_loose(path)]
    homeless = [path for path in paths if not path.exists() or (_root_of(path) is None and path not in loose)]
    if homeless:
        print(f"needlewise: {_homeless(homeless[0])}", file=sys.stderr)
        return MISUSE
    roots = dict.fromkeys(filter(None, map(_root_of, paths))) or [settings_from().content_dir] * (not loose)
    if arguments.diff:
        return _show_fixes(roots, paths, loose)
    if arguments.fix:
        _fix(roots, paths, loose)
    problems = [problem for root in roots for problem in _problems(root, paths)]
    problems += [
        problem for path in loose for problem in problems_of_loose(path, settings_from().content_dir, _today())
    ]
    shown = render(problems, arguments.format)
    if shown:
        print(shown)
    return FINDINGS if any(_counts(problem, strict=arguments.strict) for problem in problems) else FINE


def _root_of(path: Path) -> Path | None:
    """Find the content root a path lies in: the nearest folder above with question_banks."""
    here = path.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / "question_banks").is_dir()), None)


def _homeless(path: Path) -> str:
    if not path.exists():
        return f"there is no {path}"
    return f"{path} lies in no content folder: none above it has a folder question_banks"


def _problems(root: Path, paths: list[Path]) -> list[Problem]:
    _, problems = load_library(root, today=_today())
    return [problem for problem in sorted(problems) if _under(root / problem.file, paths)]


def _today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251 - the shell is where today is known


def _fix(roots: Iterable[Path], paths: list[Path], loose: list[Path]) -> None:
    """Mend the files under the paths, and tell each change on the error stream, where no program reads."""
    done = [each for root in roots for each in fix(root, _today(), partial(_wanted, root, paths))]
    done += [each for path, each in _loose_fixes(loose) if write_mended(path.parent, each)]
    for each in done:
        for problem in each.problems:
            print(f"fixed {problem.file}:{problem.line}: {problem.code} {problem.message}", file=sys.stderr)


def _loose_fixes(loose: list[Path]) -> list[tuple[Path, Mended]]:
    found = [(path, mended_loose(path, settings_from().content_dir, _today())) for path in loose]
    return [(path, each) for path, each in found if each]


def _show_fixes(roots: Iterable[Path], paths: list[Path], loose: list[Path]) -> int:
    diffs = [each.diff for root in roots for each in preview(root, _today(), partial(_wanted, root, paths))]
    diffs += [each.diff for _, each in _loose_fixes(loose)]
    print("".join(diffs), end="")
    return FINDINGS if diffs else FINE


def _wanted(root: Path, paths: list[Path], file: str) -> bool:
    # A preview mends a copy, but what is wanted is said of the original.
    return _under(root / file, paths)


def _under(file: Path, paths: list[Path]) -> bool:
    return not paths or any(file.resolve().is_relative_to(path.resolve()) for path in paths)


def _counts(problem: Problem, *, strict: bool) -> bool:
    return problem.severity is Severity.ERROR or (strict and problem.severity is Severity.WARNING)
