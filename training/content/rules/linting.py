"""Running the rules over a library, and the comments that allow what a rule advises against."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from training.content.finding import Finding, located
from training.content.joining import Joined
from training.content.parts import Kind, Part
from training.content.rules.registry import ITEM_RULES, MODULE_RULES, Setting
from training.content.source import read_source
from training.core.problem import Problem, Severity

_ALLOW = re.compile(r"#\s*lint:\s*allow\s+(?P<code>[A-Z]\d{3})(?P<reason>[^\n]*)")


def lint(root: Path, joined: Joined, today: date) -> list[Problem]:
    """Give the advice of every rule on every item and module, less what comments allow."""
    library = joined.library
    setting = Setting(today, library.references, {each.id: each for each in library.objectives()})
    problems = []
    for part in joined.parts.values():
        findings = list(_findings(part, setting))
        allowing = part.unit.kind in (Kind.BANK, Kind.MODULE) and "lint: allow" in (text := _text(root, part))
        problems += _less_allowed(part, text, located(root, findings)) if allowing else located(root, findings)
    return problems


def _text(root: Path, part: Part) -> str:
    path = root / part.unit.file
    return path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""


def _findings(part: Part, setting: Setting) -> Iterator[Finding]:
    if part.unit.kind is Kind.MODULE and part.thing is not None:
        for rule in MODULE_RULES.values():
            for advice in rule.check(part.thing, setting):
                yield Finding(part.unit.file, advice.path, rule.code, advice.message, advice.hint, rule.severity)
    if part.unit.kind is Kind.BANK:
        rules = list(ITEM_RULES.values())
        for item, number in zip(part.thing.items, part.positions, strict=True):
            for rule in rules:
                for advice in rule.check(item, setting):
                    path = ("items", number, *advice.path)
                    yield Finding(part.unit.file, path, rule.code, advice.message, advice.hint, rule.severity)


def _less_allowed(part: Part, text: str, problems: list[Problem]) -> list[Problem]:
    """Drop the advice that a comment in the same item (or module file) allows; a comment needs a reason."""
    starts = _starts(part, text)
    allowed: set[tuple[int, str]] = set()
    unreasoned = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _ALLOW.search(line)
        if match and match["reason"].strip():
            allowed.add((_entry(starts, _meant(lines, number)), match["code"]))
        elif match:
            unreasoned.append(_without_reason(part, number, match))
    return unreasoned + [each for each in problems if (_entry(starts, each.line), each.code) not in allowed]


def _starts(part: Part, text: str) -> list[int]:
    """Give the lines on which the items of a bank begin."""
    source, _ = read_source(part.unit.file, text)
    items = source.data.get("items") if source and isinstance(source.data, dict) else None
    if source is None or part.unit.kind is Kind.MODULE or not isinstance(items, list):
        return []
    return [source.place(("items", number))[0] for number in range(len(items))]


def _meant(lines: list[str], number: int) -> int:
    """Give the line a comment speaks of: its own, or the next with content where it stands alone."""
    while number < len(lines) and not lines[number - 1].partition("#")[0].strip(" -"):
        number += 1
    return number


def _entry(starts: list[int], line: int) -> int:
    return sum(1 for start in starts if start <= line)


def _without_reason(part: Part, line: int, match: re.Match[str]) -> Problem:
    return Problem(
        part.unit.file, line, match.start() + 1, "B200", f"{match['code']} is allowed without a reason",
        "write the reason after the code", Severity.WARNING,
    )  # fmt: skip
