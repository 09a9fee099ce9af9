"""Who is asking: derived from the cookie on every run, never from session state."""

import streamlit as st

from training.core.permission import VISITOR, Actor
from training.core.refusal import Refusal
from training.services import signing_in, vouching
from training.services.app import App
from training.services.vouching import Vouched
from training.ui.one_run import OneRun

_PERSON = "identity.person"
_REFUSED = "identity.refused"

_asked: OneRun[Actor] = OneRun()


def current_actor(app: App) -> Actor:
    """Say who is asking in this run, and forget what the window held for anyone else."""
    actor = signing_in.actor_of(app, token())
    if not actor.signed_in:
        actor = _vouched_actor(app)
    # A websocket that names another's session gets that session's state, so what is there may be anyone's.
    if st.session_state.get(_PERSON, actor.id) != actor.id:
        st.session_state.clear()
    st.session_state[_PERSON] = actor.id
    return actor


def confirmed(app: App, actor: Actor) -> Actor:
    """Ask again inside a fragment or a callback, where the actor is one remembered from an earlier run.

    Gives the actor with the roles of this moment; where it is someone else now, the whole page is drawn again.
    The callback's answer serves the drawing that follows it, so that one click asks the database once.
    """
    of = (app, token())
    now = _asked.take(of)
    if now is None:
        now = current_actor(app)
        if of[1]:
            _asked.keep(of, now)
    if now.id != actor.id:
        st.rerun()
    return now


def token() -> str:
    """Give the session token that the browser sent when this window was opened; empty where it sent none."""
    found = st.context.cookies.get(signing_in.COOKIE, "")
    return found if isinstance(found, str) else ""  # Streamlit's test harness gives a stand-in that is no text


def address(app: App) -> str:
    """Give the network address of the person's browser, as far as it can be known."""
    peer = st.context.ip_address or "127.0.0.1"
    return signing_in.address_of(app.settings, peer, st.context.headers.get("X-Forwarded-For", ""))


def sign_out(app: App) -> None:
    """End this browser's session; a callback: the run that follows is a visitor's."""
    signing_in.sign_out(app, token())
    who = _vouched(app)
    if who:
        vouching.end(app, who)
        st.logout()


def refusal() -> str:
    """Say why someone whom an identity provider vouches for is not let in; empty where that is not so."""
    refused: str = st.session_state.get(_REFUSED, "")
    return refused


def providers() -> list[str]:
    """List the identity providers set in the secrets, `default` for the unnamed one."""
    try:
        section = st.secrets.get("auth", {})
    except FileNotFoundError:
        return []
    named = [name for name, value in section.items() if hasattr(value, "get") and value.get("client_id")]
    return (["default"] if section.get("client_id") else []) + named


def _vouched(app: App) -> Vouched | None:
    claims = st.user.to_dict()
    return vouching.vouched(app.settings, claims) if claims.get("is_logged_in") else None


def _vouched_actor(app: App) -> Actor:
    who = _vouched(app)
    if who is None:
        return VISITOR
    try:
        return vouching.actor_vouched_for(app, who)
    except Refusal as refused:
        st.session_state[_REFUSED] = str(refused)
        return VISITOR
