"""What surrounds every page: the sidebar, notices, and what is said when there is nothing."""

import streamlit as st

from training.core.permission import Actor
from training.services.app import App
from training.ui import places
from training.ui.act import take_notices

ICONS = {"success": "check_circle", "info": "info", "warning": "warning", "error": "error"}


def sidebar(app: App, actor: Actor) -> None:  # noqa: ARG001 - every part of the frame takes the same two
    """Draw who is signed in and the way out, under the menu."""
    if not actor.signed_in:
        return
    with st.sidebar:
        st.caption(f"Signed in as **{actor.name}**")
        st.caption(" · ".join(sorted(actor.roles)))


def notices() -> None:
    """Draw what callbacks left to say."""
    for kind, text in take_notices():
        getattr(st, kind)(text, icon=f":material/{ICONS[kind]}:")


def nothing_here(message: str) -> None:
    """Draw a page for something that is not there, with a way on."""
    st.title("Not found")
    st.info(message, icon=":material/search_off:")
    places.link("home", "Go to the start page", icon="home")


def empty(message: str, url: str, label: str, *, icon: str = "arrow_forward", **query: str) -> None:
    """Draw what stands where there is nothing yet: why, and what to do."""
    st.info(message, icon=":material/info:")
    places.link(url, label, icon=icon, **query)
