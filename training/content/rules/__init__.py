"""Advice on writing (B2xx) and on currency (B3xx). A new rule is one function with `@rule`."""

from inspect import cleandoc

from training.content.rules import (  # noqa: F401 - importing registers their rules
    between,
    coverage,
    cues,
    currency,
    figures,
    fitting,
    keys,
    kinds,
    numeric,
    options,
    patterns,
    sets,
    sources,
    stems,
    unfinished,
    vignettes,
    wording,
)
from training.content.rules.linting import Advised, advised, lint, lint_bank
from training.content.rules.registry import RULES, Advice, Rule, Scope, Setting, rule

__all__ = ["RULES", "Advice", "Advised", "Rule", "Scope", "Setting", "advised", "codes", "lint", "lint_bank",
           "manual", "rule"]  # fmt: skip


def codes() -> list[str]:
    """List every problem code there is: syntax, schema, writing, currency."""
    from training.content.pages import PAGES  # noqa: PLC0415 - pages are read when asked for

    return sorted({*PAGES, *RULES}, key=lambda code: (not code.startswith("Y"), code))


def manual(code: str) -> str:
    """Give the manual page of a code. Raises KeyError where there is no such code."""
    from training.content.pages import PAGES  # noqa: PLC0415 - pages are read when asked for

    return cleandoc(RULES[code].page if code in RULES else PAGES[code])
