"""Signing in elsewhere: an identity provider vouches for a person, and we say who that is here and in which roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from training.core.permission import VISITOR, Actor, Role
from training.core.refusal import Refusal
from training.services.app import App
from training.services.noting import note
from training.services.registering import HOW_TO_GET_IN, checked_email, may_register
from training.services.settings import BadSetting, Settings
from training.services.signing_in import LONGEST_SESSION, actor_of_session
from training.services.tokens import digest
from training.store import people, sessions
from training.store.database import Connection
from training.store.people import Person

OIDC = "identity provider"
"""Who granted a role, where a claim did."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the provider says, from a cookie that Streamlit signed."""

    issuer: str
    subject: str
    at: datetime
    email: str
    verified: bool
    name: str
    roles: frozenset[Role]

    @property
    def session_hash(self) -> str:
        """The name under which this sign-in is kept as a session, so that it can be ended like any other."""
        return digest(f"oidc\n{self.issuer}\n{self.subject}\n{self.at.timestamp()}")


def vouched(settings: Settings, claims: Mapping[str, Any]) -> Vouched | None:
    """Read an ID token's claims; None where they name nobody."""
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not issuer or not subject or not isinstance(issued, int | float):
        return None
    return Vouched(
        str(issuer), str(subject), datetime.fromtimestamp(issued, UTC), str(claims.get("email") or ""),
        str(claims.get("email_verified")).lower() == "true", str(claims.get("name") or claims.get("email") or subject),
        roles_in(settings, claims),
    )  # fmt: skip


def actor_vouched_for(app: App, who: Vouched) -> Actor:
    """Say who is asking; the first time after each sign-in the account is made or its roles brought up to date.

    VISITOR where the sign-in was ended here, or is too long ago. Raises Refusal where there can be no account.
    """
    actor = actor_of_session(app, who.session_hash)
    if actor.signed_in or app.database.read(lambda tx: sessions.known(tx, who.session_hash)):
        return actor
    if app.now() - who.at > LONGEST_SESSION * timedelta(hours=app.settings.session_hours):
        return VISITOR
    app.database.write(lambda tx: _begin(tx, app, who))
    return actor_of_session(app, who.session_hash)


def roles_in(settings: Settings, claims: Mapping[str, Any]) -> frozenset[Role]:
    """Give the roles that the claim named by `role_claim` (dots go deeper) brings by `role_map`."""
    value: Any = claims
    for part in settings.role_claim.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    given = {value} if isinstance(value, str) else set(value or ())
    return frozenset(role for claimed, role in role_map(settings) if claimed in given)


def role_map(settings: Settings) -> list[tuple[str, Role]]:
    """Read `role_map`, written as `staff=instructor, admins=administrator`. Raises BadSetting."""
    pairs = []
    for pair in filter(None, (each.strip() for each in settings.role_map.split(","))):
        claimed, _, role = (part.strip() for part in pair.rpartition("="))
        if not claimed or role not in set(Role):
            choices = ", ".join(Role)
            raise BadSetting(f"NEEDLEWISE_ROLE_MAP has '{pair}'; write claim=role, with a role of: {choices}.")
        pairs.append((claimed, Role(role)))
    return pairs


def _begin(tx: Connection, app: App, who: Vouched) -> None:
    if sessions.known(tx, who.session_hash):
        return  # another window was quicker
    person = _account(tx, app, who)
    if person.disabled_at:
        raise Refusal("This account is disabled. An administrator can open it again.")
    _bring_roles_up_to_date(tx, app, person, who)
    lasts = timedelta(hours=app.settings.session_hours)
    now = app.now()
    where = f"signed in at {who.issuer}"
    sessions.add(tx, sessions.Session(who.session_hash, person.id, now, now + lasts, now, user_agent=where))


def _account(tx: Connection, app: App, who: Vouched) -> Person:
    known = people.by_subject(tx, who.issuer, who.subject)
    if known:
        return known
    email = checked_email(who.email)
    same_email = people.by_email(tx, email)
    if same_email and (not who.verified or same_email.issuer):
        raise Refusal("There is an account with this e-mail address, but the provider does not show that it is yours.")
    if same_email:
        # Nobody ever checked that whoever made the account has this address: what was hers alone must not stay open.
        people.set_password(tx, same_email.id, None)
        sessions.end_all(tx, same_email.id, app.now())
        people.vouch_for(tx, same_email.id, issuer=who.issuer, subject=who.subject)
        note(tx, app, same_email.id, "link account", same_email.id, who.issuer)
        return same_email
    return _new_account(tx, app, who, email)


def _new_account(tx: Connection, app: App, who: Vouched, email: str) -> Person:
    if not may_register(app) and not who.roles:
        raise Refusal(HOW_TO_GET_IN[app.settings.registration])
    person_id, name = app.new_id(), " ".join(who.name.split())[:100]
    people.add(
        tx, person_id=person_id, email=email, name=name, at=app.now(), issuer=who.issuer, subject=who.subject
    )  # fmt: skip
    people.grant(tx, person=person_id, role=Role.LEARNER, at=app.now(), by=person_id)
    note(tx, app, person_id, "register", person_id, who.issuer)
    return people.get(tx, person_id)


def _bring_roles_up_to_date(tx: Connection, app: App, person: Person, who: Vouched) -> None:
    for role in who.roles - person.roles:
        people.grant(tx, person=person.id, role=role, at=app.now(), by=OIDC)
        note(tx, app, OIDC, "grant role", person.id, role)
    for role in people.granted_by(tx, person.id, OIDC) - who.roles:
        if role is Role.ADMINISTRATOR and people.holders(tx, role) <= {person.id}:
            continue  # never the last one
        people.withdraw(tx, person=person.id, role=role)
        note(tx, app, OIDC, "withdraw role", person.id, role)


def end(app: App, who: Vouched) -> None:
    """End this sign-in here; the provider's own session is its own matter."""
    app.database.write(lambda tx: sessions.end(tx, who.session_hash, app.now()))
