"""The key that signs certificates: made on the first start, or given; the public history of keys is in the database."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.documents import key_history
from training.documents.badge import stamp
from training.documents.key_history import Entry
from training.documents.multibase import NotMultibase
from training.documents.proofs import public_of, read_secret, write_secret
from training.services.app import App
from training.services.noting import note
from training.services.settings import BadSetting, Settings
from training.store import signing_keys
from training.store.database import Connection
from training.store.signing_keys import KeyRow

CURRENT, BEFORE = "signing.key", "signing.key.before"


@dataclass(frozen=True, slots=True)
class Keys:
    """The private key in use, and the public history that ends with it."""

    private: Ed25519PrivateKey
    history: tuple[Entry, ...]

    @property
    def public(self) -> str:
        return self.history[-1].key


def keys(app: App) -> Keys:
    """Give the key in use and its history; a new key is taken into use with the word of the one before.

    Raises Refusal where the key changed and the one before is not there to vouch for it.
    """
    private = _private(app.settings)
    history = app.database.read(known)
    if history and history[-1].key == public_of(private):
        return Keys(private, history)
    entry = _next(app.settings, private, history, app.now())

    def write(tx: Connection) -> tuple[Entry, ...]:
        current = known(tx)
        if not current or current[-1].key != entry.key:
            signing_keys.add(tx, KeyRow(entry.key, entry.since, entry.endorsed_by, entry.endorsement))
            note(tx, app, "needlewise", "took a signing key into use", entry.key)
        return known(tx)

    return Keys(private, app.database.write(write))


def known(tx: Connection) -> tuple[Entry, ...]:
    """Give the public history of keys, oldest first."""
    return tuple(Entry(row.key, row.since, row.endorsed_by, row.endorsement) for row in signing_keys.every(tx))


def rotate(app: App, actor: Actor) -> str:
    """Make a new key, let the old one vouch for it, and sign with it from now on. Gives its public half."""
    permit(actor, Action.ROTATE_KEYS)
    if app.settings.signing_key:
        raise Refusal(
            "The key is given by NEEDLEWISE_SIGNING_KEY. Put a new one there and the old one into "
            "NEEDLEWISE_SIGNING_KEY_BEFORE; the next start takes it into use."
        )
    old = keys(app).private
    folder = _folder(app.settings)
    _write_private(folder / BEFORE, old)
    new = Ed25519PrivateKey.generate()
    _write_private(folder / CURRENT, new)
    public = keys(app).public
    # Its word is given and kept in the history: whoever stole it now could only sign in the past.
    (folder / BEFORE).unlink()
    app.database.write(lambda tx: note(tx, app, actor.id, "changed the signing key", public))
    return public


def _next(settings: Settings, private: Ed25519PrivateKey, history: tuple[Entry, ...], now: datetime) -> Entry:
    if not history:
        return key_history.first(private, stamp(now))
    before = _before(settings)
    if before is None or public_of(before) != history[-1].key:
        raise Refusal(
            "The signing key is another than the last one used, and the last one is not there to vouch for it. "
            "Restore it, or give it as NEEDLEWISE_SIGNING_KEY_BEFORE."
        )
    return key_history.successor(private, before, stamp(now))


def _private(settings: Settings) -> Ed25519PrivateKey:
    if settings.signing_key:
        return _read(settings.signing_key, "NEEDLEWISE_SIGNING_KEY")
    path = _folder(settings) / CURRENT
    if not path.exists():
        _write_private(path, Ed25519PrivateKey.generate(), fresh=True)
    return _read(path.read_text("ascii"), str(path))


def _before(settings: Settings) -> Ed25519PrivateKey | None:
    if settings.signing_key_before:
        return _read(settings.signing_key_before, "NEEDLEWISE_SIGNING_KEY_BEFORE")
    for name in (BEFORE, CURRENT):
        path = _folder(settings) / name
        if path.exists():
            return _read(path.read_text("ascii"), str(path))
    return None


def _read(text: str, where: str) -> Ed25519PrivateKey:
    try:
        return read_secret(text)
    except NotMultibase as error:
        raise BadSetting(f"{where} is no Ed25519 private key as Multikey (it begins with z3u2).") from error


def _folder(settings: Settings) -> Path:
    folder = settings.data_dir / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write_private(path: Path, key: Ed25519PrivateKey, *, fresh: bool = False) -> None:
    """Write a key that only its owner can read. A fresh one never replaces what another process has just made."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(write_secret(key) + "\n")
        file.flush()
        os.fsync(file.fileno())
    if not fresh:
        part.replace(path)
        return
    with suppress(FileExistsError):
        os.link(part, path)
    part.unlink()
