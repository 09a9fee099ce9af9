"""Countersigning one session by a one-time link, for a supervisor without an account."""

import streamlit as st

from training.core.permission import Actor
from training.services import supervising
from training.services.app import App
from training.ui import places
from training.ui.act import act
from training.ui.views.words import count, plain

_DONE = "countersigned"


def render(app: App, actor: Actor) -> None:  # noqa: ARG001 - whoever has the link may sign
    """Draw what was logged, and the signature; a link that is used or old says so."""
    if st.session_state.pop(_DONE, False):
        st.title("Thank you", anchor=False)
        st.success("The session is countersigned. You can close this page.", icon=":material/check_circle:")
        return
    token = places.asked("token")
    found = supervising.behind(app, token)
    logged = found.session
    st.title("Countersign a session", anchor=False)
    st.markdown(f"**{plain(found.name)}** logged this session with {plain(logged.supervisor)}:")
    st.markdown(f"{logged.on.day} {logged.on:%B %Y}, {count(logged.minutes, 'minute')}, {plain(logged.place)}  \n"
                f"{plain(logged.about)}")  # fmt: skip
    with st.form("countersign"):
        st.text_input("Your name", key="countersign.name", max_chars=100)
        st.form_submit_button("It was as logged: countersign", type="primary", on_click=_sign, args=(app, token))


def _sign(app: App, token: str) -> None:
    if act(supervising.countersign_by_link, app, token, name=st.session_state["countersign.name"]):
        st.session_state[_DONE] = True
