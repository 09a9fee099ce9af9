"""Run every benchmark of this folder, print one table and write one JSON file: `make bench`."""

import argparse
import importlib
import sys
import time
from pathlib import Path

from tests.benchmarks.figures import RESULTS, Figure, table, write

HERE = Path(__file__).parent


def run() -> int:
    """Measure; gives 0 where every aim is met, else 1."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("bench", nargs="*", choices=[*known, []], help=f"which ({', '.join(known)}); all by default")
    parser.add_argument("--json", type=Path, default=RESULTS / "all.json", help="where the JSON goes")
    arguments = parser.parse_args()
    figures = [figure for name in arguments.bench or known for figure in _measured(name)]
    print(table(figures))
    write(arguments.json, figures)
    return int(any(each.met is False for each in figures))


def _measured(name: str) -> list[Figure]:
    print(f"measuring {name} …", end=" ", file=sys.stderr, flush=True)
    began = time.perf_counter()
    figures: list[Figure] = importlib.import_module(f"tests.benchmarks.bench_{name}").measure()
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return figures


if __name__ == "__main__":
    sys.exit(run())
