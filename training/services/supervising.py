"""Sessions under supervision: logged by the learner, countersigned by the supervisor, signed in or by a link."""

from dataclasses import dataclass, replace
from datetime import timedelta

from training.core.dossier import Countersignature, Entry, Link, Session, worded
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.services.app import App
from training.services.filing import certification_of, file
from training.services.noting import note
from training.services.recognising import known_as
from training.services.tokens import digest, new_token
from training.store import dossiers, people
from training.store.database import Connection

LINK_LASTS = timedelta(days=14)
LONGEST_SESSION = 24 * 60
NO_LINK = "This link is not valid any more. Please ask the coordinator for a new one."


@dataclass(frozen=True, slots=True)
class Logged:
    """A logged session with whose it is."""

    id: str
    learner: str
    name: str
    programme: str
    session: Session


def log(app: App, actor: Actor, slug: str, session: Session) -> str:
    """Log a session; gives its id. Raises Refusal where something is missing or cannot be."""
    permit(actor, Action.LEARN)
    practical = certification_of(app, slug).practical
    if practical is None or not practical.supervised_sessions:
        raise Refusal("This programme asks for no supervised sessions.")
    if session.on > app.now().date():
        raise Refusal("A session is logged after it took place.")
    if not 0 < session.minutes <= LONGEST_SESSION:
        raise Refusal("A session lasts from one minute to a day.")
    place, about = worded(session.place, "where it was"), worded(session.about, "what was done")
    supervisor, email = worded(session.supervisor, "the supervisor's name"), session.email.strip().lower()
    if "@" not in email:
        raise Refusal("Please give the supervisor's e-mail address.")
    kept = Session(session.on, session.minutes, place, about, supervisor, email)

    def write(tx: Connection) -> str:
        if email == people.get(tx, actor.id).email:
            raise Refusal("The supervisor is somebody else than you.")
        return file(app, tx, actor.id, slug, kept, by=actor.id).id

    return app.database.write(write)


def waiting(app: App, actor: Actor) -> list[Logged]:
    """List the sessions that name the person asking as supervisor and are not countersigned yet."""
    permit(actor, Action.EXAMINE)

    def read(tx: Connection) -> list[Logged]:
        email = people.get(tx, actor.id).email
        return _named(tx, [each for each in _open(tx) if each.session.email == email and each.learner != actor.id])

    return app.database.read(read)


def uncountersigned(app: App, actor: Actor, slug: str) -> list[Logged]:
    """List the sessions of a programme that nobody has countersigned, for whoever hands out links."""
    permit(actor, Action.SEE_DOSSIERS)
    return app.database.read(lambda tx: _named(tx, [each for each in _open(tx) if each.programme == slug]))


def countersign(app: App, actor: Actor, session_id: str) -> None:
    """Countersign a session as the supervisor it names. Raises Refusal or NotFound."""
    permit(actor, Action.EXAMINE)

    def write(tx: Connection) -> None:
        entry, session = _session(tx, session_id)
        if entry.learner == actor.id or session.email != people.get(tx, actor.id).email:
            raise Refusal("This session names another supervisor.")
        _sign(app, tx, entry, Countersignature(session_id, actor.name, by_link=False), by=actor.id)

    app.database.write(write)


def make_link(app: App, actor: Actor, session_id: str) -> str:
    """Make a link that countersigns one session once, for a supervisor without an account; gives its address."""
    permit(actor, Action.SEE_DOSSIERS)
    token = new_token()

    def write(tx: Connection) -> None:
        entry, _ = _session(tx, session_id)
        if entry.learner == actor.id:
            raise Refusal("Another coordinator makes the link for a session of yours.")
        file(app, tx, entry.learner, entry.programme, Link(session_id, digest(token)), by=actor.id, once=digest(token))
        note(tx, app, actor.id, "made a link to countersign", session_id)

    app.database.write(write)
    return f"{app.settings.base_url}/countersign?token={token}"


def behind(app: App, token: str) -> Logged:
    """Give the session that a link is for. Raises NotFound where the link is unknown, old or used."""
    return app.database.read(lambda tx: _logged(tx, *_behind(app, tx, token)))


def countersign_by_link(app: App, token: str, *, name: str) -> str:
    """Countersign by a link, under the name given, once; gives the session's id. Raises Refusal or NotFound."""
    said = worded(name, "your name")

    def write(tx: Connection) -> str:
        entry, _ = _behind(app, tx, token)
        _sign(app, tx, entry, Countersignature(entry.id, said, by_link=True), by="link")
        return entry.id

    return app.database.write(write)


def _sign(app: App, tx: Connection, entry: Entry, body: Countersignature, *, by: str) -> None:
    file(app, tx, entry.learner, entry.programme, body, by=by, once=entry.id)
    note(tx, app, by, "countersigned a session", entry.id, body.name)


def _behind(app: App, tx: Connection, token: str) -> tuple[Entry, Session]:
    wanted, signed = digest(token), _signed(tx)
    for each in dossiers.of_kind(tx, "link"):
        link = each.body
        if isinstance(link, Link) and link.token == wanted and app.now() - each.at <= LINK_LASTS:
            if link.session in signed:
                break
            return _session(tx, link.session)
    raise NotFound(NO_LINK)


def _signed(tx: Connection) -> set[str]:
    found = (each.body for each in dossiers.of_kind(tx, "countersignature"))
    return {body.session for body in found if isinstance(body, Countersignature)}


def _session(tx: Connection, session_id: str) -> tuple[Entry, Session]:
    entry = dossiers.get(tx, session_id)
    if not isinstance(entry.body, Session):
        raise NotFound("There is no such session.")
    return entry, entry.body


def _open(tx: Connection) -> list[Logged]:
    signed = _signed(tx)
    entries = [each for each in dossiers.of_kind(tx, "session") if each.id not in signed]
    return [_logged(tx, each, each.body) for each in entries if isinstance(each.body, Session)]


def _named(tx: Connection, found: list[Logged]) -> list[Logged]:
    """Name the learners as staff know them: two may bear one name."""
    names = known_as(tx, {each.learner for each in found})
    return [replace(each, name=names[each.learner]) for each in found]


def _logged(tx: Connection, entry: Entry, session: Session) -> Logged:
    return Logged(entry.id, entry.learner, people.get(tx, entry.learner).name, entry.programme, session)
