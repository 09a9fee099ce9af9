"""Advice on writing (B2xx) and on currency (B3xx). A new rule is one function with `@rule`."""

from inspect import cleandoc

from training.content.rules import currency, options, stems, unfinished  # noqa: F401 - importing registers their rules
from training.content.rules.linting import lint
from training.content.rules.registry import ITEM_RULES, MODULE_RULES, Advice, Setting, rule

__all__ = ["ITEM_RULES", "MODULE_RULES", "Advice", "Setting", "codes", "lint", "manual", "rule"]


def codes() -> list[str]:
    """List every problem code there is: syntax, schema, writing, currency."""
    from training.content.pages import PAGES  # noqa: PLC0415 - pages are read when asked for

    known = {*PAGES, *ITEM_RULES, *MODULE_RULES}
    return sorted(known, key=lambda code: (not code.startswith("Y"), code))


def manual(code: str) -> str:
    """Give the manual page of a code. Raises KeyError where there is no such code."""
    from training.content.pages import PAGES  # noqa: PLC0415 - pages are read when asked for

    rules = {**ITEM_RULES, **MODULE_RULES}
    return cleandoc(rules[code].page if code in rules else PAGES[code])
