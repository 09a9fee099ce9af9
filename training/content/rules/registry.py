"""The register of rules: a rule is one function with a decorator; its docstring is its page, long examples aside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from inspect import cleandoc
from pathlib import Path as FilePath
from textwrap import indent
from typing import Any, NamedTuple

from training.content.rules.asked import Asked, Path, Read
from training.content.rules.instead import Instead
from training.core.items import Item
from training.core.library import Library, Objective, Reference
from training.core.problem import Severity


class Scope(StrEnum):
    """What a rule looks at: a question, an item, its texts, a bank, all banks, a module, a programme, a source."""

    QUESTION = "question"
    ITEM = "item"
    TEXT = "text"
    BANK = "bank"
    LIBRARY = "library"
    MODULE = "module"
    PROGRAMME = "programme"
    REFERENCE = "reference"


class Advice(NamedTuple):
    """What a rule has to say about the value at a path within what it looks at; `fixed` is the value, mended."""

    path: Path
    message: str
    hint: str = ""
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its file, its entry there, and what it asks."""

    file: str
    number: int
    item: Item
    asked: tuple[Asked, ...]
    read: Read

    @property
    def path(self) -> Path:
        return ("items", self.number)


class Remark(NamedTuple):
    """Advice of a rule that looks at all banks: on which of the items."""

    placed: Placed
    advice: Advice


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may know besides the thing it looks at."""

    today: date
    references: Mapping[str, Reference]
    objectives: Mapping[str, Objective]
    library: Library = field(default_factory=Library)
    spelt: Instead = field(default_factory=lambda: Instead({}))
    """Words that the house spells otherwise, and how."""
    phrases: frozenset[tuple[str, ...]] = frozenset()
    """Every run of some words in the modules, for keys that repeat the textbook."""
    avoided: Instead = field(default_factory=lambda: Instead({}))
    """What the glossary says must not be said, and the term instead."""
    strange: Mapping[str, str] = field(default_factory=dict)
    """Rare words that are almost a term, and the term's word."""


Check = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check under its code."""

    code: str
    scope: Scope
    severity: Severity
    page: str
    check: Check


RULES: dict[str, Rule] = {}
_BY_SCOPE: dict[Scope, list[Rule]] = {scope: [] for scope in Scope}
EXAMPLES = FilePath(__file__).parent / "examples"
USUAL = "{usual options}"
"""Stands in an example for options that many of them share."""
USUAL_OPTIONS = (EXAMPLES / "usual_options.txt").read_text("utf-8")


def rule(code: str, scope: Scope = Scope.QUESTION, severity: Severity = Severity.WARNING) -> Callable[[Check], Check]:
    """Register a check of what the scope names."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        if not check.__doc__:
            raise ValueError(f"rule {code} has no manual page")
        RULES[code] = Rule(code, scope, severity, _page(code, check.__doc__), check)
        _BY_SCOPE[scope].append(RULES[code])
        return check

    return register


def _page(code: str, said: str) -> str:
    """Put the page together: what the rule says of itself, and long examples that stand in a file of their own."""
    file = EXAMPLES / f"{code}.md"
    written = cleandoc(said).replace(f"    {USUAL}", indent(USUAL_OPTIONS, "    ").rstrip())
    return written + ("\n\n" + file.read_text("utf-8") if file.is_file() else "")


def rules_for(scope: Scope) -> list[Rule]:
    """List the rules that look at one kind of thing."""
    return _BY_SCOPE[scope]
