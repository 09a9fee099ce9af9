"""Items and parts of cases in which all is still to be written, made of the example of their type."""

from typing import Any

from training.content.source import Data, read_source
from training.core.items import BY_TYPE
from training.core.items.unfinished import UNPLACED, UNSOURCED, UNWRITTEN

AROUND = ("id", "status", "objective", "level", "safety", "references", "authors")
PROSE = frozenset({"stem", "text", "why", "true", "false", "alt", "hypothesis", "finding", "theme", "accepted"})
FEWER = {"rows": 2, "vignettes": 2, "options": 4}
"""Entries that are enough to begin with."""

GAPS = [{"options": [{"text": UNWRITTEN, "why": UNWRITTEN, "correct": "true"}, {"text": UNWRITTEN, "why": UNWRITTEN}]}]
OTHERWISE: dict[str, dict[str, Data]] = {
    "multiple_response": {"choose": None},
    "script_concordance": {"panel": [{"votes": votes, "why": UNWRITTEN} for votes in "00100"]},
    "cloze": {"text": "To be written, with a gap where {{1}} stands.", "gaps": GAPS},
    "ordering": {"steps": [{"text": f"Step {number}", "why": UNWRITTEN} for number in (1, 2, 3)]},
    "numeric": {"answer": "0", "tolerance": "0", "unit": None},
    "parameterised": {
        "variables": [{"name": "n", "from": "1", "to": "10"}], "where": None, "derived": None, "answer": "n",
        "tolerance": "0", "unit": None,
    },
}  # fmt: skip
"""What the example cannot give."""


def empty_item(type_name: str, new_id: str, author: str) -> dict[str, Data]:
    """Give the fields of a new draft: its author is known, all else has the mark of what is missing."""
    around = {"id": new_id, "type": type_name, "objective": UNPLACED, "level": "recall", "stem": UNWRITTEN,
              "references": [UNSOURCED], "authors": [author]}  # fmt: skip
    own = {"parts": [empty_part("single_best")] * 2} if type_name == "case" else _own(type_name)
    return around | own


def empty_part(type_name: str) -> dict[str, Data]:
    """Give the fields of a new part of a case."""
    return {"type": type_name, "stem": UNWRITTEN, **_own(type_name)}


def _own(type_name: str) -> dict[str, Data]:
    example = _example(type_name)
    made = {
        name: _emptied(name, value[: FEWER.get(name)] if isinstance(value, list) else value)
        for name, value in example.items()
        if name not in (*AROUND, "type", "stem", "mistakes")
    }
    made |= OTHERWISE.get(type_name, {})
    return {name: value for name, value in made.items() if value is not None}


def _example(type_name: str) -> dict[str, Any]:
    source, _ = read_source("example.yaml", BY_TYPE[type_name].EXAMPLE)
    return dict(source.data) if source else {}


def _emptied(name: str, value: Data) -> Data:
    if isinstance(value, dict):
        return {inner: _emptied(inner, each) for inner, each in value.items()}
    if isinstance(value, list):
        return [UNWRITTEN] if name in PROSE else [_emptied(name, each) for each in value]
    return UNWRITTEN if name in PROSE else value
