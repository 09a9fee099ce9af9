"""The register of rules: a rule is one function with a decorator, and its docstring is its manual page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from training.core.items import Item
from training.core.library import LearningModule, Objective, Reference
from training.core.problem import Severity


class Advice(NamedTuple):
    """What a rule has to say about the value at a path within the item or module."""

    path: tuple[str | int, ...]
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may know besides the thing it looks at."""

    today: date
    references: Mapping[str, Reference]
    objectives: Mapping[str, Objective]


ItemCheck = Callable[[Item, Setting], Iterator[Advice]]
ModuleCheck = Callable[[LearningModule, Setting], Iterator[Advice]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check under its code."""

    code: str
    severity: Severity
    page: str
    check: Callable[..., Iterator[Advice]]


ITEM_RULES: dict[str, Rule] = {}
MODULE_RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity = Severity.WARNING) -> Callable[[ItemCheck], ItemCheck]:
    """Register a check of one item."""

    def register(check: ItemCheck) -> ItemCheck:
        _add(ITEM_RULES, code, severity, check)
        return check

    return register


def module_rule(code: str, severity: Severity = Severity.WARNING) -> Callable[[ModuleCheck], ModuleCheck]:
    """Register a check of one module."""

    def register(check: ModuleCheck) -> ModuleCheck:
        _add(MODULE_RULES, code, severity, check)
        return check

    return register


def _add(rules: dict[str, Rule], code: str, severity: Severity, check: Callable[..., Iterator[Advice]]) -> None:
    if code in ITEM_RULES or code in MODULE_RULES:
        raise ValueError(f"two rules have the code {code}")
    if not check.__doc__:
        raise ValueError(f"rule {code} has no manual page")
    rules[code] = Rule(code, severity, check.__doc__, check)
