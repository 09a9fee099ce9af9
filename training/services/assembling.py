"""Building parallel forms of an exam: exact cells, enemies apart, and how alike the forms are, in numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from training.core.balance import balanced, key_places
from training.core.decision import angoff_cut, rules_of
from training.core.dice import Dice
from training.core.form import Form, laid_out
from training.core.pool import Candidate, Cell, Pool, shortfall
from training.core.reading_load import words_in
from training.core.refusal import Refusal
from training.measurement.feasibility import Feasibility, solve
from training.measurement.parallel_forms import Forms, Task, build

USUAL_MARK = 70.0
READING = "words to read"
STEPS_FROM_THE_CUT = (-1.0, 0.0, 1.0)
READING_WEIGHT = 0.05
"""How much the reading load counts beside information and expected score."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """An item's two parameters: discrimination (logit metric) and difficulty."""

    a: float
    b: float

    def chance(self, ability: float) -> float:
        """Give the probability of a right answer: 1 / (1 + exp(-a (theta - b)))."""
        return 1 / (1 + exp(-self.a * (ability - self.b)))


@dataclass(frozen=True, slots=True)
class Plan:
    """How many forms, by which seed, how many forms an item may be in, and how many items two forms may share."""

    forms: int
    seed: int
    cap: int = 1
    overlap: int = 0
    calibration: Mapping[str, Calibrated] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One measure summed over each form, and how far the furthest form is from the target, as a share of it."""

    name: str
    target: float
    forms: tuple[float, ...]
    deviation: float


@dataclass(frozen=True, slots=True)
class Built:
    """The forms and how alike they are.

    `cuts` are each form's own cut in percent, None without one; `keys` where the keys stand; `shared` the
    most items that two forms have in common, `exposure` the most forms an item is in, `used` the share of
    the bank's questions that is in any.
    """

    forms: tuple[Form, ...]
    sums: tuple[Sum, ...]
    cuts: tuple[float | None, ...]
    keys: tuple[Mapping[int, Mapping[int, int]], ...]
    shared: int
    exposure: int
    used: float


def build_forms(pool: Pool, plan: Plan) -> Built:
    """Build parallel forms from a programme's pool. Raises Refusal, naming each shortfall, where it cannot be done."""
    cells = [part for cell in pool.cells for part in _by_size(cell, plan)]
    items = sorted({candidate.item_id: candidate for cell in cells for candidate in cell.candidates}.items())
    number_of = {item_id: number for number, (item_id, _) in enumerate(items)}
    candidates = [candidate for _, candidate in items]
    names, features = _features(pool, candidates, plan.calibration)
    task = Task(
        plan.forms, [cell.count for cell in cells],
        [np.array([number_of[each.item_id] for each in cell.candidates], dtype=np.int64) for cell in cells],
        features, np.array([READING_WEIGHT if name == READING else 1.0 for name in names]),
        [frozenset(number_of[enemy] for enemy in each.enemies if enemy in number_of) for each in candidates],
        plan.cap if plan.overlap else 1, plan.overlap,
    )  # fmt: skip
    found = build(task, np.random.default_rng(plan.seed)) or _from_a_start(task, cells, plan)
    forms = tuple(_form(pool, cells, [candidates[n] for n in row], plan, at) for at, row in enumerate(found.items))
    return _told(forms, names, found, len(candidates))


@dataclass(frozen=True, slots=True)
class _Part:
    """The candidates of a cell that fill equally many questions each, and how many of them a form takes."""

    cell: Cell
    candidates: Sequence[Candidate]
    count: int


