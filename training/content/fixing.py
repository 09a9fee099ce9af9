"""Mending what can be mended without asking: spellings, spaces, full stops, comments that allow nothing."""

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from pathlib import Path
from shutil import copytree

from training.content.cache import Cache
from training.content.libraries import join_parts, read_parts
from training.content.retouching import Change, retouched
from training.content.rules import Advised, advised
from training.content.source import Source, read_source
from training.core.problem import Problem

ROUNDS = 5
"""One text may have several flaws, and is mended once a round."""
IDLE = "B210"
_COMMENT = re.compile(r"[ \t]*#\s*lint:\s*allow\b.*$")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file as it was and as it should be, and the problems that are gone from it."""

    file: str
    before: str
    after: str
    problems: tuple[Problem, ...]

    @property
    def diff(self) -> str:
        """The change as a patch."""
        before, after = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        return "".join(unified_diff(before, after, f"a/{self.file}", f"b/{self.file}"))


def preview(root: Path, today: date, wanted: Callable[[str], bool]) -> list[Mended]:
    """Work out all that `fix` would do, on a copy of the content."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("question_banks", "modules", "programmes"):
            if (root / name).is_dir():
                copytree(root / name, copy / name)
        done = fix(copy, today, wanted)
        return [_whole(root, copy, file, done) for file in dict.fromkeys(each.file for each in done)]


def _whole(root: Path, copy: Path, file: str, done: Sequence[Mended]) -> Mended:
    before, after = ((folder / file).read_bytes().decode("utf-8-sig") for folder in (root, copy))
    return Mended(
        file, before, after, tuple(problem for each in done if each.file == file for problem in each.problems)
    )


def fix(root: Path, today: date, wanted: Callable[[str], bool]) -> list[Mended]:
    """Mend what can be mended, in files that the caller wants, and say what was done."""
    done: list[Mended] = []
    for _ in range(ROUNDS):
        found = [each for each in mend(root, today, wanted) if write_mended(root, each)]
        if not found:
            break
        done += found
    return done


def mend(root: Path, today: date, wanted: Callable[[str], bool]) -> list[Mended]:
    """Work out what can be mended in the files that are wanted. Nothing is written."""
    parts = read_parts(root, Cache(None))
    by_file: dict[str, list[Advised]] = defaultdict(list)
    for each in advised(root, join_parts(root, parts), today):
        if wanted(each.problem.file) and (each.fixed is not None or each.problem.code == IDLE):
            by_file[each.problem.file].append(each)
    mended = (_mended(root, file, found) for file, found in by_file.items())
    return [each for each in mended if each is not None]


def _mended(root: Path, file: str, found: Sequence[Advised]) -> Mended | None:
    before, _ = read_source(file, (root / file).read_bytes())
    idle = [each.problem for each in found if each.problem.code == IDLE]
    # Comments first: they go by their lines, and what is written goes by its path.
    source, _ = read_source(file, _without_comments(before.text, idle)) if before else (None, [])
    if before is None or source is None:
        return None
    changes = {
        each.path: Change(each.path, old, each.fixed) for each in found if each.fixed and (old := _value(source, each))
    }
    text, made = retouched(source, list(changes.values()))
    done = {(change.path, change.new) for change in made}
    gone = [each.problem for each in found if each.fixed and (each.path, each.fixed) in done]
    return Mended(file, before.text, text, (*gone, *idle)) if text != before.text else None


def _value(source: Source, each: Advised) -> str | None:
    value = source.data
    for part in each.path:
        value = value[part]
    return value if isinstance(value, str) else None


def _without_comments(text: str, idle: Sequence[Problem]) -> str:
    """Take comments out; a line that held nothing else goes with its comment."""
    lines = text.splitlines(keepends=True)
    for problem in sorted(idle, reverse=True):
        line = lines[problem.line - 1]
        ending = line[len(line.rstrip("\r\n")) :]
        rest = _COMMENT.sub("", line.rstrip("\r\n"))
        lines[problem.line - 1] = rest + ending if rest.strip() else ""
    return "".join(lines)


def write_mended(root: Path, mended: Mended) -> bool:
    """Write a file in one step; not where it has changed since it was read."""
    path = root / mended.file
    raw = path.read_bytes()
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    if raw.removeprefix(mark) != mended.before.encode():
        return False
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(mark + mended.after.encode())
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return True
