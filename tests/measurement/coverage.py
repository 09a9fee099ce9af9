"""How often each 95 % interval holds the truth, by simulation: `python -m tests.measurement.coverage` writes the table.

Thirty items are drawn once (log a ~ N(0, .3), b ~ N(-.5, 1): the bank of a course); cohorts are drawn from N(0, 1). The
truth is that of the population: facilities, item-rest correlations and alpha by integration over ability, parameters as
drawn. Models are fitted where the policy shows them: Rasch from 50 answers, the 2PL from 100.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.measurement.analysis import fitted_model
from training.measurement.information import chances
from training.measurement.intervals import slope_bounds
from training.measurement.items import item_statistics
from training.measurement.marks import marks_of
from training.measurement.quadrature import normal_grid
from training.measurement.reliability import summarise_test
from training.measurement.responses import Array, from_matrix
from training.measurement.scoring import expected_abilities, weighted_likelihood_abilities
from training.measurement.sums import item_sums

PAGE = Path(__file__).parents[2] / "docs" / "measurement.md"
MARK = "<!-- coverage: written by `python -m tests.measurement.coverage` -->"
SIZES, ITEMS, COHORTS = (20, 50, 200), 30, 2_000
Z = 1.959963984540054


@dataclass(frozen=True)
class Bank:
    """Items and what is true of them in the population."""

    a: Array
    b: Array

    @property
    def facility(self) -> Array:
        grid = normal_grid(0.02)
        return grid.weights @ chances(grid.nodes, self.a, self.b)

    @property
    def covariance(self) -> Array:
        grid = normal_grid(0.02)
        chance = chances(grid.nodes, self.a, self.b) - self.facility
        between = chance.T @ (chance * grid.weights[:, None])
        own = self.facility * (1 - self.facility)
        return between + np.diag(own - np.diag(between))

    @property
    def r_rest(self) -> Array:
        spread = self.covariance
        with_all, own = spread.sum(axis=1), np.diag(spread)
        return (with_all - own) / np.sqrt(own * (spread.sum() - 2 * with_all + own))

    @property
    def alpha(self) -> float:
        spread = self.covariance
        return len(self.a) / (len(self.a) - 1) * (1 - np.trace(spread) / spread.sum())


def bank(seed: int, *, common: bool = False) -> Bank:
    rng = np.random.default_rng(seed)
    return Bank(np.ones(ITEMS) if common else np.exp(rng.normal(0, 0.3, ITEMS)), rng.normal(-0.5, 1, ITEMS))


def coverage(n: int, cohorts: int, *, seed: int = 1) -> dict[str, tuple[float, int]]:
    """Give for each interval the share of those that hold the truth, and how many there were."""
    held: dict[str, list[Array]] = defaultdict(list)
    rng = np.random.default_rng(seed)
    for number in range(cohorts):
        items, equal = bank(number % 50), bank(number % 50, common=True)
        for name, inside in _classical(rng, items, n):
            held[name].append(inside)
        if n >= 50 and number < cohorts // 5:
            for name, inside in _models(rng, equal, n, "rasch"):
                held[name].append(inside)
        if n >= 100 and number < cohorts // 5:
            for name, inside in _models(rng, items, n, "2pl"):
                held[name].append(inside)
    pooled = {name: np.concatenate([np.atleast_1d(each) for each in parts]) for name, parts in held.items()}
    return {name: (float(np.mean(each)), len(each)) for name, each in pooled.items()}


def _cohort(rng: np.random.Generator, items: Bank, n: int) -> tuple[Array, Array]:
    ability = rng.normal(size=n)
    return ability, (rng.random((n, ITEMS)) < chances(ability, items.a, items.b)).astype(float)


def _classical(rng: np.random.Generator, items: Bank, n: int) -> Iterator[tuple[str, Array]]:
    _, scores = _cohort(rng, items, n)
    responses = from_matrix(scores)
    stats, test = item_statistics(item_sums(responses)), summarise_test(responses)
    yield "facility (Wilson)", _inside(items.facility, stats.facility_bounds.low, stats.facility_bounds.high)
    known = np.isfinite(stats.r_rest)
    yield (
        "item-rest correlation (Fisher z, Tate)",
        _inside(items.r_rest, stats.r_rest_bounds.low, stats.r_rest_bounds.high)[known],
    )
    yield "alpha (Feldt)", _inside(np.array(items.alpha), np.array(test.alpha_low), np.array(test.alpha_high))


def _models(rng: np.random.Generator, items: Bank, n: int, model: str) -> Iterator[tuple[str, Array]]:
    ability, scores = _cohort(rng, items, n)
    responses = from_matrix(scores)
    found = fitted_model(responses, np.full(ITEMS, float(n)), model)
    assert found.fit
    assert found.errors
    label = {"rasch": "Rasch", "2pl": "2PL with priors"}[model]
    known = found.fit.fitted
    yield f"{label}: difficulty b", (np.abs(found.fit.b - items.b) <= Z * found.errors.b)[known]
    slopes = slope_bounds(found.fit.a, found.errors.a)
    some = np.flatnonzero(known)[:1] if model == "rasch" else known  # Rasch items share one slope
    yield f"{label}: slope a (log scale)", _inside(items.a, slopes.low, slopes.high)[some]
    marks = marks_of(responses)
    for name, score in (("EAP", expected_abilities), ("Warm", weighted_likelihood_abilities)):
        given = score(marks, found.fit)
        yield f"{label}: ability ({name})", np.abs(given.ability - ability) <= Z * given.error


def _inside(truth: Array, low: Array, high: Array) -> Array:
    return (low <= truth) & (truth <= high)


def table(cohorts: int) -> str:
    """Write the table in Markdown; figures off by more than two points are in bold."""
    found = {n: coverage(n, cohorts) for n in SIZES}
    names = list(dict.fromkeys(name for each in found.values() for name in each))
    rows = ["| " + " | ".join([name, *(_cell(found[n].get(name)) for n in SIZES)]) + " |" for name in names]
    head = ["| interval | " + " | ".join(f"n = {n}" for n in SIZES) + " |", "|---|" + "---|" * len(SIZES)]
    return "\n".join([*head, *rows])


def _cell(found: tuple[float, int] | None) -> str:
    if found is None:
        return "not shown"
    text = f"{100 * found[0]:.1f} %"
    return text if abs(found[0] - 0.95) <= 0.02 else f"**{text}**"


def main() -> None:
    """Put the table into the page, between its marks; an argument sets the number of cohorts."""
    cohorts = int(sys.argv[1]) if len(sys.argv) > 1 else COHORTS
    written = table(cohorts)
    print(written)
    if PAGE.exists() and MARK in PAGE.read_text("utf-8"):
        before, _, after = PAGE.read_text("utf-8").split(MARK)
        PAGE.write_text(f"{before}{MARK}\n\n{written}\n\n{MARK}{after}", "utf-8")


if __name__ == "__main__":
    main()
