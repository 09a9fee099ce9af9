"""Signing in and out: a password buys a ticket, a ticket a session, and a session says who is asking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from training.core.permission import VISITOR, Action, Actor, permit
from training.core.refusal import Refusal
from training.services import passwords
from training.services.app import App
from training.services.noting import note
from training.services.settings import BadSetting, Settings
from training.services.tokens import digest, new_token
from training.store import links, people, sessions, sign_ins
from training.store.database import Connection
from training.store.links import Link, Purpose
from training.store.people import normal_email

COOKIE = "needlewise_session"
TICKET_LASTS = timedelta(seconds=60)
SEEN_EVERY = timedelta(minutes=1)
LONGEST_SESSION = 4
"""A session ends after `session_hours` without use, and after this many times as long in any case."""

COUNTED_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=30)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
FREE_TRIES = {"here": 5, "email": 20, "address": 50}
"""Failures without a wait: of one e-mail address, here or anywhere, and of one network address."""

WRONG = "This e-mail address and password do not belong together."


@dataclass(frozen=True, slots=True)
class Granted:
    """A new session: the token for the browser's cookie, and how long the browser should keep it."""

    token: str
    keep: timedelta


def sign_in(app: App, *, email: str, password: str, address: str = "") -> str:
    """Check a password and give a ticket for `redeem`. Raises Refusal, with the same words for unknown and wrong."""
    email = normal_email(email)[:254]
    attempt = _note_attempt(app, email, address)
    person = app.database.read(lambda tx: people.by_email(tx, email))
    known_hash = person.password_hash if person else ""
    if not passwords.matches(known_hash, password) or person is None:
        raise Refusal(WRONG)
    if person.disabled_at:
        raise Refusal("This account is disabled. An administrator can open it again.")
    fresh = passwords.hashed(password, email) if passwords.outdated(known_hash) else ""

    def let_in(tx: Connection) -> str:
        if people.get(tx, person.id).password_hash != known_hash:
            raise Refusal(WRONG)  # it was changed while this one was being checked
        sign_ins.succeeded(tx, attempt)
        if fresh:
            people.set_password(tx, person.id, fresh)
        return ticket_for(tx, app, person.id)

    return app.database.write(let_in)


def ticket_for(tx: Connection, app: App, person_id: str) -> str:
    """Make a ticket for someone who proved who she is."""
    token, now = new_token(), app.now()
    links.add(tx, Link(digest(token), Purpose.TICKET, now, now + TICKET_LASTS, person_id=person_id))
    return token


def redeem(app: App, ticket: str, *, user_agent: str = "", before: str = "") -> Granted:
    """Turn a ticket into a session, once; the session of the cookie that was there before ends. Raises Refusal."""
    token, now = new_token(), app.now()
    lasts = timedelta(hours=app.settings.session_hours)

    def begin(tx: Connection) -> None:
        link = links.use(tx, digest(ticket), Purpose.TICKET, now)
        if link is None or link.person_id is None or people.get(tx, link.person_id).disabled_at:
            raise Refusal("This sign-in took too long or was used before. Please sign in again.")
        if before:
            sessions.end(tx, digest(before), now)
        sessions.add(
            tx, sessions.Session(digest(token), link.person_id, now, now + lasts, now, user_agent=user_agent[:200])
        )

    app.database.write(begin)
    return Granted(token, LONGEST_SESSION * lasts)


def actor_of(app: App, token: str) -> Actor:
    """Say who is asking, with the roles of this moment; VISITOR where the session is unknown or over."""
    return actor_of_session(app, digest(token)) if token else VISITOR


def actor_of_session(app: App, token_hash: str) -> Actor:
    """Say who is asking by what is stored of the token."""
    now = app.now()
    found = app.database.read(lambda tx: sessions.signed_in(tx, token_hash, now))
    if found is None:
        return VISITOR
    if now - found.last_seen >= SEEN_EVERY:
        lasts = timedelta(hours=app.settings.session_hours)
        until = min(now + lasts, found.created_at + LONGEST_SESSION * lasts)
        app.database.write(lambda tx: sessions.seen(tx, token_hash, now=now, expires_at=until))
    return Actor(found.person_id, found.name, found.roles)


def sign_out(app: App, token: str) -> None:
    """End the session of this token; an unknown one changes nothing."""
    app.database.write(lambda tx: sessions.end(tx, digest(token), app.now()))


