"""Checking 10,000 items against loading them, in one process: `python -m tests.benchmarks.bench_linting`.

The items are our own banks' sentences and options, mixed anew: real words in real proportions, so that the search for
duplicates and for items that answer one another has as much to do as in a real bank of that size.
"""

from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from tests.benchmarks.bench_loading import _best
from tests.benchmarks.figures import Figure, at_most, main
from training.content.emitting import block
from training.content.libraries import load_library
from training.content.rules.asked import asked_of
from training.core.dice import Dice
from training.core.library import Library

FILES, ITEMS = 50, 200
TODAY = date(2026, 12, 1)
CONTENT = Path(__file__).parents[2]


def measure() -> list[Figure]:
    """Time loading without advice, and with all of it."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _write(root)
        loading = _best(lambda: load_library(root), rounds=3)
        checking = _best(lambda: load_library(root, today=TODAY), rounds=2)
        found = len(load_library(root, today=TODAY)[1])
    return [
        Figure("loading 10,000 items", loading, "s"),
        Figure("problems and advice found in them", found),
        at_most("checking them, against loading", checking / loading, 5),
    ]


def _write(root: Path) -> None:
    for name in ("question_banks", "modules", "programmes"):
        copytree(CONTENT / name, root / name)
    library, _ = load_library(CONTENT)
    dice = Dice("linting")
    sentences, options = _sentences(library), _options(library)
    for number in range(FILES):
        items = [_item(dice, sentences, options, number * ITEMS + place) for place in range(ITEMS)]
        bank = {"bank": f"bench-{number:02d}", "title": f"Bench {number}", "items": items}
        (root / "question_banks" / f"bench-{number:02d}.yaml").write_text(block(bank), "utf-8")


def _sentences(library: Library) -> list[str]:
    return [sentence for item in library.items() for asked in asked_of(item) for sentence in asked.sentences]


def _options(library: Library) -> list[tuple[str, str]]:
    found = (choice for item in library.items() for asked in asked_of(item) for choice in asked.choices)
    return [(choice.text, choice.why) for choice in found if choice.why]


def _item(dice: Dice, sentences: list[str], options: list[tuple[str, str]], number: int) -> dict[str, object]:
    stem = " ".join(sentences[dice.below(len(sentences))] for _ in range(3))
    chosen = [options[dice.below(len(options))] for _ in range(4)]
    written = [
        {"text": text, "correct": str(place == number % 4).lower(), "why": why}
        for place, (text, why) in enumerate(chosen)
    ]
    return {
        "id": f"bench-item-{number:05d}", "type": "single_best", "status": "approved",
        "objective": f"{1 + dice.below(9)}.{1 + dice.below(7)}", "level": "apply", "safety": "none", "stem": stem,
        "options": written, "references": ["mintken-2025"], "authors": ["Needlewise editors"],
        "reviewers": ["Needlewise clinical editors"], "reviewed": "2026-01-15", "review_by": "2099-01-15",
    }  # fmt: skip


if __name__ == "__main__":
    main("linting", measure)
