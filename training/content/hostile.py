"""What no honest content file holds: aliases, anchors, tags, merge keys, too much text, too deep a nest."""

import re
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent

from training.core.problem import Problem

MAX_BYTES = 16_000_000
MAX_DEPTH = 24
MANY_BRACKETS = 400
"""More opening brackets than this might overflow the stack of the C parser, so nesting is counted first."""

_SUSPECT = re.compile(
    r"(?<![^\s\-?:,\[{])(?:[&*]\S|!)"  # an anchor, an alias or a tag, or the same sign in a text
    r"|<<[ \t]*:"
)
_DEEP = re.compile(r"(?:\A|\n)[ \t\-?:]{48}")


def hostile(file: str, text: str) -> list[Problem]:
    """Refuse a file that could blow up. Most files are cleared by one search; the others are read event by event."""
    if len(text) > MAX_BYTES:
        return [Problem(file, 1, 1, "Y006", f"the file has more than {MAX_BYTES // 1_000_000} MB", "split it in two")]
    return _scan(file, text) if _suspicious(text) else []


def _suspicious(text: str) -> bool:
    """Look for single letters first: that is a hundred times quicker than any pattern, and clears most files."""
    signs = any(sign in text for sign in "&*!") or "<<" in text
    brackets = text.count("[") + text.count("{") > MANY_BRACKETS
    return brackets or bool(signs and _SUSPECT.search(text)) or bool(_DEEP.search(text))


def _scan(file: str, text: str) -> list[Problem]:
    depth = 0
    try:
        for event in _events(text):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            found = _objection(event, depth)
            if found:
                line, column = event.start_mark.line + 1, event.start_mark.column + 1
                return [Problem(file, line, column, *found)]
    except yaml.YAMLError:
        # Composing meets the same error again, and words it.
        return []
    return []


def _events(text: str) -> Any:
    """Yield the parser's events; typed as anything, since each kind has fields of its own."""
    return yaml.parse(text, Loader=yaml.CBaseLoader)


def _objection(event: Any, depth: int) -> tuple[str, str, str] | None:
    if depth > MAX_DEPTH:
        return "Y007", f"lists and fields nested more than {MAX_DEPTH} deep", "put each field on a line of its own"
    if isinstance(event, AliasEvent):
        return "Y003", f"alias *{event.anchor}", "write the value out, or put quotes around a text that starts with *"
    if getattr(event, "anchor", None):
        return "Y003", f"anchor &{event.anchor}", "write the value out, or put quotes around a text that starts with &"
    if getattr(event, "tag", None):
        return "Y004", f"tag {event.tag}", "leave the tag out, or put quotes around a text that starts with !"
    if isinstance(event, ScalarEvent) and event.value == "<<" and not event.style:
        return "Y005", "merge key <<", "write the fields out"
    return None
