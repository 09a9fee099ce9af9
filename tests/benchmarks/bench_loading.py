"""Loading 10,000 items from 50 files, cold, warm and after one edit: `python -m tests.benchmarks.bench_loading`.

Everything is set against bare `yaml.load(…, CSafeLoader)` on the same files in the same process, which gives
dicts without schema, places or problems. A hundred items are flawed, so that problems have to be located. Processor time.
"""

import gc
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import yaml

from tests.benchmarks.figures import Figure, at_most, main
from training.content.cache import Cache
from training.content.libraries import load_library
from training.content.parts import contents, digest_of, find_units
from training.core.dice import Dice

FILES, ITEMS = 50, 200
ROUNDS = 5
SAMPLE = Path(__file__).parents[1] / "content_sample"
WORDS = [f"word{number}" for number in range(30)]


def measure() -> list[Figure]:
    """Time every way of loading the same files."""
    with TemporaryDirectory() as folder:
        root, cache = Path(folder) / "content", Path(folder) / "cache"
        _write(root)
        bare = _best(lambda: _bare(root))
        cold = _best(lambda: load_library(root))
        advised = _best(lambda: load_library(root, today=date(2026, 3, 2)), rounds=2)
        load_library(root, cache)
        warm = _best(lambda: load_library(root, cache))
        used = _best(lambda: sum(1 for _ in load_library(root, cache)[0].items()))
        edited, parsed = _after_an_edit(root, cache)
    return [
        Figure("bare CSafeLoader, 10,000 items", bare, "s"),
        at_most("cold, problems located, against bare", cold / bare, 1.3),
        Figure("cold with all advice, against bare", advised / bare, "×"),
        at_most("warm from the cache, against bare", warm / bare, 1 / 40),
        Figure("warm and every item looked at, against bare", used / bare, "×"),
        Figure("after one edit, against bare", edited / bare, "×"),
        at_most("files parsed after one edit", parsed, 1, "file"),
    ]


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the processor time of the quickest of several rounds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        kept = work()
        times.append(time.process_time() - began)
        del kept
    return min(times)


def _bare(root: Path) -> list[object]:
    files = sorted(root.rglob("*.yaml"))
    return [yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) for path in files]


def _after_an_edit(root: Path, cache: Path) -> tuple[float, int]:
    """Edit one bank; give the seconds of the next load, and how many files the cache did not know."""
    path = root / "question_banks" / "bench-07.yaml"
    path.write_text(path.read_text() + "# edited\n")
    store = Cache(cache)
    parsed = [unit for unit in find_units(root) if not store.part(unit, digest_of(unit, contents(root, unit)))]
    return _best(lambda: load_library(root, cache), rounds=1), len(parsed)


def _write(root: Path) -> None:
    copytree(SAMPLE, root)
    dice = Dice("loading")
    for number in range(FILES):
        items = "".join(_item(dice, number * ITEMS + place) for place in range(ITEMS))
        head = f"bank: bench-{number:02d}\ntitle: Bench {number}\nitems:\n"
        (root / "question_banks" / f"bench-{number:02d}.yaml").write_text(head + items)


def _item(dice: Dice, number: int) -> str:
    options = "".join(_option(dice, place, number) for place in range(4))
    return f"""\
  - id: bench-item-{number:05d}
    type: single_best
    status: approved
    objective: "1.{1 + dice.below(8)}"
    level: {["recall", "apply", "analyse"][dice.below(3)]}
    safety: none
    stem: >-
      {_text(dice, 12)}
      {_text(dice, 12)}
    options:
{options}    references:
      - mintken-2025
    authors:
      - Needlewise editors
    reviewers:
      - Needlewise clinical editors
    reviewed: 2026-01-15
    review_by: 2099-01-15
"""


def _option(dice: Dice, place: int, number: int) -> str:
    key = ""
    if place == 0:
        key = "        corect: true\n" if number % 100 == 0 else "        correct: true\n"
    return f"""\
      - text: {_text(dice, 4)}
{key}        why: >-
          {_text(dice, 10)}
          {_text(dice, 8)}
"""


def _text(dice: Dice, length: int) -> str:
    return " ".join(WORDS[dice.below(len(WORDS))] for _ in range(length)).capitalize() + "."


if __name__ == "__main__":
    main("loading", measure)
