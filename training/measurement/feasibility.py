"""When forms cannot be built: a solver says how many questions of each cell can be had at most, or finds a start."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.measurement.parallel_forms import Task

Whole = NDArray[np.int64]

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Feasibility:
    """`short[c]` is how many questions of cell c are missing over all forms at best; `start` the forms where none is.

    `proven` is False where the solver ran out of time: then fewer might be missing than `short` says.
    The limit on what two forms share is not part of the model.
    """

    short: tuple[int, ...]
    start: Whole | None
    proven: bool


def solve(task: Task, seconds: float = SECONDS) -> Feasibility:
    """Fill the cells of all forms as far as they go (mixed-integer programme, HiGHS through SciPy).

    Huangfu & Hall (2018), Math Prog Comp 10:119. A variable for each item, cell and form, and for
    each cell and form how many are missing; the sum of what is missing is minimised.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - seconds to import, rarely needed
    from scipy.sparse import csr_array  # noqa: PLC0415

    pairs = [(cell, int(item)) for cell, items in enumerate(task.cells) for item in items]
    columns = len(pairs) * task.forms + len(task.cells) * task.forms
    rows = list(_rows(task, pairs))
    cells = [(number, column, 1.0) for number, (members, _, _) in enumerate(rows) for column in members]
    at, where, values = zip(*cells, strict=True)
    matrix = csr_array((values, (at, where)), shape=(len(rows), columns))
    cost = np.zeros(columns)
    cost[len(pairs) * task.forms :] = 1
    upper = np.ones(columns)
    upper[len(pairs) * task.forms :] = np.repeat(task.counts, task.forms)
    result = milp(
        cost, integrality=np.ones(columns), bounds=Bounds(0, upper),
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        options={"time_limit": seconds},
    )  # fmt: skip
    if result.x is None:
        return Feasibility(tuple(count * task.forms for count in task.counts), None, proven=False)
    return _read(task, pairs, np.rint(result.x).astype(np.int64), proven=result.status == 0)


Row = tuple[list[int], float, float]


def _rows(task: Task, pairs: list[tuple[int, int]]) -> Iterator[Row]:
    """Yield the constraints: columns with coefficient 1, lower and upper limit."""
    of_cell: dict[int, list[int]] = {}
    of_item: dict[int, list[int]] = {}
    for number, (cell, item) in enumerate(pairs):
        of_cell.setdefault(cell, []).append(number)
        of_item.setdefault(item, []).append(number)
    first_slack = task.forms * len(pairs)
    for cell, count in enumerate(task.counts):
        for form in range(task.forms):
            members = [number * task.forms + form for number in of_cell.get(cell, [])]
            yield [*members, first_slack + cell * task.forms + form], count, count
    for item, numbers in of_item.items():
        yield [number * task.forms + form for number in numbers for form in range(task.forms)], 0, task.cap
        rivals = [[*numbers, *of_item[each]] for each in task.enemies[item] if each > item and each in of_item]
        yield from _once(task.forms, [numbers, *rivals] if len(numbers) > 1 else rivals)


def _once(forms: int, groups: list[list[int]]) -> Iterator[Row]:
    """Allow one of each group in a form."""
    for group in groups:
        for form in range(forms):
            yield [number * forms + form for number in group], 0, 1


def _read(task: Task, pairs: list[tuple[int, int]], found: Whole, *, proven: bool) -> Feasibility:
    chosen = found[: len(pairs) * task.forms].reshape(len(pairs), task.forms)
    missing = found[len(pairs) * task.forms :].reshape(len(task.cells), task.forms).sum(axis=1)
    short = tuple(int(each) for each in missing)
    if any(short):
        return Feasibility(short, None, proven)
    numbers = [
        [item for (_, item), use in zip(pairs, chosen[:, form], strict=True) if use] for form in range(task.forms)
    ]
    return Feasibility(short, np.array(numbers, dtype=np.int64), proven)
