"""The documentation keeps to the product: every command, setting and code is told, every promise and link holds."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from training.cli import COMMANDS
from training.cli.pages import page
from training.content.item_pages import item_types
from training.content.rules import codes
from training.services.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DERIVED = {"secure_cookies"}  # follows from the address, so nobody sets it


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_page_of_the_command_line_is_what_the_commands_say() -> None:
    assert read("docs/cli.md") == page(), "run `make docs`"


def test_the_page_of_item_types_shows_the_examples_that_are_tested() -> None:
    assert read("docs/item-types.md") == item_types(), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## {command}\n" in read("docs/cli.md")


@pytest.mark.parametrize("field", [field.name for field in fields(Settings) if field.name not in DERIVED])
def test_every_setting_is_documented(field: str) -> None:
    assert f"`NEEDLEWISE_{field.upper()}`" in read("docs/settings.md")


@pytest.mark.parametrize("code", codes())
def test_every_problem_code_is_documented(code: str) -> None:
    assert re.search(rf"\b{code}\b", read("docs/problems.md"))


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"^(?:PORT=\d+ )?make (\w+)", read("README.md"), re.MULTILINE)))
)
def test_every_make_target_of_the_readme_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", read("Makefile"), re.MULTILINE)


def test_every_make_target_says_what_it_does() -> None:
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)

    assert [line.split()[0] for line in shown.splitlines()] == targets


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"python -m training ([a-z]+)", "".join(map(read, ["README.md"])))))
)
def test_every_command_of_the_readme_is_there(command: str) -> None:
    assert command in COMMANDS


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_and_picture_leads_somewhere(file: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", file.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose)
    local = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]

    assert [link for link in local if not (file.parent / link).exists()] == []
