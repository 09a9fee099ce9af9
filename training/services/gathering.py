"""Sums made from the answers themselves, for a part of them that no sums are kept of: some months, or one cohort.

They are those that markings keep (`core.tally` says what an attempt adds), added up page by page: what is in memory
grows with the questions and their options, not with the answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.core.certainty import DEGREES
from training.core.picks import picks
from training.core.question import Question
from training.core.tally import BANDS, EXACT_UNIT, NO_CHOICE, TIMES, choice_of
from training.measurement.responses import Array
from training.measurement.score_sums import ScoreSums
from training.store.answer_pages import FIRST_SIGN, GIVEN, SURE, Same, chosen, pages, versions_of
from training.store.attempts import read_questions
from training.store.codec import load_value
from training.store.database import Connection
from training.store.results import Choice
from training.store.sum_reading import Cells, known_digests
from training.store.sums import ITEM_SUMS, Kind

MOST_KNOWN = 100_000
"""Different answers at hand; where more are typed they are read again."""

Numbers = NDArray[np.int64]


class ItemRow(NamedTuple):
    """The sums of one question, named as their columns are."""

    id: int
    item_id: str
    digest: str
    n: int
    points: int
    squares: int
    pairs: int
    first: int
    first_squares: int
    rest: int
    rest_squares: int
    cross: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sums over some attempts: as rows and counts like those that are kept, and of the whole form."""

    rows: tuple[ItemRow, ...]
    cells: Cells
    versions: dict[str, str]
    whole: ScoreSums
    learners: int


def gathered(tx: Connection, choice: Choice) -> Gathered:
    """Read the answers of the attempts chosen and add them up."""
    some = chosen(tx, choice)
    adding = _Adding(tx, some.months, known_digests(tx, choice))
    for first, page in pages(tx, choice, some):
        adding.add(first, page)
    adding.whole.bands[0] += len(some.ids) - int(adding.whole.bands.sum())  # who answered nothing is on no page
    rows = adding.item_rows()
    return Gathered(rows, adding.cells(), versions_of(tx, [row.digest for row in rows]), adding.whole, some.learners)


class _Counts:
    """Answers and their points by row and place, in tables that grow with the rows."""

    def __init__(self, kind: Kind, places: int) -> None:
        self.kind, self.places = kind, places
        self.n, self.points = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def add(self, row: Any, place: Any, points: Any) -> None:
        """Add a page of answers."""
        at = row * self.places + place
        size = max(len(self.n), (int(row.max()) + 1) * self.places if len(row) else 0)
        for name, weights in (("n", None), ("points", points)):
            found = np.bincount(at, weights=weights, minlength=size).astype(np.int64)
            found[: len(getattr(self, name))] += getattr(self, name)
            setattr(self, name, found)

    def columns(self, items: Sequence[int], choices: Sequence[int], first: int = 0) -> list[Numbers]:
        """Give what is not nothing as columns of `Cells`; `items` and `choices` say what each row is of."""
        at = np.flatnonzero(self.n)
        row, place = at // self.places, at % self.places + first
        item, choice = np.array(items, np.int64)[row] + 1, np.array(choices, np.int64)[row]
        return [item, np.full(len(at), int(self.kind)), place, choice, self.n[at], self.points[at]]


class _Page(NamedTuple):
    """The answers of a page as columns: item, attempt, units earned, if that counts, which of `Same`, how it came."""

    item: Numbers
    who: Numbers
    points: Numbers
    scored: Numbers
    same: Numbers
    given: Numbers


