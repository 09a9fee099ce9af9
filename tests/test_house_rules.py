"""The rules of the house that a machine can check: sizes, docstrings, names, and nothing that tells of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION, SLOWEST_TENTH = 300, 40, 8, 25
BANNED = re.compile(r"manager|helper|(^|_)utils?(_|$)|misc(?!onception)", re.IGNORECASE)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked(*endings: str) -> list[Path]:
    """Every file of the project, committed or about to be, that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).is_file()]


PYTHON = tracked(".py")
PRODUCT = [file for file in PYTHON if "training" in file.relative_to(ROOT).parts[:1]]


def functions(file: Path) -> Iterator[Function]:
    tree = ast.parse(file.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: Function) -> int:
    """Lines without the docstring."""
    body = function.body
    docstring = body[0] if ast.get_docstring(function) else None
    own = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - own


def test_no_python_file_is_longer_than_300_lines() -> None:
    long = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in PYTHON}

    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{each.lineno} {each.name} {length(each)}"
        for file in PYTHON
        for each in functions(file)
        if length(each) > LONGEST_FUNCTION
    ]

    assert long == []


def test_functions_are_short_in_the_main() -> None:
    lengths = sorted(length(each) for file in PRODUCT for each in functions(file))

    assert median(lengths) <= MEDIAN_FUNCTION
    assert lengths[len(lengths) * 9 // 10] <= SLOWEST_TENTH


@pytest.mark.parametrize("file", PRODUCT, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(file: Path) -> None:
    source = file.read_text("utf-8")

    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_every_function_says_what_it_gives() -> None:
    silent = [
        f"{file.relative_to(ROOT)}:{each.lineno}" for file in PRODUCT for each in functions(file) if not each.returns
    ]

    assert silent == []


def test_names_say_what_a_thing_does() -> None:
    names = [file.relative_to(ROOT) for file in PYTHON if BANNED.search(file.stem)]
    classes = [
        node.name
        for file in PRODUCT
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and BANNED.search(node.name)
    ]

    assert (names, classes) == ([], [])


def test_nothing_is_left_to_do_in_a_comment() -> None:
    mark = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")  # the words stand here only to be looked for
    left = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in PYTHON
        if file != Path(__file__)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if mark.search(line)
    ]

    assert left == []


def test_nothing_names_the_machine_it_was_written_on() -> None:
    machine = re.compile(r"/(work|root|home/\w+)/|/tmp/\w")  # what follows the first slash of such a path
    told = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in tracked(".py", ".md", ".yaml", ".toml", ".json", ".txt", ".lock", ".js", ".css", "Makefile")
        if file != Path(__file__)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if machine.search(line)
    ]

    assert told == []


def test_nothing_generated_is_kept() -> None:
    generated = re.compile(r"__pycache__|\.pyc$|\.db(-wal|-shm)?$|^data/|^\.venv/|\.log$")
    kept = [file for file in tracked("") if generated.search(str(file.relative_to(ROOT)))]

    assert kept == []
