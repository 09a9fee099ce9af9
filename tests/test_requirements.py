"""Requirements: everything imported is declared, everything declared is imported, and the locks keep to both."""

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
OURS = {"training", "tests", "app"}
BROUGHT = {
    "starlette": "Streamlit is built on it; which version is Streamlit's choice",
    "uvicorn": "the same",
    "pydantic-core": "Pydantic's other half, pinned by it to the patch",
    "joserfc": "Authlib's keys and tokens, for the toy identity provider of the tests",
    "packaging": "pytest brings it",
}
USED_BY_NAME = {
    "pandas": "the server loads it by name before the first visitor comes",
    "psycopg": "SQLAlchemy loads it for a postgresql+psycopg:// address",
    "authlib": "Streamlit's OIDC sign-in needs it",
    "httpx": "Authlib talks to the identity provider with it",
    "pandas-stubs": "mypy reads it",
    "types-pyyaml": "mypy reads it",
    "types-jsonschema": "mypy reads it",
    "mypy": "scripts/test runs it",
    "ruff": "scripts/test runs it",
    "import-linter": "scripts/test runs it",
    "pytest-timeout": "pytest loads it",
    "pytest-xdist": "scripts/test runs pytest with it",
}


@cache
def declared(file: str) -> dict[str, Requirement]:
    found: dict[str, Requirement] = {}
    for line in (ROOT / file).read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            found |= declared(text[3:].strip())
        elif text:
            requirement = Requirement(text)
            found[canonicalize_name(requirement.name)] = requirement
    return found


def locked(file: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def imported(*folders: str) -> set[str]:
    """The distributions whose modules the code under some folders imports."""
    names: set[str] = set()
    for file in (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    by_module = packages_distributions()
    foreign = names - sys.stdlib_module_names - OURS
    return {canonicalize_name(by_module.get(name, [name])[0]) for name in foreign}


def test_everything_the_product_imports_is_a_runtime_requirement() -> None:
    assert imported("training") - BROUGHT.keys() - declared("requirements.txt").keys() == set()


def test_everything_the_tests_import_is_declared() -> None:
    assert imported("tests") - BROUGHT.keys() - declared("requirements-dev.txt").keys() == set()


def test_nothing_is_declared_that_nobody_uses() -> None:
    used = imported("training", "tests") | USED_BY_NAME.keys() | {"streamlit"}
    unused = {name for name in declared("requirements-dev.txt") if name not in used and not name.startswith("psycopg")}

    assert unused == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_pins_every_requirement_to_a_version_it_allows(name: str, python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    pins = {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in locked(f"{name}.lock")
        if pin.marker is None or pin.marker.evaluate(environment)
    }

    for wanted in declared(f"{name}.txt").values():
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), wanted


def test_every_line_of_a_lock_is_one_exact_version() -> None:
    for file in ("requirements.lock", "requirements-dev.lock"):
        assert all(re.fullmatch(r"==[^,*]+", str(pin.specifier)) for pin in locked(file)), file


def test_the_two_locks_agree() -> None:
    development = {str(pin) for pin in locked("requirements-dev.lock")}

    assert {str(pin) for pin in locked("requirements.lock")} <= development
