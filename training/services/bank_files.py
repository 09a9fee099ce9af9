"""The files of the banks: which there are, how each is written, and who may write just now."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

from training.content.parts import Kind, find_units
from training.core.refusal import NotFound, Refusal

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARK = b"\xef\xbb\xbf"
_one_here = threading.Lock()


@dataclass(frozen=True, slots=True)
class BankFile:
    """A bank's text with plain line ends, and how its file writes it: a byte order mark, Windows' line ends."""

    text: str
    marked: bool = False
    windows: bool = False
    writable: bool = True

    def encoded(self, text: str) -> bytes:
        """Give another text as this file would have it."""
        ends = text.replace("\n", "\r\n") if self.windows else text
        return (_MARK if self.marked else b"") + ends.encode()


def slugs(root: Path) -> list[str]:
    """Name the banks under a content root by their files."""
    return sorted(unit.stem for unit in find_units(root) if unit.kind is Kind.BANK)


def bank_file(root: Path, slug: str) -> Path:
    """Give the file of a bank that is there: never one outside the folder, links followed. Raises NotFound."""
    home = (root / "question_banks").resolve()
    found = _SLUG.fullmatch(slug) and slug in slugs(root)
    path = next((each for ending in ("yaml", "yml") if (each := home / f"{slug}.{ending}").is_file()), None)
    if not found or path is None or path.resolve().parent != home:
        raise NotFound(f"There is no bank '{slug[:64]}' among the files.")
    return path


def new_bank_file(root: Path, slug: str) -> Path:
    """Say where a new bank goes: never outside the folder, never in a list's place. Raises Refusal."""
    path = (root / "question_banks").resolve() / f"{slug}.yaml"
    if not _SLUG.fullmatch(slug) or not 3 <= len(slug) <= 64 or slug in slugs(root) or path.exists():  # noqa: PLR2004 - as an id is long
        raise Refusal("Name the bank with small letters, digits and hyphens, 3 to 64 of them, as no other list is.")
    return path


def read_bank_file(path: Path) -> BankFile:
    """Read a bank's file. Raises Refusal where it is not UTF-8."""
    raw = path.read_bytes()
    try:
        text = raw.removeprefix(_MARK).decode()
    except UnicodeDecodeError:
        raise Refusal(f"{path.name} is not UTF-8 text. Please save it as UTF-8 in a text editor first.") from None
    windows = "\r\n" in text and "\n" not in text.replace("\r\n", "")
    plain = text.replace("\r\n", "\n") if windows else text
    return BankFile(plain, raw.startswith(_MARK), windows, may_write(path, path.parent))


def may_write(*paths: Path) -> bool:
    """Say whether this process may write all of these."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(each, os.W_OK, effective_ids=effective) for each in paths)


@contextmanager
def held_alone(data_dir: Path) -> Iterator[None]:
    """Let one writer at a time look at the banks and write: in this process, and in others on this machine."""
    with _one_here, (data_dir / "editing.lock").open("ab") as lock:
        flock(lock, LOCK_EX)
        yield
