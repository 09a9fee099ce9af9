"""A new password: ask for a link, or choose the password the link allows."""

import streamlit as st

from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import mailing, resetting, signing_in
from training.services.app import App
from training.services.passwords import SHORTEST
from training.ui import entrance, identity, places
from training.ui.act import act, act_as, notify
from training.ui.views.words import plain

_EMAIL, _OLD, _NEW = "reset.email", "reset.old", "reset.new"


def render(app: App, actor: Actor) -> None:
    """Draw what the address calls for: a link's form, the own password, or the request for a link."""
    token = places.asked("token")
    with st.container(width=480):
        st.title("New password")
        if entrance.going_in():
            return
        if token:
            _choose(app, token)
        elif actor.signed_in:
            _change(app, actor)
        else:
            _ask(app)
        if not actor.signed_in:
            places.link("sign-in", "Back to sign in", icon="login")


def _choose(app: App, token: str) -> None:
    if not resetting.can_reset(app, token):
        st.warning("This link was used before or is over. Please ask for a new one.", icon=":material/link_off:")
        return
    with st.form("reset"):
        _new_password()
        st.form_submit_button("Set password and sign in", type="primary", on_click=_reset, args=(app, token))


def _reset(app: App, token: str) -> None:
    entrance.hold(act(resetting.reset_password, app, token, st.session_state[_NEW]))


def _ask(app: App) -> None:
    if not mailing.configured(app.settings):
        st.info("An administrator can give you a link for a new password.", icon=":material/support_agent:")
        return
    with st.form("ask"):
        st.text_input("E-mail", key=_EMAIL, autocomplete="username", max_chars=254)
        st.form_submit_button("Send me a link", type="primary", icon=":material/mail:", on_click=_send, args=(app,))


def _send(app: App) -> None:
    try:
        resetting.ask_for_reset(app, email=st.session_state[_EMAIL])
    except Refusal as refusal:
        notify(str(refusal), kind="warning")
        return
    notify("If there is an account with this address, a message with a link is on its way.", kind="info")


def _change(app: App, actor: Actor) -> None:
    with st.form("change", clear_on_submit=True):
        st.text_input("Present password", key=_OLD, type="password", autocomplete="current-password", max_chars=200)
        _new_password()
        st.form_submit_button("Change password", type="primary", on_click=_replace, args=(app, actor))
    st.header("Where you are signed in", anchor=False)
    for session in signing_in.own_sessions(app, actor):
        st.caption(
            f"{plain(session.user_agent) or 'unknown browser'}, last seen {session.last_seen:%d %b %Y %H:%M} UTC"
        )
    st.button("Sign out everywhere else", icon=":material/logout:", on_click=_sign_out_elsewhere, args=(app, actor))


def _replace(app: App, actor: Actor) -> None:
    old, new = st.session_state[_OLD], st.session_state[_NEW]
    try:
        signing_in.change_password(app, identity.confirmed(app, actor), old=old, new=new, token=identity.token())
    except Refusal as refusal:
        notify(str(refusal), kind="warning")
        return
    notify("Your password is changed, and you are signed out everywhere else.")


def _sign_out_elsewhere(app: App, actor: Actor) -> None:
    ended = act_as(signing_in.sign_out_elsewhere, app, actor, token=identity.token())
    if ended is not None:
        notify(f"Signed out of {ended} other sessions.")


def _new_password() -> None:
    st.text_input(
        "New password", key=_NEW, type="password", autocomplete="new-password", max_chars=200,
        help=f"At least {SHORTEST} characters; a few unrelated words are easy to remember.",
    )  # fmt: skip
