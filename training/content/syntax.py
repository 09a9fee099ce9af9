"""The YAML parser's complaints in an author's words, with the traps authors fall into."""

import re

from yaml import MarkedYAMLError, YAMLError

from training.core.problem import Problem

QUOTE_FIRST = "put quotes around a text that starts with @, ` or %"
FLOW = "write one field on each line (block style); braces and brackets break at a ? or a comma in a text"
QUOTE = "put quotes around a text that holds ': ' or ' #', or write it below the key after '>-'"
_HINTS = (
    ("another document", "keep one document in a file: take the line '---' out"),
    ("tab character", "indent with spaces, not with a tab"),
    ("expected ',' or", FLOW),
    ("flow", FLOW),
    ("mapping values are not allowed", QUOTE),
    ("unexpected end of stream", "a quotation mark is opened and not closed"),
    ("found unexpected", "a quotation mark is opened and not closed"),
)


def syntax_problem(file: str, text: str, error: YAMLError) -> Problem:
    """Locate a syntax error and say what usually causes it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return _unprintable(file, text, error)
    line, column = mark.line + 1, mark.column + 1
    lines = text.splitlines()
    written = lines[mark.line] if mark.line < len(lines) else ""
    message = _message(error)
    return Problem(file, line, column, "Y001", message, _hint(written, message, lines[: mark.line + 1]))


def _message(error: YAMLError) -> str:
    problem = error.problem if isinstance(error, MarkedYAMLError) else str(error)
    return "not valid YAML: " + re.sub(r"\s+", " ", problem or "it cannot be read")


def _hint(written: str, message: str, before: list[str]) -> str:
    if "cannot start any token" in message:
        return "indent with spaces, not with a tab" if "\t" in written else QUOTE_FIRST
    for known, hint in _HINTS:
        if known in message:
            return hint
    if _in_flow(written):
        return FLOW
    if any(line.startswith(" ") for line in before[-1:]):
        return "check the indentation against the lines above: what belongs together starts in one column"
    return "check the lines above: a colon after each field, a space after each '-'"


def _in_flow(written: str) -> bool:
    return bool(re.search(r"[:\-]\s*[{\[][^'\"]*$", written) and "," in written)


def _unprintable(file: str, text: str, error: YAMLError) -> Problem:
    position = getattr(error, "position", 0)
    position = position if isinstance(position, int) else 0
    # The reader counts bytes of what it was given.
    before = text.encode("utf-8", "surrogatepass")[:position].decode("utf-8", "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(
        file, line, column, "Y008", "a control character that YAML does not allow", "delete it and type the text again"
    )
