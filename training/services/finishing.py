"""Saves that a power cut may interrupt: who saves what, and why, is kept on disk until the database has it."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import Any

from training.core.items import BY_TYPE, Item
from training.core.permission import Actor, Role
from training.core.refusal import Refusal
from training.services import signing_off
from training.services.app import App
from training.services.bank_files import held_alone
from training.services.keeping_files import write_file
from training.store import audit
from training.store.database import Connection

BEGUN = "save-begun.json"
FULL = "The disk is full, so nothing was saved. Your text is still here."
UNCLEAR = "interrupted; what stands in the file now is neither the old text nor the new one, so nothing else was noted"

_log = logging.getLogger("needlewise.server")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a save is about to do: as which audit entry it is noted, and the items it changes, old and new.

    `files` gives the digest of each file that is written: as it is, and as it will be.
    """

    entry: audit.Entry
    by: Actor
    reason: str
    files: Mapping[str, tuple[str, str]]
    items: Sequence[tuple[Item | None, Item]] = ()


def files_of(*writes: tuple[Path, bytes]) -> Mapping[str, tuple[str, str]]:
    """Give the digests of files before and after what is about to be written."""
    return {str(path): (_digest(path), sha256(data).hexdigest()) for path, data in writes}


@contextmanager
def one_at_a_time(app: App) -> Iterator[None]:
    """Let one writer at a time look at the banks and write, once what an earlier one left unfinished is noted."""
    with held_alone(app.settings.data_dir):
        _finish(app)
        yield


@contextmanager
def noted(app: App, edit: Edit) -> Iterator[None]:
    """Keep what is about to be written, let it be written, and note it; where it was not written, forget it.

    Killed in between, the next save or the next start notes it. The caller holds `one_at_a_time`. Raises Refusal.
    """
    try:
        write_file(app.settings.data_dir / BEGUN, _written(edit))
    except OSError as error:
        if error.errno == ENOSPC:
            raise Refusal(FULL) from error
        raise
    try:
        yield
    finally:
        _finish(app)
    app.content.renew()


def finish_interrupted(app: App) -> None:
    """Note the save that the process before this one did not live to note."""
    with one_at_a_time(app):
        return


def _finish(app: App) -> None:
    begun = app.settings.data_dir / BEGUN
    if not begun.exists():
        return
    try:
        edit = _read(begun.read_bytes())
    except (ValueError, KeyError, TypeError):
        # Of another release: nobody must be kept from saving by it, and nothing is thrown away.
        _log.exception("a save that was interrupted cannot be read; it is kept as %s", begun.with_suffix(".unread"))
        begun.replace(begun.with_suffix(".unread"))
        return
    standing = {file: _digest(Path(file)) for file in edit.files}
    app.database.write(lambda tx: _note(tx, edit, standing))
    begun.unlink()


def _note(tx: Connection, edit: Edit, standing: Mapping[str, str]) -> None:
    """Note what was done, as far as the files have it, unless that was noted before."""
    untouched = all(standing[file] == before for file, (before, _) in edit.files.items())
    if untouched or audit.has(tx, edit.entry.id):
        return
    if any(standing[file] != after for file, (_, after) in edit.files.items()):
        audit.add(tx, replace(edit.entry, detail=f"{edit.entry.detail}; {UNCLEAR}"))
        return
    audit.add(tx, edit.entry)
    for before, after in edit.items:
        signing_off.keep_edit(tx, edit.by, before, after, at=edit.entry.at, text=edit.reason)


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _written(edit: Edit) -> bytes:
    by = {"id": edit.by.id, "name": edit.by.name, "roles": sorted(edit.by.roles)}
    items = [[before and _as_json(before), _as_json(after)] for before, after in edit.items]
    content = {"entry": _plain(edit.entry), "by": by, "reason": edit.reason, "files": edit.files, "items": items}
    return json.dumps(content, ensure_ascii=False).encode()


def _read(data: bytes) -> Edit:
    """Read what was kept. Raises ValueError, KeyError or TypeError where another release wrote it."""
    content = json.loads(data)
    entry, by = content["entry"], content["by"]
    items = [(before and _item(before), _item(after)) for before, after in content["items"]]
    files = {file: (before, after) for file, (before, after) in content["files"].items()}
    who = Actor(by["id"], by["name"], frozenset(map(Role, by["roles"])))
    at = datetime.fromisoformat(entry["at"])
    return Edit(audit.Entry(**{**entry, "at": at}), who, content["reason"], files, items)


def _plain(entry: audit.Entry) -> dict[str, Any]:
    return {
        "id": entry.id, "at": entry.at.isoformat(), "actor": entry.actor, "action": entry.action,
        "subject": entry.subject, "detail": entry.detail,
    }  # fmt: skip


def _as_json(item: Item) -> Mapping[str, Any]:
    return item.model_dump(mode="json", by_alias=True)


def _item(content: Mapping[str, Any]) -> Item:
    return BY_TYPE[content["type"]].model_validate(content)
