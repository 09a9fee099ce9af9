"""A bank that lies in no content folder, checked and mended as if it stood among the banks of one."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy, copytree
from tempfile import TemporaryDirectory

from training.content.fixing import Mended, fix
from training.content.libraries import load_library
from training.core.problem import Problem

FOLDERS = ("question_banks", "modules", "programmes")
ENDINGS = frozenset({".yaml", ".yml"})
_BANK = re.compile(rb"^bank[ \t]*:", re.MULTILINE)


def is_loose(path: Path) -> bool:
    """Say whether a path is a bank in YAML; that it lies in no content folder is the caller's to know."""
    return path.is_file() and path.suffix in ENDINGS and _BANK.search(path.read_bytes()) is not None


def problems_of_loose(path: Path, home: Path, today: date) -> list[Problem]:
    """Check a bank with the references, objectives and other banks of the content folder `home`.

    It stands in for a bank of the same file name there, so a copy under work meets no duplicates of itself.
    """
    here = f"{FOLDERS[0]}/{path.name}"
    with _among(path, home) as root:
        _, problems = load_library(root, today=today)
    return [replace(problem, file=str(path)) for problem in sorted(problems) if problem.file == here]


def mended_loose(path: Path, home: Path, today: date) -> Mended | None:
    """Work out what can be mended in a bank; None where nothing can. Its file is left as it is."""
    here = f"{FOLDERS[0]}/{path.name}"
    with _among(path, home) as root:
        done = fix(root, today, here.__eq__)
        after = (root / here).read_bytes().decode("utf-8-sig")
    gone = tuple(replace(problem, file=str(path)) for each in done for problem in each.problems)
    return Mended(path.name, path.read_bytes().decode("utf-8-sig"), after, gone) if done else None


@contextmanager
def _among(path: Path, home: Path) -> Iterator[Path]:
    """Lay a copy of a bank among a copy of the content; gives the root of the copy."""
    with TemporaryDirectory(prefix="needlewise-check-") as folder:
        root = Path(folder)
        for name in FOLDERS:
            if (home / name).is_dir():
                copytree(home / name, root / name, ignore=_hidden)
        (root / FOLDERS[0]).mkdir(exist_ok=True)
        place = root / FOLDERS[0] / path.name
        place.unlink(missing_ok=True)
        copy(path, place)
        # Where an import leaves the pictures of a bank.
        pictures = path.parent / f"{path.stem}-pictures"
        if pictures.is_dir():
            copytree(pictures, root / pictures.name, ignore=_hidden, dirs_exist_ok=True)
        yield root


def _hidden(_folder: str, names: Sequence[str]) -> set[str]:
    return {name for name in names if name.startswith(".")}
