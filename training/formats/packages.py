"""Zip packages from anywhere: nothing is unpacked to disk, and what is read is bounded by what was really read."""

import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from posixpath import normpath
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from training.formats.unreadable import Unreadable

MOST_ENTRIES = 20_000
MOST_BYTES = 500_000_000
LARGEST_ENTRY = 100_000_000
MOST_RATIO = 250
SMALL = 2_000_000
"""Below this many bytes no ratio is suspect: short XML packs very well."""

_DRIVE = re.compile(r"^[A-Za-z]:")
_NESTED = (".zip", ".imscc", ".jar", ".gz", ".7z", ".rar", ".mbz")


def is_zip(data: bytes) -> bool:
    """Say whether the data starts as a zip archive does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True)
class Package:
    """A checked archive, its files by path; `left` names what stays closed, with the reason."""

    archive: ZipFile
    entries: dict[str, ZipInfo]
    left: tuple[tuple[str, str], ...] = field(default=())

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.entries}

    def find(self, path: str, *, beside: str = "") -> str | None:
        """Find a file as a document names it: relative, percent-encoded, in any case."""
        plain = path.replace("\\", "/").partition("#")[0].partition("?")[0]
        folder = beside.rpartition("/")[0]
        for each in (plain, unquote(plain)):
            for tried in (normpath(f"{folder}/{each}") if folder else normpath(each), normpath(each)):
                name = self._folded.get(tried.lstrip("/").casefold())
                if name is not None:
                    return name
        return None

    def read(self, name: str) -> bytes:
        """Read one file; raises Unreadable where it is damaged or larger than it said."""
        info = self.entries[name]
        try:
            with self.archive.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Unreadable(f"'{name}' in the package is damaged: {error}.", file=name) from None
        if len(data) > info.file_size:
            raise Unreadable(f"'{name}' in the package is larger than it claims.", file=name)
        return data

    def ending(self, *endings: str) -> Iterator[str]:
        """List files by the end of their names."""
        return (name for name in self.entries if name.lower().endswith(endings))


def open_package(data: bytes) -> Package:
    """Open an archive; raises Unreadable where it is malformed or built to do harm."""
    try:
        archive = ZipFile(BytesIO(data))
        infos = archive.infolist()
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Unreadable(f"The package is not a zip file that can be read: {error}.") from None
    if len(infos) > MOST_ENTRIES:
        raise Unreadable(f"The package has more than {MOST_ENTRIES:,} files.")
    _refuse_bombs(infos, len(data))
    entries: dict[str, ZipInfo] = {}
    left: list[tuple[str, str]] = []
    for info in infos:
        if info.is_dir():
            continue
        name = _safe_name(info)
        if name in entries:
            raise Unreadable(f"The package has two files named '{name}'.", file=name)
        if name.lower().endswith(_NESTED):
            left.append((name, "a package inside the package is not opened"))
        entries[name] = info
    return Package(archive, entries, tuple(left))


def _safe_name(info: ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or not info.filename.isprintable():
        raise Unreadable(f"The package has a file with an unsafe path: {info.filename[:120]!r}.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Unreadable(f"The package has a symbolic link: {name[:120]!r}.")
    if info.flag_bits & 0x1:
        raise Unreadable("The package is encrypted. Please export it without a password.")
    return normpath(name)


def _refuse_bombs(infos: list[ZipInfo], size: int) -> None:
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise Unreadable(f"The package would unpack to more than {MOST_BYTES // 1_000_000} MB.")
    reached = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > LARGEST_ENTRY or (info.file_size > SMALL and ratio > MOST_RATIO):
            raise Unreadable(f"'{info.filename[:120]}' in the package would unpack to {info.file_size:,} bytes.")
        if info.header_offset < reached or info.header_offset + info.compress_size > size:
            raise Unreadable("The files in the package overlap, which an honest package's do not.")
        reached = info.header_offset + info.compress_size
