"""The door: sign in, and go on to the page that was wanted."""

from urllib.parse import quote

import streamlit as st

from training.core.permission import Actor
from training.services import mailing, registering, signing_in
from training.services.app import App
from training.ui import entrance, identity, places
from training.ui.act import act, notify
from training.ui.views.words import plain

_EMAIL, _PASSWORD = "sign-in.email", "sign-in.password"


def render(app: App, actor: Actor) -> None:
    """Draw the form at whatever address the visitor asked for, which is where she goes on."""
    if actor.signed_in:
        st.title("Sign in")
        st.info(f"You are signed in as {plain(actor.name)}.", icon=":material/check_circle:")
        places.link("home", "Go to the start page", icon="home")
        return
    with st.container(width=480):
        st.title("Sign in")
        if not entrance.going_in():
            _form(app)
            _elsewhere()
            _other_ways(app)


def _form(app: App) -> None:
    if identity.refusal():
        st.error(identity.refusal(), icon=":material/block:")
    with st.form("sign-in", enter_to_submit=True):
        st.text_input("E-mail", key=_EMAIL, autocomplete="username", max_chars=254)
        st.text_input("Password", key=_PASSWORD, type="password", autocomplete="current-password", max_chars=200)
        st.form_submit_button("Sign in", type="primary", icon=":material/login:", on_click=_sign_in, args=(app,))


def _sign_in(app: App) -> None:
    email, password = st.session_state[_EMAIL], st.session_state[_PASSWORD]
    if not email or not password:
        notify("Please give your e-mail address and your password.", kind="warning")
        return
    entrance.hold(act(signing_in.sign_in, app, email=email, password=password, address=identity.address(app)))


def _elsewhere() -> None:
    for provider in identity.providers():
        named = "your organisation" if provider == "default" else provider.replace("-", " ").title()
        to = None if provider == "default" else provider
        st.button(f"Sign in with {named}", key=f"with-{provider}", icon=":material/key:", on_click=st.login, args=(to,))


def _other_ways(app: App) -> None:
    if registering.may_register(app):
        places.link("register", "Make an account", icon="person_add")
    if mailing.configured(app.settings):
        places.link("reset-password", "Forgot your password?", icon="lock_reset")
    else:
        st.caption("Forgot your password? An administrator can give you a link for a new one.")
    wanted = quote("/" + ("" if entrance.here() in entrance.DOORS else entrance.here()))
    st.caption(f"Does signing in not work here? Use the [plain form](/auth/login?next={wanted}).")
