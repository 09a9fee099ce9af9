"""What was read before, in one file of the data folder: keyed by content, ignored when anything about it is odd."""

import contextlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, overload
from zlib import crc32

import pydantic

from training.content.finding import Finding
from training.content.garbage import left_lying
from training.content.parts import Kind, Part, Unit
from training.core.bank import Bank
from training.core.items import Item

FILE = "content.cache"
MAGIC = b"needlewise content\n"
CHECKSUM = 4

Row = tuple[str, bytes, bytes]
"""A part's digest, the part pickled (a bank without its items), and a bank's items pickled."""

Verdict = tuple[Finding, ...]


class StoredItems(Sequence[Item]):
    """A bank's items, unpickled when the first of them is looked at: a warm start reads only what is used."""

    __slots__ = ("_items", "_pickled")

    def __init__(self, pickled: bytes) -> None:
        self._pickled = pickled
        self._items: tuple[Item, ...] | None = None

    def all(self) -> tuple[Item, ...]:
        """Give the items. Two threads may both unpickle; they come to the same."""
        if self._items is None:
            with left_lying():
                self._items = pickle.loads(self._pickled)  # noqa: S301 - written by us, checked by read_whole
        return self._items

    def __len__(self) -> int:
        return len(self.all())

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        return self.all()[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.all())

    def __eq__(self, other: object) -> bool:
        return self.all() == (other.all() if isinstance(other, StoredItems) else other)

    def __hash__(self) -> int:
        return hash(self.all())

    def __reduce__(self) -> tuple[Any, ...]:
        return StoredItems, (self._pickled,)

    @property
    def pickled(self) -> bytes:
        """The items as they are stored."""
        return self._pickled


class Cache:
    """Parts and the last verdict by content. Without a folder it remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / FILE if folder else None
        self._known, self._verdict = _read(self._file)
        self._kept: dict[str, Row] = {}
        self._new: tuple[str, Verdict] | None = None

    def part(self, unit: Unit, digest: str) -> Part | None:
        """Give what was read from the same bytes before."""
        row = self._known.get(unit.file)
        if row is None or row[0] != digest:
            return None
        part = part_of(row)
        return part if part.unit == unit else None

    def keep(self, part: Part) -> None:
        """Remember a part for the next time."""
        if self._file is None:
            return
        self._kept[part.unit.file] = self.row(part) or row_of(part)

    def row(self, part: Part) -> Row | None:
        """Give a part as it is stored, where it is."""
        row = self._known.get(part.unit.file)
        return row if row and row[0] == part.digest else None

    def verdict(self, digest: str) -> Verdict | None:
        """Give what was found between files the last time, where nothing has changed since."""
        return self._verdict[1] if self._verdict and self._verdict[0] == digest else None

    def keep_verdict(self, digest: str, findings: Verdict) -> None:
        """Remember what was found between files."""
        self._new = digest, findings

    def save(self) -> None:
        """Write what was kept, in one step, where it differs from what was read."""
        if self._file is None or (self._kept == self._known and self._new == self._verdict):
            return
        self._known, self._verdict = dict(self._kept), self._new
        with contextlib.suppress(OSError):
            # A full or read-only disk costs time at the next start, nothing else.
            write_whole(self._file, _pickled((self._known, self._verdict)))


def part_of(row: Row) -> Part:
    """Give the part that a row holds."""
    part: Part = pickle.loads(row[1])  # noqa: S301 - written by us, checked by read_whole
    return replace(part, thing=replace(part.thing, items=StoredItems(row[2]))) if row[2] else part


def row_of(part: Part) -> Row:
    """Make the row that holds a part."""
    if part.unit.kind is not Kind.BANK:
        return part.digest, _pickled(part), b""
    bank: Bank = part.thing
    items = bank.items.pickled if isinstance(bank.items, StoredItems) else _pickled(tuple(bank.items))
    return part.digest, _pickled(replace(part, thing=replace(bank, items=()))), items


def _pickled(thing: Any) -> bytes:
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


def _read(file: Path | None) -> tuple[dict[str, Row], tuple[str, Verdict] | None]:
    payload = read_whole(file) if file else None
    if payload is None:
        return {}, None
    known, verdict = pickle.loads(payload)  # noqa: S301 - written by us, checked by read_whole
    return known, verdict


def read_whole(file: Path) -> memoryview | None:
    """Give what a cache file holds, or None unless this very version wrote it and not a byte has changed."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    head = _head()
    start = len(head) + CHECKSUM
    payload = memoryview(raw)[start:]
    if raw[: len(head)] != head or raw[len(head) : start] != _checksum(payload):
        return None
    return payload


def write_whole(file: Path, payload: bytes) -> None:
    """Write beside the file and rename: a reader, or a start after a power cut, sees the old one or the new one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=FILE)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(_head() + _checksum(payload) + payload)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, file)  # noqa: PTH105 - both are plain names here
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _checksum(payload: bytes | memoryview) -> bytes:
    return crc32(payload).to_bytes(CHECKSUM, "big")


@cache
def _head() -> bytes:
    """Name who wrote a cache: the Python, the pydantic and our own code that shape what is in it."""
    package = Path(__file__).parents[1]
    code = sha256()
    for path in sorted([*package.glob("core/**/*.py"), *package.glob("content/**/*.py")]):
        code.update(path.read_bytes())
    return MAGIC + f"{sys.version_info[:3]} {pydantic.VERSION} {code.hexdigest()}\n".encode()
