"""Content that follows its files: edits show at once, and a broken edit leaves learners the last good version."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from training.content.cache import Cache
from training.content.garbage import left_lying
from training.content.joining import Joined
from training.content.libraries import join_parts, problems_of, read_parts
from training.content.parts import Part, find_units
from training.content.served import LastServed
from training.content.trying import Tried, tried
from training.core.library import Library
from training.core.pool import Pool, build_pool
from training.core.problem import Problem
from training.core.refusal import NotFound

PATIENCE = 0.5
"""Seconds for which the files are taken to be unchanged."""

Stamps = Mapping[str, tuple[int, int, int]]


@dataclass(slots=True, eq=False)
class _Moment:
    """The content at one moment: as it is on disk, as it is served, and what was made of it since."""

    fresh: Joined
    served: Joined
    problems: dict[date | None, tuple[Problem, ...]] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)


class LiveLibrary:
    """The content folder of a running product. Any number of threads may ask."""

    def __init__(self, root: Path, cache: Path | None, *, ticks: Callable[[], float] = time.monotonic) -> None:
        """Load everything; of a file that broke since the last run, serve what was served then.

        `cache` is a folder that outlives the run. `ticks` counts seconds.
        """
        self._root = root
        self._store = Cache(cache)
        self._last = LastServed(cache, root)
        self._ticks = ticks
        self._reading = Lock()
        self._pooling = Lock()
        self._stamps = _stamps(root)
        fresh = self._read({})
        self._now = self._moment_of(fresh, self._before(fresh))
        self._looked = ticks()

    def current(self) -> Library:
        """Give the content to serve."""
        return self._moment().served.library

    def problems(self, today: date | None = None) -> tuple[Problem, ...]:
        """List what is wrong with the files as they are on disk; with `today`, the advice on writing and dates too."""
        moment = self._moment()
        if today not in moment.problems:
            moment.problems[today] = tuple(problems_of(self._root, moment.fresh, today))
        return moment.problems[today]

    def tried(self, texts: Mapping[str, str], today: date) -> Tried:
        """Say what banks would be with other texts, by file, beside the rest as it is on disk. Nothing is written."""
        return tried(self._root, self._moment().fresh, texts, today)

    def pool(self, slug: str) -> Pool:
        """Give the items a programme draws from, indexed once for each version of the content. Raises NotFound."""
        moment = self._moment()
        if slug not in moment.pools:
            programme = moment.served.library.programmes.get(slug)
            if programme is None:
                raise NotFound("There is no such quiz.")
            with self._pooling, left_lying():
                if slug not in moment.pools:
                    moment.pools[slug] = build_pool(programme, moment.served.library)
        return moment.pools[slug]

    def _moment(self) -> _Moment:
        """Look at the files, at most twice a second; while one thread reads, the others go on with what there is."""
        if self._ticks() - self._looked >= PATIENCE and self._reading.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = self._ticks()
                self._reading.release()
        return self._now

    def renew(self) -> None:
        """Look at the files now: who has just saved meets what she saved on the next page."""
        with self._reading:
            self._look()
            self._looked = self._ticks()

    def _look(self) -> None:
        stamps = _stamps(self._root)
        if stamps == self._stamps:
            return
        before = self._now
        fresh = self._read(before.fresh.parts)
        # Only now: should reading fail, the next look tries again.
        self._stamps = stamps
        if fresh.library.digest != before.fresh.library.digest:
            self._now = self._moment_of(fresh, before.served)

    def _read(self, known: Mapping[str, Part]) -> Joined:
        parts = read_parts(self._root, self._store, known)
        joined = join_parts(self._root, parts, self._store)
        self._store.save()
        return joined

    def _before(self, fresh: Joined) -> Joined:
        """Give what the last run served, less the files that are gone since."""
        known = self._last.parts(fresh.parts)
        return self._join(known) if known and known != fresh.parts else fresh

    def _moment_of(self, fresh: Joined, before: Joined) -> _Moment:
        served = self._served(before, fresh)
        self._last.keep(served.parts, self._store)
        return _Moment(fresh, served)

    def _served(self, before: Joined, fresh: Joined) -> Joined:
        """Take over what is good of the fresh content; where an edit breaks a file, or another by it, keep the old."""
        wanted = {file: _better(before.parts.get(file), part) for file, part in fresh.parts.items()}
        if wanted == dict(fresh.parts) and fresh.errors <= before.errors:
            return fresh
        joined = self._join(wanted)
        return joined if joined.errors <= before.errors else self._one_by_one(before, wanted)

    def _one_by_one(self, before: Joined, wanted: Mapping[str, Part]) -> Joined:
        """Adopt each changed file that brings no new error with it, again and again until none does."""
        joined, adopted = before, True
        while adopted:
            adopted = False
            for file in sorted({*wanted, *joined.parts}):
                if wanted.get(file) is joined.parts.get(file):
                    continue
                tried = self._join(_swapped(joined.parts, file, wanted.get(file)))
                if tried.errors <= joined.errors:
                    joined, adopted = tried, True
        return joined

    def _join(self, parts: Mapping[str, Part]) -> Joined:
        return join_parts(self._root, parts)


def _better(before: Part | None, fresh: Part) -> Part:
    """Prefer the fresh part, unless it is broken and the one before was not, or gave at least something."""
    if before is None or not fresh.broken:
        return fresh
    return before if not before.broken or (fresh.unreadable and not before.unreadable) else fresh


def _swapped(parts: Mapping[str, Part], file: str, part: Part | None) -> dict[str, Part]:
    """Put one part in another's place, or take it out, in the order that parts are read in."""
    made = {**parts, file: part}
    return {name: made[name] for name in made if made[name] is not None}  # type: ignore[misc] # None is left out


def _stamps(root: Path) -> Stamps:
    """Tell by time, size and number of every file whether any was touched."""
    found = {}
    for unit in find_units(root):
        for file in unit.files:
            try:
                seen = (root / file).stat()
            except OSError:
                continue
            found[file] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found
