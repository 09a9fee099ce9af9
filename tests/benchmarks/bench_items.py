"""Full item analysis of answers in memory against vectorised pandas: `python -m tests.benchmarks.bench_items`.

A bank of 1,000 items with five options, 100 answers a person. Both work out facility, item-rest correlation, the options
by ability third and the correlation of each option with the score; ours gives intervals, shrunken values and discrimination
indices too. Processor time, the least of several rounds in turns; memory is the peak above the data.
"""

import json
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from tests.benchmarks.figures import Figure, at_most, main
from tests.benchmarks.fitting import peak, reset_peak
from training.measurement.choices import OptionTable, option_table
from training.measurement.items import ItemStatistics, item_statistics
from training.measurement.responses import Responses
from training.measurement.sums import item_sums

ITEMS, PER_PERSON, OPTIONS = 1_000, 100, 5
ROUNDS = 5
RIGHT = np.tile([1.0, 0, 0, 0, 0], (ITEMS, 1))


def answers(count: int) -> Responses:
    """Draw answers; option 0 is right, and the able choose it more often."""
    rng = np.random.default_rng(1)
    persons = count // PER_PERSON
    person = np.repeat(np.arange(persons, dtype=np.int32), PER_PERSON)
    item = np.empty(count, np.int32)
    for block in range(0, persons, 1_000):
        part = np.argsort(rng.random((min(1_000, persons - block), ITEMS), np.float32), axis=1)[:, :PER_PERSON]
        item[block * PER_PERSON : block * PER_PERSON + part.size] = part.ravel()
    choice = rng.integers(0, OPTIONS, count, np.int8)
    ability, hard = rng.normal(size=persons).astype(np.float32), rng.normal(size=ITEMS).astype(np.float32)
    for block in range(0, count, 1_000_000):
        here = slice(block, block + 1_000_000)
        knows = rng.random(len(person[here]), np.float32) < 1 / (1 + np.exp(hard[item[here]] - ability[person[here]]))
        choice[here][knows] = 0
    return Responses(person, item, (choice == 0).astype(np.uint8), persons, ITEMS, choice=choice)


def ours(data: Responses) -> tuple[ItemStatistics, OptionTable]:
    sums = item_sums(data)
    return item_statistics(sums), option_table(sums, RIGHT)


def in_pandas(data: Responses) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same with grouped sums, as one who knows pandas would."""
    frame = pd.DataFrame({"person": data.person, "item": data.item, "score": data.score, "choice": data.choice})
    total = frame.groupby("person")["score"].sum()
    score = frame["score"].astype("float64")
    whole = frame["person"].map(total).astype("float64")
    rest = whole - score
    parts = pd.DataFrame({"item": frame["item"], "x": score, "r": rest, "rr": rest * rest, "xr": score * rest})
    sums = parts.groupby("item").agg(
        n=("x", "size"), x=("x", "sum"), r=("r", "sum"), rr=("rr", "sum"), xr=("xr", "sum")
    )
    own, other = sums.n * sums.x - sums.x**2, sums.n * sums.rr - sums.r**2
    sums["r_rest"] = (sums.n * sums.xr - sums.x * sums.r) / np.sqrt(own * other)
    edges = total.quantile([1 / 3, 2 / 3]).to_numpy()
    third = np.searchsorted(edges, whole.to_numpy())
    keyed = pd.DataFrame({"item": frame["item"], "choice": frame["choice"], "third": third, "whole": whole})
    options = keyed.groupby(["item", "choice", "third"]).agg(n=("whole", "size"), whole=("whole", "sum"))
    return sums, options


def measure() -> list[Figure]:
    """Time a million answers both ways in turns, ten million in a process of their own."""
    data = answers(1_000_000)
    times: dict[str, list[float]] = {"ours": [], "pandas": []}
    for _ in range(ROUNDS):
        for name, work in (("ours", ours), ("pandas", in_pandas)):
            began = time.process_time()
            found = work(data)
            times[name].append(time.process_time() - began)
            if name == "ours":
                statistics = found[0]
    assert np.allclose(statistics.r_rest, in_pandas(data)[0]["r_rest"], atol=1e-9)
    own, theirs = min(times["ours"]), min(times["pandas"])
    large = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_items", "large"], check=True, capture_output=True, text=True
    )
    seconds, megabytes = json.loads(large.stdout)
    return [
        Figure("item analysis of 1,000,000 answers, ours: processor time", own, "s"),
        Figure("item analysis of 1,000,000 answers, pandas: processor time", theirs, "s"),
        at_most("item analysis of 1,000,000 answers against pandas", own / theirs, 0.5),
        Figure("item analysis of 10,000,000 answers: processor time", seconds, "s"),
        at_most("item analysis of 10,000,000 answers: memory above the data", megabytes, 100, "MB"),
    ]


def _large() -> None:
    data = answers(10_000_000)
    ours(answers(10_000))
    reset_peak()
    before, began = peak(), time.process_time()
    ours(data)
    print(json.dumps([time.process_time() - began, peak() - before]))


if __name__ == "__main__":
    if sys.argv[1:] == ["large"]:
        _large()
    else:
        main("items", measure)
