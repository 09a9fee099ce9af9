"""Ten disjoint forms of 100 from 5,000 calibrated items: `python -m tests.benchmarks.bench_assembling`.

Eight quotas, 200 pairs of enemies; the forms must agree in information and expected score around the cut. What was built
is counted anew here: cells, enemies, and items that two forms share. Then the information of each form is summed up by
the formula and held against the mean of the forms.
"""

import time
from collections.abc import Sequence
from itertools import combinations
from math import exp
from random import Random
from typing import Any

from tests.benchmarks.figures import Figure, at_most, main
from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.form import Form
from training.core.items import BY_TYPE
from training.core.library import Library
from training.core.pool import Pool, build_pool
from training.services.assembling import Built, Calibrated, Plan, build_forms

ITEMS, FORMS, LENGTH, PAIRS = 5_000, 10, 100, 200
COUNTS = (13, 13, 13, 13, 12, 12, 12, 12)
SEEDS = (1, 2, 3, 4, 5)


def measure() -> list[Figure]:
    """Build the forms by a few seeds; the slowest and the least alike count."""
    pool, enemies = _pool()
    chance = Random(7)
    calibration = {
        f"item-{number:05d}": Calibrated(exp(chance.gauss(0, 0.3)), chance.gauss(0, 1)) for number in range(ITEMS)
    }
    build_forms(pool, Plan(FORMS, 0, calibration=calibration))  # the first one imports what it needs
    times, apart, violations = [], [], 0
    for seed in SEEDS:
        began = time.process_time()
        built = build_forms(pool, Plan(FORMS, seed, calibration=calibration))
        times.append(time.process_time() - began)
        violations += _violations(built.forms, enemies)
        apart.append(_apart(built, calibration))
    return [
        at_most("assembling: 10 disjoint forms of 100 from 5,000 items, processor time", max(times), 2, "s"),
        at_most("assembling: rules broken", violations, 0, "rules"),
        at_most("assembling: information of the furthest form from the mean", 100 * max(apart), 0.5, "%"),
    ]


def _pool() -> tuple[Pool, set[frozenset[str]]]:
    chance = Random(11)
    pairs: set[frozenset[str]] = set()
    while len(pairs) < PAIRS:
        pairs.add(frozenset(f"item-{number:05d}" for number in chance.sample(range(ITEMS), 2)))
    named: dict[str, list[str]] = {}
    for one, other in map(sorted, pairs):
        named.setdefault(one, []).append(other)
    items = [
        BY_TYPE["single_best"].model_validate(_item(number, named, chance.randint(8, 40))) for number in range(ITEMS)
    ]
    library = Library(banks={"bank": Bank("bank", "Bank", tuple(items))})
    return build_pool(_programme(), library), pairs


def _item(number: int, enemies: dict[str, list[str]], words: int) -> dict[str, Any]:
    name = f"item-{number:05d}"
    return {
        "id": name, "type": "single_best", "status": "approved", "objective": f"{1 + number % 8}.1", "level": "apply",
        "stem": f"Question {number}: " + "word " * words, "references": ["who-2009"], "authors": ["Ida"],
        "options": [{"text": f"Option {n}", "why": "Because.", "correct": n == 0} for n in range(4)],
        "enemies": enemies.get(name, []),
    }  # fmt: skip


def _programme() -> Programme:
    quotas = [{"count": count, "domain": str(domain)} for domain, count in enumerate(COUNTS, 1)]
    return Programme.model_validate(
        {
            "programme": "bench", "title": "Bench", "summary": "Bench.", "banks": ["bank"], "policy": {"mode": "exam"},
            "blueprint": {"sections": [{"title": "All", "quotas": quotas}]},
        }
    )  # fmt: skip


def _violations(forms: Sequence[Form], enemies: set[frozenset[str]]) -> int:
    found = 0
    for form in forms:
        names = [slot.question.item_id for slot in form.slots]
        domains = [slot.question.domain for slot in form.slots]
        found += len(names) != LENGTH
        found += len(names) - len(set(names))
        found += sum(domains.count(str(domain)) != count for domain, count in enumerate(COUNTS, 1))
        found += sum(pair <= set(names) for pair in enemies)
    sets = [{slot.question.item_id for slot in form.slots} for form in forms]
    return found + sum(len(one & other) for one, other in combinations(sets, 2))


def _apart(built: Built, calibration: dict[str, Calibrated]) -> float:
    """Give the largest share by which a form's information differs from the mean of the forms, where it is matched."""
    places = [float(each.name.split()[-1]) for each in built.sums if each.name.startswith("information")]
    worst = 0.0
    for ability in places:
        sums = [sum(_information(calibration[s.question.item_id], ability) for s in f.slots) for f in built.forms]
        mean = sum(sums) / len(sums)
        worst = max(worst, *(abs(each - mean) / mean for each in sums))
    return worst


def _information(item: Calibrated, ability: float) -> float:
    chance = item.chance(ability)
    return item.a**2 * chance * (1 - chance)


if __name__ == "__main__":
    main("assembling", measure)
