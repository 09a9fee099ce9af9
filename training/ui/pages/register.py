"""Make an account: by oneself where that is open, by invitation, or as the first administrator."""

import streamlit as st

from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import registering
from training.services.app import App
from training.services.passwords import SHORTEST
from training.services.registering import Newcomer, Welcome
from training.ui import entrance, identity, places
from training.ui.act import act, notify
from training.ui.views.words import plain

_NAME, _EMAIL, _PASSWORD = "register.name", "register.email", "register.password"
_OVER = "This link was used before or is over. Please ask for a new one."


def render(app: App, actor: Actor) -> None:
    """Draw the form, or what an invitation brings to someone who has an account."""
    token = places.asked("invitation")
    welcome = registering.welcome(app, token) if token else None
    with st.container(width=480):
        st.title(_title(welcome))
        if entrance.going_in():
            return
        if token and welcome is None:
            st.warning(_OVER, icon=":material/link_off:")
        elif actor.signed_in:
            _take(app, actor, token, welcome)
        elif welcome or registering.may_register(app):
            _form(app, token, welcome)
        else:
            st.info(registering.HOW_TO_GET_IN[app.settings.registration], icon=":material/mail:")
        if not actor.signed_in:
            places.link("sign-in", "I have an account: sign in", icon="login")


def _title(welcome: Welcome | None) -> str:
    return "The first administrator" if welcome and welcome.first_administrator else "Make an account"


def _form(app: App, token: str, welcome: Welcome | None) -> None:
    if welcome:
        st.info(f"This link makes you **{welcome.role}** here. It works once.", icon=":material/mail:")
    with st.form("register", enter_to_submit=True):
        st.text_input("Name", key=_NAME, autocomplete="name", max_chars=registering.LONGEST_NAME)
        if welcome and welcome.email:
            st.text_input("E-mail", value=welcome.email, disabled=True, autocomplete="username")
        else:
            st.text_input("E-mail", key=_EMAIL, autocomplete="username", max_chars=registering.LONGEST_EMAIL)
        st.text_input(
            "Password", key=_PASSWORD, type="password", autocomplete="new-password", max_chars=200,
            help=f"At least {SHORTEST} characters; a few unrelated words are easy to remember.",
        )  # fmt: skip
        st.form_submit_button(
            "Make my account", type="primary", icon=":material/person_add:", on_click=_register,
            args=(app, token, welcome),
        )  # fmt: skip


def _register(app: App, token: str, welcome: Welcome | None) -> None:
    email = welcome.email if welcome and welcome.email else st.session_state[_EMAIL]
    newcomer = Newcomer(st.session_state[_NAME], email, st.session_state[_PASSWORD])
    made = act(registering.register, app, newcomer, token=token, address=identity.address(app))
    entrance.hold(made)


def _take(app: App, actor: Actor, token: str, welcome: Welcome | None) -> None:
    st.info(f"You are signed in as {plain(actor.name)}.", icon=":material/check_circle:")
    if welcome:
        st.markdown(f"This link makes you **{welcome.role}** here. It works once.")
        st.button(
            "Take it with this account", type="primary", icon=":material/redeem:", on_click=_accept,
            args=(app, actor, token, welcome),
        )  # fmt: skip
    places.link("home", "Go to the start page", icon="home")


def _accept(app: App, actor: Actor, token: str, welcome: Welcome) -> None:
    try:
        registering.accept(app, identity.confirmed(app, actor), token)
    except Refusal as refusal:
        notify(str(refusal), kind="warning")
        return
    st.query_params.clear()
    notify(f"You are now {welcome.role}.")
