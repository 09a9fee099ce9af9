"""2PL calibration against the engines that are installed: `python -m tests.benchmarks.bench_calibration`.

The same simulated answers for all, each engine in a process of its own, processor time of the fit alone at tolerance 1e-4.
The log-likelihood of each engine's items is reckoned anew on nodes close enough together, so that all are judged alike;
errors are root mean squares against the true items. Girth is too slow, and does not know missing answers, for the larger
cases. `pip install girth mirt` gives two peers; R's mirt is taken where R has it. What is not installed is named.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.benchmarks.figures import Figure, at_most, main
from tests.benchmarks.fitting import ENGINES, installed
from tests.measurement.simulated import Drawn, drawn
from training.measurement.expectation import expect, largest_information
from training.measurement.marks import Marks, marks_of
from training.measurement.quadrature import needed_spacing, normal_grid
from training.measurement.responses import Array, from_matrix

AGAINST_R = "R mirt"


@dataclass(frozen=True)
class Case:
    """A size, who takes part, and what part of R mirt's time we may take."""

    persons: int
    items: int
    missing: float
    peers: tuple[str, ...]
    part: float

    @property
    def name(self) -> str:
        sparse = f", {self.missing:.0%} missing" if self.missing else ""
        return f"{self.persons:,} × {self.items}{sparse}"


CASES = (
    Case(1_000, 50, 0, ("girth", "mirt of PyPI", AGAINST_R), 1 / 20),
    Case(10_000, 100, 0, ("girth", "mirt of PyPI", AGAINST_R), 1 / 15),
    Case(10_000, 100, 0.9, ("mirt of PyPI", AGAINST_R), 1 / 15),
    Case(50_000, 200, 0, ("mirt of PyPI", AGAINST_R), 1 / 50),
)


@dataclass(frozen=True)
class Found:
    seconds: float
    megabytes: float
    log_likelihood: float
    error_a: float
    error_b: float


def measure() -> list[Figure]:
    """Fit every case with every engine that is there."""
    with TemporaryDirectory() as folder:
        return [*_missing(), *(figure for case in CASES for figure in _figures(case, Path(folder)))]


def _missing() -> list[Figure]:
    """Say plainly which engines are not compared because they are not here."""
    missing = [name for name in ENGINES if not installed(name)]
    named = ", ".join(missing)
    return [Figure(f"engines not installed here, so not compared: {named}", len(missing))] if missing else []


def _figures(case: Case, folder: Path) -> list[Figure]:
    truth = drawn(case.persons, case.items, seed=1, missing=case.missing)
    np.savez(folder / "data.npz", scores=np.nan_to_num(truth.scores, nan=-1).astype(np.int8))
    marks = marks_of(from_matrix(truth.scores))
    engines = [name for name in ("ours", *case.peers) if name in ENGINES and installed(name)]
    found = {name: _found(name, folder / "data.npz", truth, marks) for name in engines}
    return [figure for name in engines for figure in _against(case, name, found)]


def _found(engine: str, data: Path, truth: Drawn, marks: Marks) -> Found:
    words = [sys.executable, "-m", "tests.benchmarks.fitting", engine, str(data)]
    said = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    a, b = np.array(said["a"]), np.array(said["b"])
    errors = (float(np.sqrt(np.mean((one - other) ** 2))) for one, other in ((a, truth.a), (b, truth.b)))
    return Found(said["seconds"], said["megabytes"], _log_likelihood(marks, a, -a * b), *errors)


def _log_likelihood(marks: Marks, a: Array, d: Array) -> float:
    spacing = needed_spacing(largest_information(marks, a, d, normal_grid()))
    return expect(marks, a, d, normal_grid(spacing / 1.5)).log_likelihood


def _against(case: Case, name: str, found: dict[str, Found]) -> list[Figure]:
    one, own = found[name], found["ours"]
    head = f"2PL {case.name}, {name}"
    figures = [
        Figure(f"{head}: processor time", one.seconds, "s"),
        Figure(f"{head}: memory above the data", one.megabytes, "MB"),
        Figure(f"{head}: log-likelihood", one.log_likelihood),
        Figure(f"{head}: error of a", one.error_a),
        Figure(f"{head}: error of b", one.error_b),
    ]
    if name == "ours":
        return figures
    ratio, limit = own.seconds / one.seconds, case.part if name == AGAINST_R else 1
    worse = (one.log_likelihood - own.log_likelihood) / abs(one.log_likelihood)
    return [
        *figures,
        at_most(f"2PL {case.name}: our processor time against {name}", ratio, limit),
        at_most(f"2PL {case.name}: our memory against {name}", own.megabytes / max(one.megabytes, 0.1), 1 / 4)
        if name == AGAINST_R
        else Figure(f"2PL {case.name}: our memory against {name}", own.megabytes / max(one.megabytes, 0.1), "×"),
        at_most(f"2PL {case.name}: log-likelihood below that of {name}", 100 * worse, 0.01, "%"),
        at_most(f"2PL {case.name}: our error of a against {name}", own.error_a / one.error_a, 1.01),
        at_most(f"2PL {case.name}: our error of b against {name}", own.error_b / one.error_b, 1.01),
    ]


if __name__ == "__main__":
    main("calibration", measure)
