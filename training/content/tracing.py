"""Where a value of a file stands, found without reading the whole file again where one entry of a bank will do."""

from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath

from training.content.finding import Finding
from training.content.garbage import left_lying
from training.content.parts import Part
from training.content.source import Path, Source, read_source
from training.core.problem import Problem


class Tracer:
    """One file as text. An entry of a bank is parsed by itself, once; anything else needs the file."""

    def __init__(self, file: str, raw: bytes, lines: tuple[int, ...] = ()) -> None:
        self._file, self._raw, self._starts = file, raw, lines
        self._lines: list[str] | None = None
        self._entries: dict[int, Source | None] = {}
        self._whole: list[Source | None] = []

    def place(self, path: Path) -> tuple[int, int]:
        """Give line and column of the value at a path."""
        number = path[1] if len(path) > 1 and path[0] == "items" else None
        if isinstance(number, int) and number < len(self._starts):
            entry = self._entry(number)
            if entry:
                line, column = entry.place((0, *path[2:]))
                return line + self._starts[number] - 1, column
        whole = self.whole()
        return whole.place(path) if whole else (1, 1)

    def whole(self) -> Source | None:
        """Give the whole file, read once."""
        if not self._whole:
            with left_lying():
                self._whole.append(read_source(self._file, self._raw)[0])
        return self._whole[0]

    def _entry(self, number: int) -> Source | None:
        """Give one entry as a list of one; None where its lines hold anything else, as the last one's may."""
        if number not in self._entries:
            if self._lines is None:
                self._lines = self._raw.decode("utf-8-sig", "replace").splitlines(keepends=True)
            start, end = self._starts[number], (*self._starts, len(self._lines) + 1)[number + 1]
            read, _ = read_source(self._file, "".join(self._lines[start - 1 : end - 1]))
            alone = read is not None and isinstance(read.data, list) and len(read.data) == 1
            self._entries[number] = read if alone else None
        return self._entries[number]


def tracer_of(root: FilePath, file: str, parts: Mapping[str, Part]) -> Tracer:
    """Open a file of the content for tracing."""
    path, part = root / file, parts.get(file)
    return Tracer(file, path.read_bytes() if path.is_file() else b"", part.lines if part else ())


def located(root: FilePath, findings: Iterable[Finding], parts: Mapping[str, Part]) -> list[Problem]:
    """Give each finding its line and column. Only files with findings are opened for it."""
    tracers: dict[str, Tracer] = {}
    found = []
    for each in findings:
        tracer = tracers.get(each.file) or tracers.setdefault(each.file, tracer_of(root, each.file, parts))
        found.append(each.at(tracer.place(each.path)))
    return found