def _by_size(cell: Cell, plan: Plan) -> list[_Part]:
    """Split a cell by the size of its candidates, so that swaps keep the number of questions."""
    by_size: dict[int, list[Candidate]] = {}
    for candidate in cell.candidates:
        by_size.setdefault(candidate.size, []).append(candidate)
    room, parts = cell.quota.count, []
    for size in sorted(by_size, reverse=True):
        group = by_size[size]
        share = cell.quota.count * size * len(group) / max(cell.size, 1)
        most = len(group) * plan.cap // plan.forms
        count = room if size == 1 else min(int(share / size), most, room // size)
        room -= count * size
        if count:
            parts.append(_Part(cell, group, count))
    if room:
        raise Refusal(f"These forms cannot be built. {shortfall(cell.quota, cell.quota.count - room)}.")
    return parts


Measure = tuple[str, list[float]]


def _features(
    pool: Pool, candidates: Sequence[Candidate], calibration: Mapping[str, Calibrated] | None
) -> tuple[list[str], NDArray[np.float64]]:
    """Measure what must agree between forms: information and expected score around the cut, ratings, reading."""
    words = [float(sum(words_in(part.question) for part in each.parts)) for each in candidates]
    measures: list[Measure] = [(READING, words), *_ratings(pool, candidates)]
    if calibration:
        measures += _calibrated(pool, candidates, calibration)
    return [name for name, _ in measures], np.array([column for _, column in measures]).T


def _ratings(pool: Pool, candidates: Sequence[Candidate]) -> list[Measure]:
    """Give the panel's ratings, where there are any; an item nobody rated counts as the mean of the others."""
    ratings = [pool.programme.rating_of(each.item_id) for each in candidates]
    known = [rating for rating in ratings if rating is not None]
    if not known:
        return []
    mean = sum(known) / len(known)
    rows = zip(candidates, ratings, strict=True)
    return [("panel's ratings", [each.size * (mean if rating is None else rating) for each, rating in rows])]


def _calibrated(
    pool: Pool, candidates: Sequence[Candidate], calibration: Mapping[str, Calibrated]
) -> Iterator[Measure]:
    missing = [each.item_id for each in candidates if each.item_id not in calibration]
    if missing:
        raise Refusal(f"{len(missing)} items are not calibrated, {missing[0]} among them. Leave the calibration out.")
    items = [calibration[each.item_id] for each in candidates]
    cut = _ability_at(items, _cut_of(pool))
    for ability in (cut + step for step in STEPS_FROM_THE_CUT):
        rows = [(item.a, item.chance(ability), each.size) for item, each in zip(items, candidates, strict=True)]
        yield f"information at {ability:+.2f}", [a * a * chance * (1 - chance) * size for a, chance, size in rows]
        yield f"expected score at {ability:+.2f}", [chance * size for _, chance, size in rows]


def _cut_of(pool: Pool) -> float:
    """Give the share of points asked, from 0 to 1; 0.7 where the programme asks for none."""
    rules = pool.programme.rules.full if pool.programme.rules else None
    if rules and rules.overall:
        return rules.overall.cut / 100
    return (pool.programme.policy.pass_percent or USUAL_MARK) / 100


def _ability_at(items: Sequence[Calibrated], share: float) -> float:
    """Find the ability whose expected share of right answers over the bank is the cut, by bisection on [-4, 4]."""
    low, high = -4.0, 4.0
    for _ in range(40):
        middle = (low + high) / 2
        below = sum(item.chance(middle) for item in items) / len(items) < share
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2


def _from_a_start(task: Task, cells: Sequence[_Part], plan: Plan) -> Forms:
    found = solve(task)
    if found.start is None:
        raise Refusal(f"These forms cannot be built. {'; '.join(_short(cells, found, plan))}.{_why(task, found, plan)}")
    built = build(task, np.random.default_rng(plan.seed), found.start)
    if built is None or built.shared > plan.overlap:
        least = f" ({built.shared} in the best that were found)" if built else ""
        raise Refusal(
            f"No forms were found of which two share {plan.overlap} items at most{least}. "
            "Let them share more, let an item be in fewer forms, or build fewer."
        )
    return built


def _short(cells: Sequence[_Part], found: Feasibility, plan: Plan) -> Iterator[str]:
    forms = "1 form needs" if plan.forms == 1 else f"{plan.forms} forms need"
    for part, missing in zip(cells, found.short, strict=True):
        if missing:
            needed = part.count * plan.forms
            yield f"{part.cell.quota.name}: {forms} {needed}, {needed - missing} can be had with enemies apart"


def _why(task: Task, found: Feasibility, plan: Plan) -> str:
    disjoint = "" if task.cap == plan.cap else " Forms that share nothing have each item once: let them share some."
    return disjoint + ("" if found.proven else " The search ran out of time, so there may yet be a way.")


def _form(pool: Pool, cells: Sequence[_Part], row: Sequence[Candidate], plan: Plan, number: int) -> Form:
    dice = Dice(f"{plan.seed} form {number}")
    sections: dict[int, list[Candidate]] = {}
    places = [part.cell.section for part in cells for _ in range(part.count)]
    for section, candidate in zip(places, row, strict=True):
        sections.setdefault(section, []).append(candidate)
    form = laid_out(pool, sorted(sections.items()), dice, seed=plan.seed)
    slots = balanced(form.slots, dice) if pool.programme.policy.shuffle_options else form.slots
    return Form(
        form.programme, form.title, form.seed, form.policy, form.sections, slots, form.domains, form.content,
        form.rules, form.version,
    )  # fmt: skip


def _told(forms: tuple[Form, ...], names: Sequence[str], found: Forms, bank: int) -> Built:
    sums = tuple(
        Sum(name, float(found.target[n]), tuple(float(each) for each in found.sums[:, n]), float(found.deviation[n]))
        for n, name in enumerate(names)
    )
    uses = np.unique(found.items, return_counts=True)[1]
    return Built(
        forms, sums, tuple(_own_cut(form) for form in forms), tuple(key_places(form.slots) for form in forms),
        found.shared,
        int(uses.max()), len(uses) / bank,
    )  # fmt: skip


def _own_cut(form: Form) -> float | None:
    rules = rules_of(form)
    if rules is None or rules.overall is None:
        return None
    return angoff_cut(form.slots, rules.overall.cut) if rules.overall.angoff else rules.overall.cut
