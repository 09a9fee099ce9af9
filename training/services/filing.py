"""Putting entries into a learner's dossier, within the transaction of what they tell of."""

from training.core.certification import Certification
from training.core.dossier import Body, Entry
from training.core.refusal import NotFound
from training.services.app import App
from training.store import dossiers
from training.store.database import Connection


def file(app: App, tx: Connection, learner: str, programme: str, body: Body, *, by: str, once: str = "") -> Entry:
    """Add an entry; `once` names what may happen once only. Raises Refusal where it happened before."""
    entry_id = app.new_id()
    entry = Entry(entry_id, learner, programme, by, app.now(), f"{body.kind}:{once or entry_id}", body)
    dossiers.add(tx, entry)
    return entry


def certification_of(app: App, slug: str) -> Certification:
    """Give what a programme asks for its certificate. Raises NotFound where it gives none."""
    programme = app.library.programmes.get(slug)
    if programme is None or programme.certificate is None:
        raise NotFound("This programme gives no certificate.")
    return programme.certificate
