"""What learners were last given, kept over a restart: a file that breaks meanwhile takes nothing away from them."""

import contextlib
import pickle
from collections.abc import Mapping
from pathlib import Path

from training.content.cache import Cache, Row, part_of, read_whole, row_of, write_whole
from training.content.parts import Part

FILE = "served.cache"


class LastServed:
    """The parts last served from one content root. Without a folder it remembers nothing."""

    def __init__(self, folder: Path | None, root: Path) -> None:
        """Read what an earlier run of this very version kept for this root; anything else is ignored."""
        self._file = folder / FILE if folder else None
        self._root = str(root.resolve())
        self._rows = _read(self._file, self._root)

    def parts(self, fresh: Mapping[str, Part]) -> dict[str, Part]:
        """Give what was served of the files that are still there: the fresh part itself where nothing changed."""
        known = [(part, self._rows[file]) for file, part in fresh.items() if file in self._rows]
        return {part.unit.file: part if row[0] == part.digest else part_of(row) for part, row in known}

    def keep(self, parts: Mapping[str, Part], store: Cache) -> None:
        """Write what is served now, in one step, where it differs from what was. Rows of `store` are shared."""
        if self._file is None:
            return
        before, self._rows = self._rows, {file: self._row(part, store) for file, part in parts.items()}
        if _digests(before) == _digests(self._rows):
            return
        with contextlib.suppress(OSError):
            # As for the cache: a full or read-only disk must not stop learners.
            write_whole(self._file, pickle.dumps((self._root, self._rows), pickle.HIGHEST_PROTOCOL))

    def _row(self, part: Part, store: Cache) -> Row:
        mine = self._rows.get(part.unit.file)
        return store.row(part) or (mine if mine and mine[0] == part.digest else row_of(part))


def _digests(rows: Mapping[str, Row]) -> dict[str, str]:
    return {file: row[0] for file, row in rows.items()}


def _read(file: Path | None, root: str) -> dict[str, Row]:
    payload = read_whole(file) if file else None
    if payload is None:
        return {}
    of_root, rows = pickle.loads(payload)  # noqa: S301 - written by us, checked by read_whole
    return rows if of_root == root else {}
