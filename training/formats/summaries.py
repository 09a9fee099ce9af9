"""Totals and means that a spreadsheet adds to answers: a row that is no person, a column that is no item."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.formats.csv_columns import BadTable, CsvFile, line_of

WORDS = frozenset({
    "total", "totals", "grand total", "sum", "mean", "average", "overall average", "median", "facility", "difficulty",
    "summe", "gesamt", "mittelwert", "durchschnitt", "moyenne", "somme", "media", "promedio", "suma",
})  # fmt: skip
"""What spreadsheets and other systems call such rows and columns."""

ROUNDED = 0.0051
"""How far a mean may be off that was written with two decimals."""

FEWEST = 3
"""Rows or columns from which on it is no coincidence that one of them is the mean of the others."""

Scores = NDArray[np.float64]


def summary(name: str) -> bool:
    """Say whether a name is that of a total or mean."""
    return name.strip().strip(":").casefold() in WORDS


def refuse_summaries(file: CsvFile, persons: Sequence[str], items: Sequence[str], score: Scores) -> None:
    """Raise BadTable at a row or column of items x rows of scores that sums up the others, by its name or numbers."""
    row = next((place for place, name in enumerate(persons) if summary(name)), None)
    if row is None and _is_mean(score.T):
        row = score.shape[1] - 1
    if row is not None:
        shown = f"{persons[row]!r}" if persons else "the last one"
        raise BadTable(f"{file.path}:{line_of(file, row)}: this row, {shown}, sums up the others; delete it")
    column = next((name for name in items if summary(name)), None)
    if column is None and _is_mean(score):
        column = items[-1]
    if column is not None:
        said = f"the column {column!r} sums up the others; pass over it with --leave-out {column!r}"
        raise BadTable(f"{file.path}:{file.above}: {said}")


def _is_mean(score: Scores) -> bool:
    """Say whether the last of several rows is the mean of those above it; whole scores could be so by chance."""
    above, last = score[:-1], score[-1]
    given = ~np.isnan(last)
    known = ~np.isnan(above)
    if len(above) < FEWEST or given.sum() < FEWEST or not np.any((last[given] % 1) != 0):
        return False
    n = known.sum(axis=0)
    mean = np.where(n > 0, np.where(known, above, 0).sum(axis=0) / np.maximum(n, 1), np.inf)
    return bool(np.all(np.abs(mean - last)[given] <= ROUNDED))
