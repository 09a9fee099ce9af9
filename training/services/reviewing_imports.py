"""An import as plain data for a page or a program, and as lines for a person."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from training.core.problem import Problem
from training.services.exchanging import Fate, Incoming, Review


def as_data(review: Review) -> dict[str, Any]:
    """Give the review as JSON holds it: every question beside its source, with problems, losses and its twin."""
    fates = Counter(row.fate for row in review.rows)
    return {
        "file": review.name,
        "format": review.format.name,
        "title": review.title,
        "counts": {"questions": len(review.rows), **{fate.value.replace(" ", "_"): fates[fate] for fate in Fate}},
        "problems": [_problem(problem) for problem in review.problems],
        "questions": [_row(row) for row in review.rows],
    }


def _row(row: Incoming) -> dict[str, Any]:
    twin = row.twin and {"id": row.twin.id, "likeness": row.twin.likeness, "percent": row.twin.percent}
    return {
        "line": row.read.draft.line,
        "source": row.read.draft.source,
        "fate": row.fate,
        "item": row.item and row.item.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "twin": twin,
        "problems": [_problem(problem) for problem in row.read.problems],
        "losses": [{"field": loss.field, "what": loss.what} for loss in row.read.losses],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.line, "code": problem.code, "severity": problem.severity.value,
        "message": problem.message, "hint": problem.hint,
    }  # fmt: skip


def as_lines(review: Review, into: str = "") -> Iterator[str]:
    """Tell each problem, loss and conflict on a line, then what came in."""
    for problem in review.problems:
        yield str(problem)
    for row in review.rows:
        yield from map(str, row.read.problems)
        yield from (str(loss.problem(review.name, row.read.draft.line)) for loss in row.read.losses)
        if row.twin:
            yield f"{review.name}:{row.read.draft.line}:1: F007 {_conflict(row)}"
    yield _summary(review, into)


def _conflict(row: Incoming) -> str:
    name = row.read.item.id if row.read.item else ""
    twin = row.twin
    how = f"{twin.likeness}, {twin.percent:g} %" if twin else ""
    return f"{name} is in the bank already as {twin.id if twin else ''} ({how}): {row.fate}"


def _summary(review: Review, into: str) -> str:
    fates = Counter(row.fate for row in review.rows)
    words = [f"{len(review.rows)} questions read as {review.format.title}"]
    words += [f"{fates[fate]} {word}" for fate, word in _FATE_WORDS.items() if fates[fate]]
    where = f" Written to {into}." if into and (fates[Fate.ADDED] or fates[Fate.REPLACES]) else " Nothing was written."
    return ", ".join(words) + "." + where


_FATE_WORDS = {
    Fate.ADDED: "added",
    Fate.REPLACES: "replaced",
    Fate.SKIPPED: "skipped as already there",
    Fate.NO_ITEM: "without an item",
}
