"""Parallel forms: no rule is ever broken, the sums agree, and what cannot be built is explained."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.measurement.feasibility import solve
from training.measurement.parallel_forms import Forms, Task, build


def bank(items: int, cells: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Random two-parameter items: their information at -1, 0 and 1, and the cell of each."""
    rng = np.random.default_rng(seed)
    a, b = np.exp(rng.normal(0, 0.3, items))[:, None], rng.normal(0, 1, items)[:, None]
    chance = 1 / (1 + np.exp(-a * (np.array([-1.0, 0.0, 1.0]) - b)))
    return a**2 * chance * (1 - chance), rng.integers(0, cells, items)


def task(forms: int, counts: list[int], items: int = 400, pairs: int = 30, **more: int) -> Task:
    information, cell = bank(items, len(counts))
    rng = np.random.default_rng(2)
    enemies: list[set[int]] = [set() for _ in range(items)]
    for one, other in (rng.choice(items, 2, replace=False) for _ in range(pairs)):
        enemies[one].add(int(other))
        enemies[other].add(int(one))
    cells = [np.flatnonzero(cell == number) for number in range(len(counts))]
    return Task(forms, counts, cells, information, np.ones(3), [frozenset(each) for each in enemies], **more)


def broken(wanted: Task, forms: Forms) -> list[str]:
    """Every rule a set of forms breaks, by counting anew."""
    place_cell = np.repeat(np.arange(len(wanted.counts)), wanted.counts)
    found = []
    for row in forms.items:
        found += ["cell" for item, cell in zip(row, place_cell, strict=True) if item not in wanted.cells[cell]]
        found += ["twice"] if len(set(row)) < len(row) else []
        found += ["enemies" for item in row if wanted.enemies[item] & set(row.tolist())]
    uses = np.bincount(forms.items.ravel(), minlength=len(wanted.features))
    found += ["exposure"] if uses.max() > wanted.cap else []
    for one in range(wanted.forms):
        for other in range(one):
            common = set(forms.items[one].tolist()) & set(forms.items[other].tolist())
            found += ["overlap"] if len(common) > wanted.overlap else []
    return found


def test_disjoint_forms_break_no_rule_and_agree_within_half_a_percent() -> None:
    wanted = task(4, [10, 8, 6, 6])
    forms = build(wanted, np.random.default_rng(3))

    assert forms is not None
    assert broken(wanted, forms) == []
    assert forms.deviation.max() < 0.005


def test_the_sums_that_are_told_are_the_sums_of_the_items() -> None:
    wanted = task(3, [5, 5])
    forms = build(wanted, np.random.default_rng(3))

    assert forms is not None
    assert forms.sums == pytest.approx(wanted.features[forms.items].sum(axis=1))


def test_the_same_seed_builds_the_same_forms() -> None:
    once, again = (build(task(3, [5, 5]), np.random.default_rng(7)) for _ in range(2))

    assert once is not None
    assert again is not None
    assert (once.items == again.items).all()


@given(st.integers(1, 5), st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(1, 3), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_whatever_is_asked_no_rule_is_broken(forms: int, counts: list[int], cap: int, seed: int) -> None:
    wanted = task(forms, counts, items=160, pairs=60, cap=cap, overlap=2 if cap > 1 else 0)
    built = build(wanted, np.random.default_rng(seed))

    assert built is None or broken(wanted, built) == []


def test_what_cannot_be_filled_is_named_cell_by_cell() -> None:
    information, _ = bank(12, 1)
    wanted = Task(2, [4, 3], [np.arange(8), np.arange(8, 12)], information, np.ones(3), [frozenset()] * 12)

    found = solve(wanted)

    assert build(wanted, np.random.default_rng(1)) is None
    assert (found.short, found.start, found.proven) == ((0, 2), None, True)


def test_enemies_that_crowd_a_cell_are_what_is_short() -> None:
    information, _ = bank(4, 1)
    rivals = [frozenset({0, 1, 2, 3} - {item}) for item in range(4)]

    assert solve(Task(2, [2], [np.arange(4)], information, np.ones(3), rivals)).short == (2,)


def test_a_start_that_chance_misses_is_found_by_the_solver() -> None:
    """Cells overlap: item 0 fits only the first, so the first must not take what the second needs."""
    information, _ = bank(4, 1)
    wanted = Task(1, [2, 2], [np.array([0, 1, 2]), np.array([2, 3])], information, np.ones(3), [frozenset()] * 4)

    found = solve(wanted)

    assert found.start is not None
    forms = build(wanted, np.random.default_rng(1), found.start)
    assert forms is not None
    assert broken(wanted, forms) == []