def own_sessions(app: App, actor: Actor) -> list[sessions.Session]:
    """List where the person is signed in, the latest seen first."""
    permit(actor, Action.SEE_OWN_WORK)
    return app.database.read(lambda tx: sessions.of_person(tx, actor.id, app.now()))


def sign_out_elsewhere(app: App, actor: Actor, *, token: str = "") -> int:
    """End the person's own sessions everywhere, but for the one of this token; gives how many."""
    permit(actor, Action.SEE_OWN_WORK)

    def end(tx: Connection) -> int:
        ended = sessions.end_all(tx, actor.id, app.now(), but=digest(token))
        note(tx, app, actor.id, "end sessions", actor.id, f"{ended} of her own")
        return ended

    return app.database.write(end)


def change_password(app: App, actor: Actor, *, old: str, new: str, token: str = "") -> None:
    """Replace the own password and sign out everywhere else. Raises Refusal."""
    permit(actor, Action.SEE_OWN_WORK)
    person = app.database.read(lambda tx: people.get(tx, actor.id))
    attempt = _note_attempt(app, person.email, "")
    if not passwords.matches(person.password_hash, old):
        raise Refusal("Your present password is not this one.")
    fresh = passwords.hashed(new, person.email)

    def change(tx: Connection) -> None:
        sign_ins.succeeded(tx, attempt)
        people.set_password(tx, actor.id, fresh)
        sessions.end_all(tx, actor.id, app.now(), but=digest(token))
        note(tx, app, actor.id, "change password", actor.id)

    app.database.write(change)


def address_of(settings: Settings, peer: str, forwarded_for: str) -> str:
    """Give the network address a request came from: behind trusted proxies, the last one they did not add."""
    trusted = trusted_proxies(settings)
    chain = [each.strip() for each in forwarded_for.split(",") if each.strip()] + [peer]
    for address in reversed(chain):
        try:
            if not any(ip_address(address) in network for network in trusted):
                return address
        except ValueError:  # not an address at all: whoever wrote it is as far as we can see
            return peer
    return chain[0]


def trusted_proxies(settings: Settings) -> list[IPv4Network | IPv6Network]:
    """Read the networks whose word for an address is taken. Raises BadSetting."""
    try:
        return [ip_network(each.strip(), strict=False) for each in settings.trusted_proxies.split(",") if each.strip()]
    except ValueError as error:
        raise BadSetting(f"NEEDLEWISE_TRUSTED_PROXIES: {error}. Write networks such as 10.0.0.0/8, ::1.") from None


def forget_old(app: App) -> None:
    """Delete sessions, links and attempts that were over long ago. Asked by the server itself."""
    before = app.now() - KEPT_FOR

    def forget(tx: Connection) -> None:
        sessions.forget(tx, before)
        links.forget(tx, before)
        sign_ins.forget(tx, before)

    app.database.write(forget)


def _note_attempt(app: App, email: str, address: str) -> str:
    """Count this attempt before its password is checked, so that many at once are counted too. Raises Refusal."""
    attempt, now = app.new_id(), app.now()

    def admit(tx: Connection) -> str:
        wait = _wait(tx, email, address, now)
        if wait > timedelta(0):
            raise Refusal(f"Too many attempts. Please try again in {_words(wait)}.")
        sign_ins.add(tx, row_id=attempt, email=email, address=address, at=now)
        return attempt

    return app.database.write(admit)


def _wait(tx: Connection, email: str, address: str, now: datetime) -> timedelta:
    since = now - COUNTED_FOR
    counted = {
        "here": sign_ins.failures_of_email(tx, since, email, address=address),
        "email": sign_ins.failures_of_email(tx, since, email),
    }
    if address:
        counted["address"] = sign_ins.failures_of_address(tx, since, address)
    longest = timedelta(0)
    for name, failures in counted.items():
        beyond = failures.count - FREE_TRIES[name]
        if beyond >= 0 and failures.last_at:
            wait = min(FIRST_WAIT * 2 ** min(beyond, 20), LONGEST_WAIT)
            longest = max(longest, failures.last_at + wait - now)
    return longest


def _words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} seconds" if seconds < 60 else f"{-(-seconds // 60)} minutes"  # noqa: PLR2004 - a minute
