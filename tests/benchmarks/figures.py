"""What a benchmark found: named figures, the aim beside each, as a table for people and JSON for programs."""

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit; `met` is None where it has no aim of its own."""

    name: str
    value: float
    unit: str = ""
    aim: str = ""
    met: bool | None = None


def at_most(name: str, value: float, limit: float, unit: str = "×") -> Figure:
    """Make a figure that should not be above a limit."""
    return Figure(name, value, unit, f"≤ {limit:g} {unit}".strip(), value <= limit)


def at_least(name: str, value: float, limit: float, unit: str = "×") -> Figure:
    """Make a figure that should not be below a limit."""
    return Figure(name, value, unit, f"≥ {limit:g} {unit}".strip(), value >= limit)


def table(figures: Sequence[Figure]) -> str:
    """Write figures in columns."""
    rows = [(each.name, f"{each.value:.3g} {each.unit}".strip(), each.aim, _verdict(each.met)) for each in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {aim:<{widths[2]}}  {verdict}".rstrip()
        for name, value, aim, verdict in rows
    )


def machine() -> dict[str, str | int | None]:
    """Say what the figures were measured on; absolute numbers mean nothing elsewhere, ratios do."""
    return {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}


def write(path: Path, figures: Iterable[Figure]) -> None:
    """Keep figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {"machine": machine(), "figures": [asdict(each) for each in figures]}
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(name: str, measure: Callable[[], list[Figure]]) -> None:
    """Run one benchmark from the shell: print its table and write its JSON."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.benchmarks.bench_{name}")
    parser.add_argument("json", nargs="?", type=Path, default=RESULTS / f"{name}.json", help="where the JSON goes")
    path = parser.parse_args().json
    figures = measure()
    print(table(figures))
    write(path, figures)


def _verdict(met: bool | None) -> str:
    return {None: "", True: "met", False: "MISSED"}[met]