class _Adding:
    def __init__(self, tx: Connection, months: Sequence[int], known: Sequence[str]) -> None:
        self.tx, self.months, self.first = tx, np.array(months, np.int64), min(months, default=0)
        self.items = {digest: place for place, digest in enumerate(known)}  # in the order of those that are kept
        self.questions: dict[str, Question] = {}
        self.places: dict[tuple[str, str | None], tuple[int, tuple[int, ...]]] = {}
        self.rows: dict[tuple[int, int], int] = {}  # (item, choice) -> row of `chosen`
        self.picks: dict[tuple[int, int], int] = {}  # the same of `several`
        self.chosen, self.several = _Counts(Kind.CELL, BANDS), _Counts(Kind.PICKED, BANDS)
        self.month = _Counts(Kind.MONTH, max(months, default=0) - self.first + 1)
        self.time, self.sure = _Counts(Kind.TIME, TIMES), _Counts(Kind.SURE, len(DEGREES))
        self.sums = np.zeros((len(ITEM_SUMS), 0), np.int64)
        self.whole = ScoreSums.empty(EXACT_UNIT)

    def add(self, first: int, same: Same) -> None:
        """Add up a page of attempts."""
        self._ask(set(same.digests) - self.questions.keys())
        page = self._page(same)
        item, who, points, scored, _, given = page
        most = int(who.max()) + 1
        earned, counted = (_by(who, each, most) for each in (points * scored, scored))
        band = _rounded((BANDS - 1) * earned, EXACT_UNIT * counted)[who]
        self._add_items(page, earned[who] - points * scored, counted[who] - scored)
        self._add_options(page, same, band)
        self.month.add(item, self.months[first:][who] - self.first, points)
        self._add_given(given, item, points)
        self.whole += _scores(page, same, earned, counted)

    def _page(self, same: Same) -> _Page:
        which = np.repeat(np.arange(len(same.signs)), list(map(len, same.signs)))
        item = [self.items.setdefault(digest, len(self.items)) for digest in same.digests]
        fields = np.array(item), _units(np.array(same.fractions)), np.array(same.max_points) > 0
        items, points, scored = (each.astype(np.int64)[which] for each in fields)
        who, given = np.divmod(_signs("".join(same.signs)), GIVEN)
        return _Page(items, who, points, scored, which, given)

    def _add_items(self, page: _Page, others: Numbers, many: Numbers) -> None:
        """Add to the sums of items: equal answers first, of which each has the same item and points."""
        size = int(page.same[-1]) + 1
        rest = _rounded(others, many)
        each = [_by(page.same, weights, size) for weights in (None, (many > 0).astype(np.int64), rest, rest**2)]
        starts = np.searchsorted(page.same, np.arange(size))
        item, x = page.item[starts], page.points[starts]
        n, pairs, rests, squares = each
        columns = (n, n * x, n * x**2, pairs, pairs * x, pairs * x**2, rests, squares, x * rests)
        found = np.stack([_by(item, column, len(self.items)) for column in columns])
        found[:, : self.sums.shape[1]] += self.sums
        self.sums = found

    def _add_options(self, page: _Page, same: Same, band: Numbers) -> None:
        """Count what was chosen; each of several options that were given at once by itself as well."""
        places = [self._place(each) for each in zip(same.digests, same.responses, strict=True)]
        self.chosen.add(np.array([cell for cell, _ in places], np.int64)[page.same], band, page.points)
        most = max(len(several) for _, several in places)
        for number in range(most):
            row = np.array([several[number] if number < len(several) else -1 for _, several in places], np.int64)
            there = row[page.same] >= 0
            self.several.add(row[page.same][there], band[there], page.points[there])

    def _add_given(self, given: Numbers, item: Numbers, points: Numbers) -> None:
        for counts, place in ((self.time, given // SURE - 1), (self.sure, given % SURE - 1)):
            told = place >= 0
            if told.any():
                counts.add(item[told], place[told], points[told])

    def _ask(self, digests: Iterable[str]) -> None:
        wanted = frozenset(digests)
        self.questions |= read_questions(self.tx, wanted) if wanted else {}

    def _place(self, answer: tuple[str, str | None]) -> tuple[int, tuple[int, ...]]:
        """Say in which rows of options an answer to a question is counted."""
        known = self.places.get(answer)
        if known is None:
            if len(self.places) >= MOST_KNOWN:
                self.places.clear()
            digest, response = answer
            item, question, value = self.items[digest], self.questions[digest], load_value(response)
            several = (NO_CHOICE, *picks(question, value)) if isinstance(value, tuple) else ()
            cell = _row(self.rows, item, choice_of(question, value))
            known = self.places[answer] = cell, tuple(_row(self.picks, item, each) for each in several)
        return known

    def item_rows(self) -> tuple[ItemRow, ...]:
        """Give the sums of each question that was met."""
        sums = self.sums.T.tolist()
        return tuple(
            ItemRow(place + 1, self.questions[digest].item_id, digest, *sums[place])
            for digest, place in self.items.items()
            if place < len(sums) and sums[place][0]
        )

    def cells(self) -> Cells:
        """Give all counts."""
        every, none = range(len(self.items)), [NO_CHOICE] * len(self.items)
        parts = [
            self.chosen.columns(*_named(self.rows)), self.several.columns(*_named(self.picks)),
            self.month.columns(every, none, self.first), self.time.columns(every, none), self.sure.columns(every, none),
        ]  # fmt: skip
        return Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _scores(page: _Page, same: Same, earned: Numbers, counted: Numbers) -> ScoreSums:
    """Sum up attempts: their shares, error variances and percents, as `core.tally` has them."""
    many, size = _by(page.who, None, len(counted)), len(counted)
    fractions, worth = np.array(same.fractions), np.array(same.max_points)
    points, most = (_by(page.who, _units(each)[page.same], size) for each in (fractions * worth, worth))
    percent = np.minimum(BANDS - 1, (BANDS - 1) * (points + counted) // np.maximum(most, 1))
    kept = counted > 1
    share, m = _rounded(EXACT_UNIT * points, most)[kept], counted[kept]
    squares = _by(page.who, page.points**2 * page.scored, size)[kept]
    error = _rounded(m * squares - earned[kept] ** 2, m * m * (m - 1))
    n, shares, squared, noise, answered = (float(each.sum()) for each in (kept, share, share**2, error, m))
    bands = np.bincount(percent[many > 0], minlength=BANDS).astype(np.float64)
    return ScoreSums(EXACT_UNIT, n, shares, squared, noise, answered, bands)


def _units(shares: Array) -> Numbers:
    """Count fractions in units, as `core.tally.units` does."""
    return (shares * EXACT_UNIT + 0.5).astype(np.int64)


def _signs(said: str) -> Numbers:
    return np.frombuffer(said.encode("utf-32-le"), np.uint32).astype(np.int64) - FIRST_SIGN


def _rounded(part: Numbers, whole: Numbers) -> Numbers:
    """Divide whole numbers, halves up; 0 where there is nothing to divide by."""
    return np.asarray(np.where(whole > 0, (2 * part + whole) // np.maximum(2 * whole, 1), 0))


def _by(index: Any, weights: Array | Numbers | None, size: int) -> Numbers:
    return np.bincount(index, weights=weights, minlength=size).astype(np.int64)


def _row(rows: dict[tuple[int, int], int], item: int, choice: int) -> int:
    return rows.setdefault((item, choice), len(rows))


def _named(rows: dict[tuple[int, int], int]) -> tuple[list[int], list[int]]:
    return [item for item, _ in rows], [choice for _, choice in rows]
