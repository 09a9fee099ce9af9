"""Words that the stories at the door share: a good password, and going all the way in."""

from training.core.permission import Actor
from training.services import registering, signing_in
from training.services.app import App
from training.services.registering import Newcomer

PASSWORD = "four plain words here"
DORA = Newcomer("Dora", "Dora@Example.org", PASSWORD)


def enter(app: App, ticket: str) -> str:
    """Redeem a ticket and give the token of the session."""
    return signing_in.redeem(app, ticket, user_agent="a browser").token


def registered(app: App, newcomer: Newcomer = DORA, *, token: str = "") -> tuple[str, Actor]:
    """Make an account and sign in: the token and who one is."""
    session = enter(app, registering.register(app, newcomer, token=token))
    return session, signing_in.actor_of(app, session)
