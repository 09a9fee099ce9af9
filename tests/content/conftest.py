"""Content as documents: a test's docstring is the bank, and a copy of the sample that a test may spoil."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest

from tests.conftest import SAMPLE
from training.content.banks import load_bank
from training.core.bank import Bank
from training.core.problem import Problem

FILE = "airway.yaml"


@pytest.fixture
def bank_doc(request: pytest.FixtureRequest) -> tuple[Bank, list[Problem]]:
    """The bank in the test's docstring, loaded."""
    return load_bank(FILE, dedent(request.function.__doc__).lstrip("\n"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the sample content."""
    return Path(copytree(SAMPLE, tmp_path / "content"))


@pytest.fixture
def edit(content: Path) -> Callable[[str, str, str], None]:
    """Replace a text in a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        path = content / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace


def located(problems: list[Problem]) -> list[tuple[int, int, str, str]]:
    """What a test compares: place, code and message with its hint."""
    return [
        (each.line, each.column, each.code, f"{each.message}; {each.hint}" if each.hint else each.message)
        for each in problems
    ]
