"""Prior evidence: uploaded by the learner, kept under its digest, seen by her and coordinators, ruled on by them."""

import os
import re
from hashlib import sha256
from pathlib import Path

from training.core.dossier import Evidence, Ruling, worded
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.core.upload import media_type
from training.services.app import App
from training.services.filing import certification_of, file
from training.services.noting import note
from training.store import dossiers
from training.store.database import Connection

MOST = 10
"""Files that one learner may upload for one programme."""


def upload(app: App, actor: Actor, slug: str, data: bytes, *, name: str, about: str) -> str:
    """Keep a file as evidence; gives the entry's id. Raises Refusal where it is too large or no PDF, PNG or JPEG."""
    permit(actor, Action.LEARN)
    if not certification_of(app, slug).prior_evidence:
        raise Refusal("This programme asks for no evidence.")
    kind, digest = media_type(data), sha256(data).hexdigest()
    plain_name = re.sub(r"[^\w. -]", "_", Path(name).name)[-100:] or "file"
    body = Evidence(digest, plain_name, kind, len(data), worded(about, "what it shows"))

    def write(tx: Connection) -> str:
        mine = [each for each in dossiers.of_learner(tx, actor.id, slug) if isinstance(each.body, Evidence)]
        if len(mine) >= MOST:
            raise Refusal(f"There are {MOST} files already. Please ask the coordinator.")
        return file(app, tx, actor.id, slug, body, by=actor.id, once=f"{actor.id}:{slug}:{digest}").id

    _keep(path_of(app, digest), data)
    return app.database.write(write)


def fetch(app: App, actor: Actor, entry_id: str) -> tuple[Evidence, bytes]:
    """Give a file to its owner or to a coordinator. Raises Refusal or NotFound."""
    permit(actor, Action.SEE_OWN_WORK)
    entry = app.database.read(lambda tx: dossiers.get(tx, entry_id))
    body = entry.body
    if not isinstance(body, Evidence):
        raise NotFound("There is no such file.")
    if entry.learner != actor.id:
        permit(actor, Action.SEE_DOSSIERS)
    return body, content(app, body)


def rule(app: App, actor: Actor, entry_id: str, *, accepted: bool, reason: str) -> None:
    """Accept evidence or not, once, with the reason. Raises Refusal or NotFound."""
    permit(actor, Action.SEE_DOSSIERS)
    body = Ruling(entry_id, accepted, worded(reason, "the reason"))

    def write(tx: Connection) -> None:
        entry = dossiers.get(tx, entry_id)
        if not isinstance(entry.body, Evidence):
            raise NotFound("There is no such file.")
        if entry.learner == actor.id:
            raise Refusal("Nobody rules on her own evidence.")
        file(app, tx, entry.learner, entry.programme, body, by=actor.id, once=entry_id)
        note(tx, app, actor.id, "ruled on evidence", entry_id, "accepted" if accepted else "not accepted")

    app.database.write(write)


def content(app: App, evidence: Evidence) -> bytes:
    """Read a kept file, and refuse it where it is no longer what was uploaded."""
    data = path_of(app, evidence.digest).read_bytes()
    if sha256(data).hexdigest() != evidence.digest:
        raise Refusal("The file in the data folder is not the one that was uploaded.")
    return data


def path_of(app: App, digest: str) -> Path:
    """Say where a file is kept: under its digest, so that nothing a person typed becomes a path."""
    return app.settings.data_dir / "evidence" / digest[:2] / digest


def _keep(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())
    fresh.replace(path)
