"""One 2PL calibration by one engine in a process of its own: `python -m tests.benchmarks.fitting ENGINE DATA.npz`.

Prints JSON: processor seconds of the fitting call alone, how far the peak of memory rose above the data, and a and b.
Engines of other projects run where they are installed; R's mirt where there is an R that has it.
"""

import ctypes
import gc
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from training.measurement.calibration import calibrate
from training.measurement.marks import marks_of
from training.measurement.responses import Array, Responses

Fit = tuple[float, Array, Array, float | None]
"""Seconds, a, b, and megabytes where the engine has a process of its own and says how many it took."""

TOLERANCE = 1e-4
R_SCRIPT = """
a <- commandArgs(TRUE); d <- as.matrix(read.csv(a[1], header = FALSE)); d[d < 0] <- NA
colnames(d) <- paste0("i", seq_len(ncol(d))); suppressMessages(library(mirt)); mirtCluster(remove = TRUE)
top <- function() as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
invisible(gc()); writeLines("5", "/proc/self/clear_refs"); h <- top()
t <- sum(proc.time()[1:2]); m <- mirt(d, 1, "2PL", TOL = 1e-4, verbose = FALSE); t <- sum(proc.time()[1:2]) - t
h <- top() - h; p <- coef(m, simplify = TRUE, IRTpars = TRUE)$items
write.csv(data.frame(t, a = p[, "a"], b = p[, "b"], h), a[2])
"""


def ours(scores: np.ndarray) -> Fit:
    given = scores >= 0
    person = np.repeat(np.arange(len(scores), dtype=np.int32), given.sum(axis=1))
    item = np.broadcast_to(np.arange(scores.shape[1], dtype=np.int32), scores.shape)[given]
    responses = Responses(person, item, scores[given], *scores.shape)
    began = time.process_time()
    fit = calibrate(marks_of(responses), tolerance=TOLERANCE)
    return time.process_time() - began, fit.a, fit.b, None


def girth(scores: np.ndarray) -> Fit:
    twopl_mml = import_module("girth").twopl_mml
    data = scores.T.astype(int)
    began = time.process_time()
    found = twopl_mml(data)
    return time.process_time() - began, found["Discrimination"], found["Difficulty"], None


def pypi_mirt(scores: np.ndarray) -> Fit:
    fit_mirt = import_module("mirt").fit_mirt
    data = scores.astype(int)
    began = time.process_time()
    found = fit_mirt(data, "2PL", n_quadpts=61, tol=TOLERANCE, compute_standard_errors=False, accelerate="squarem")
    spent = time.process_time() - began
    table = found.coef()
    column = {name.lower(): np.asarray(table[name], dtype=float).ravel() for name in table if name != "item"}
    slope = next(column[name] for name in ("a", "a1", "discrimination") if name in column)
    hard = next(column[name] for name in ("b", "difficulty") if name in column)
    return spent, slope, hard, None


def r_mirt(scores: np.ndarray) -> Fit:
    folder = Path(sys.argv[2]).parent
    np.savetxt(folder / "r.csv", scores, fmt="%d", delimiter=",")
    subprocess.run(["Rscript", "-e", R_SCRIPT, folder / "r.csv", folder / "r-out.csv"], check=True, capture_output=True)
    found = np.genfromtxt(folder / "r-out.csv", delimiter=",", skip_header=1)
    return float(found[0, 1]), found[:, 2], found[:, 3], float(found[0, 4])


ENGINES: dict[str, Callable[[np.ndarray], Fit]] = {
    "ours": ours, "girth": girth, "mirt of PyPI": pypi_mirt, "R mirt": r_mirt,
}  # fmt: skip


def installed(engine: str) -> bool:
    """Say whether an engine can be had here."""
    if engine == "R mirt":
        there = shutil.which("Rscript")
        asked = "quit(status = !requireNamespace('mirt', quietly = TRUE))"
        return bool(there) and subprocess.run([there, "-e", asked], check=False, capture_output=True).returncode == 0
    return engine == "ours" or find_spec({"mirt of PyPI": "mirt"}.get(engine, engine)) is not None


def peak() -> float:
    """Give the most memory this process has had since the last reset, in MB."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def reset_peak() -> None:
    """Let the peak start again from what is in use now, with nothing freed kept in hand."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def main() -> None:
    """Fit and print."""
    engine = ENGINES[sys.argv[1]]
    scores = np.load(sys.argv[2])["scores"]
    engine(scores[:200, :10])  # imports and first calls are not the fit
    reset_peak()
    before = peak()
    spent, a, b, own = engine(scores)
    megabytes = peak() - before if own is None else own
    print(json.dumps({"seconds": spent, "megabytes": megabytes, "a": list(a), "b": list(b)}))


if __name__ == "__main__":
    main()
