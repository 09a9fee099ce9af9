"""Problems as text for people, JSON for programs, annotations for GitHub."""

import json
from collections.abc import Callable, Mapping, Sequence

from training.core.problem import Problem, Severity


def render(problems: Sequence[Problem], form: str) -> str:
    """Write the problems in one of FORMATS."""
    return FORMATS[form](problems)


def as_text(problems: Sequence[Problem]) -> str:
    """One line for each problem, then how many there are."""
    lines = [_line(problem) for problem in problems]
    return "\n".join([*lines, _summary(problems)])


def _line(problem: Problem) -> str:
    kind = "" if problem.severity is Severity.ERROR else f" {problem.severity}:"
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.file}:{problem.line}:{problem.column}: {problem.code}{kind} {problem.message}{hint}"


def _summary(problems: Sequence[Problem]) -> str:
    counts = [(kind, sum(1 for problem in problems if problem.severity is kind)) for kind in Severity]
    words = [f"{count} {kind}{'' if count == 1 or kind is Severity.ADVICE else 's'}" for kind, count in counts if count]
    return ", ".join(words) or "No problems found."


def as_json(problems: Sequence[Problem]) -> str:
    """One object with the list of problems."""
    rows = [
        {
            "file": each.file, "line": each.line, "column": each.column, "code": each.code,
            "severity": each.severity.value, "message": each.message, "hint": each.hint,
        }
        for each in problems
    ]  # fmt: skip
    return json.dumps({"problems": rows}, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub shows beside the changed lines."""
    return "\n".join(_annotation(problem) for problem in problems)


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def _annotation(problem: Problem) -> str:
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    place = f"file={_property(problem.file)},line={problem.line},col={problem.column},title={problem.code}"
    return f"::{_LEVELS[problem.severity]} {place}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "github": as_github}
