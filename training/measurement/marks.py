"""Right and wrong answers laid out for calibration: equal rows together, in blocks, each with the items it saw."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from training.measurement.responses import Array, Places, Responses

if TYPE_CHECKING:
    from scipy.sparse import csr_array

ROWS = 8192
PRECISE_ROWS = 20_000  # up to here arithmetic in double precision costs little
DENSE_ABOVE = 0.25
Matrix = Any  # a NumPy array or a SciPy sparse array: both multiply


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of answers. `seen` holds each distinct set of items once; row i saw `seen[of[i]]`, and `of` never falls."""

    right: Matrix
    raw: Array
    weight: Array
    seen: Matrix
    of: Places
    starts: Places


@dataclass(frozen=True, slots=True)
class Marks:
    """All blocks; person p gave the answers of row `row_of[p]` of them (-1: gave none)."""

    blocks: tuple[Block, ...]
    items: int
    row_of: Places
    right: Array
    answered: Array

    @property
    def rows(self) -> int:
        """How many distinct rows there are."""
        return sum(len(block.raw) for block in self.blocks)

    @property
    def number(self) -> type[np.float32] | type[np.float64]:
        """How precisely to reckon: singly where there are so many rows that rounding averages out."""
        return np.float64 if self.rows <= PRECISE_ROWS else np.float32

    @property
    def complete(self) -> bool:
        """Whether everybody saw every item."""
        return all(block.seen.shape[0] == 1 and block.seen.sum() == self.items for block in self.blocks)

    def spread(self, values: Array) -> Array:
        """Give each person the value of their row; NaN to who answered nothing."""
        padded = np.concatenate([values, np.full((1, *values.shape[1:]), np.nan)])
        return np.asarray(padded[self.row_of])


def is_binary(responses: Responses) -> bool:
    """Say whether every answer is right (1) or wrong (0)."""
    blocks = (np.asarray(responses.score[block]) for block in responses.blocks())
    return all(bool(np.all((score == 0) | (score == 1))) for score in blocks)


def marks_of(responses: Responses, *, by_score: bool = False) -> Marks:
    """Lay out answers of 0 and 1. With `by_score`, rows with the same items and the same sum count as equal.

    Sums are all that the Rasch model needs: Rasch (1960), Probabilistic Models, chapter 10. Items that everybody or
    nobody had right say nothing about anyone and are left out.
    """
    responses = _informative(responses)
    dense = len(responses) > DENSE_ABOVE * responses.persons * responses.items
    lay = _dense if dense else _sparse
    seen, right = lay(responses, np.ones(len(responses), np.int8)), lay(responses, responses.score)
    codes = np.random.default_rng(0).integers(1, 2**62, (2, responses.items)).astype(np.uint64)
    pattern, raw = _coded(seen, codes[0]), np.asarray(right.sum(axis=1), dtype=np.float64)
    answers = raw.astype(np.uint64) if by_score else _coded(right, codes[1])
    some = np.flatnonzero(np.asarray(seen.sum(axis=1)))
    keys = np.stack([pattern[some], answers[some]], axis=1)
    _, first, inverse, count = np.unique(keys, axis=0, return_index=True, return_inverse=True, return_counts=True)
    row_of = np.full(responses.persons, -1, np.intp)
    row_of[some] = inverse.reshape(-1)
    kept = some[first]  # in order of pattern, so that equal patterns are neighbours
    blocks = tuple(
        _block(right, seen, pattern, raw, kept[low : low + ROWS], count[low : low + ROWS], dense=dense)
        for low in range(0, len(kept), ROWS)
    )
    sums = (np.asarray(each.sum(axis=0), dtype=np.float64) for each in (right, seen))
    return Marks(blocks, responses.items, row_of, *sums)


def _informative(responses: Responses) -> Responses:
    answered, right = np.zeros(responses.items), np.zeros(responses.items)
    for block in responses.blocks():
        item = responses.item[block]
        answered += np.bincount(item, minlength=responses.items)
        right += np.bincount(item, weights=responses.score[block], minlength=responses.items)
    varied = (right > 0) & (right < answered)
    if varied.all():
        return responses
    kept = varied[responses.item]
    person, item, score = responses.person[kept], responses.item[kept], responses.score[kept]
    return Responses(person, item, score, responses.persons, responses.items)


def _coded(rows: Matrix, codes: Any) -> Any:
    """Give each row a number, so that equal rows and, but for one in 2**64, no others have equal numbers."""
    edges = range(0, rows.shape[0], ROWS)
    parts = [rows[low : low + ROWS].astype(np.uint64) @ codes for low in edges]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _dense(responses: Responses, values: Any) -> NDArray[np.int8]:
    matrix = np.zeros((responses.persons, responses.items), np.int8)
    matrix[responses.person, responses.item] = values
    return matrix


def _sparse(responses: Responses, values: Any) -> "csr_array":
    from scipy.sparse import coo_array  # noqa: PLC0415 - takes seconds to import; no learner's page waits for it

    shape = (responses.persons, responses.items)
    kept = coo_array((np.asarray(values).astype(np.int8), (responses.person, responses.item)), shape=shape)
    return kept.tocsr()


def _block(right: Any, seen: Any, pattern: Array, raw: Array, rows: Places, count: Places, *, dense: bool) -> Block:
    changes = np.flatnonzero(np.diff(pattern[rows])) + 1
    starts = np.concatenate([[0], changes]).astype(np.intp)
    of = np.zeros(len(rows), np.intp)
    of[changes] = 1
    own, shown = right[rows], seen[rows[starts]]
    return Block(
        own if dense else own.astype(np.float32),
        raw[rows],
        count.astype(np.float64),
        shown.astype(np.float32),
        np.cumsum(of),
        starts,
    )
