"""The comments that allow what a rule advises against: `# lint: allow B204 the key quotes a guideline`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.content.source import Source
from training.core.problem import Problem, Severity

_ALLOW = re.compile(r"#\s*lint:\s*allow\s+(?P<code>[A-Z]\d{3})(?P<reason>[^\n]*)")
_LISTS = ("items", "references", "domains", "terms", "claims", "misconceptions", "muscles", "spellings")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One comment: what it allows, in which entry of the file, and why."""

    code: str
    entry: int
    line: int
    column: int
    reason: str


def less_allowed(source: Source, problems: Sequence[Problem], *, whole: bool) -> tuple[list[Problem], list[Problem]]:
    """Drop the advice that a comment in the same entry allows; name comments without a reason, and idle ones."""
    starts = _starts(source)
    allowances = _allowances(source, starts)
    given = {(each.entry, each.code) for each in allowances if each.reason}
    used = {(_entry(starts, each.line), each.code) for each in problems} & given
    kept = [each for each in problems if (_entry(starts, each.line), each.code) not in used]
    said = [_unreasoned(source, each) for each in allowances if not each.reason]
    if whole:
        said += [_idle(source, each) for each in allowances if each.reason and (each.entry, each.code) not in used]
    return kept, said


def _allowances(source: Source, starts: Sequence[int]) -> list[Allowance]:
    lines = source.text.splitlines()
    return [
        Allowance(match["code"], _entry(starts, _meant(lines, number)), number, match.start() + 1, reason)
        for number, line in enumerate(lines, 1)
        if (match := _ALLOW.search(line))
        for reason in [match["reason"].strip()]
    ]


def _starts(source: Source) -> list[int]:
    """Give the lines on which the entries of a list file begin; a module or a programme is one entry."""
    data = source.data if isinstance(source.data, dict) else {}
    for name in _LISTS:
        if isinstance(data.get(name), list):
            return [source.place((name, number))[0] for number in range(len(data[name]))]
    return []


def _meant(lines: Sequence[str], number: int) -> int:
    """Give the line a comment speaks of: its own, or the next with content where it stands alone."""
    while number < len(lines) and not lines[number - 1].partition("#")[0].strip(" -"):
        number += 1
    return number


def _entry(starts: Sequence[int], line: int) -> int:
    return sum(1 for start in starts if start <= line)


def _unreasoned(source: Source, each: Allowance) -> Problem:
    return Problem(
        source.file, each.line, each.column, "B200", f"{each.code} is allowed without a reason",
        "write the reason after the code", Severity.WARNING,
    )  # fmt: skip


def _idle(source: Source, each: Allowance) -> Problem:
    return Problem(
        source.file, each.line, each.column, "B210", f"{each.code} is allowed here, but nothing says it",
        "take the comment out; check --fix does", Severity.WARNING,
    )  # fmt: skip
