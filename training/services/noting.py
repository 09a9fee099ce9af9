"""Writing down who did what to whom, in the transaction that does it."""

from training.core.permission import Actor
from training.services.app import App
from training.store import audit
from training.store.database import Connection


def note(tx: Connection, app: App, by: str, action: str, subject: str, detail: str = "") -> None:
    """Add an audit entry; `detail` says more in words, never a secret."""
    audit.add(tx, audit.Entry(app.new_id(), app.now(), by, action, subject, detail))


def entry(app: App, actor: Actor, action: str, subject: str, detail: str) -> audit.Entry:
    """Make an audit entry that is added later."""
    return audit.Entry(app.new_id(), app.now(), actor.id, action, subject, detail)
