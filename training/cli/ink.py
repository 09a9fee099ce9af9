"""Bold and colour on a terminal that has them; plain text elsewhere, and wherever NO_COLOR is set."""

import os
import shutil
import sys
import textwrap

STYLES = {"bold": "1", "good": "32", "bad": "31", "faint": "2"}


def ink(text: str, style: str) -> str:
    """Dress a text for standard output."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m"


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Break a text to the width of the terminal; what could steer a terminal is taken out of it."""
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    lines = ("".join(mark if mark.isprintable() else " " for mark in line) for line in text.splitlines())
    start = indent if first is None else first
    broken = []
    for line in lines:
        broken += textwrap.wrap(line, width, initial_indent=start, subsequent_indent=indent) or [""]
        start = indent
    return "\n".join(broken)
