"""Files written so that no reader, and no power cut, ever sees half of one."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_files(files: Mapping[Path, bytes], *, last: Path) -> None:
    """Write files, each in one step, the one that refers to the others at the end."""
    for path in sorted(files, key=lambda path: path == last):
        write_file(path, files[path])


def write_file(path: Path, data: bytes) -> None:
    """Write beside the file and rename, keeping its permissions where it was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
        _settle(path.parent)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Have the disk know the new name too: what is noted next must not outlive it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def kept(root: Path, files: Iterable[str]) -> dict[str, bytes]:
    """Read files by their path from a content root; none outside it, and none that is missing."""
    home = root.resolve()
    paths = {file: (home / file).resolve() for file in files}
    return {file: path.read_bytes() for file, path in paths.items() if path.is_relative_to(home) and path.is_file()}
