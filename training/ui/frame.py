"""What surrounds every page: the sidebar, notices, and what is said when there is nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.services.app import App
from training.ui import identity, look, places
from training.ui.act import take_notices
from training.ui.views.words import plain

WORDMARK = look.ICON.with_name("wordmark.svg")

ICONS = {"success": "check_circle", "info": "info", "warning": "warning", "error": "error"}


def sidebar(app: App, actor: Actor) -> None:
    """Draw whose product this is over the menu, who is signed in and the way out under it."""
    st.logo(str(WORDMARK), size="large", icon_image=str(look.ICON))
    if not actor.signed_in:
        return
    with st.sidebar:
        st.caption(f"Signed in as **{plain(actor.name)}**  \n{', '.join(sorted(actor.roles))}")
        st.button("Sign out", icon=":material/logout:", key="sign-out", on_click=identity.sign_out, args=(app,))


def notices() -> None:
    """Draw what callbacks left to say."""
    for kind, text in take_notices():
        getattr(st, kind)(text, icon=f":material/{ICONS[kind]}:")


@contextmanager
def refusals() -> Iterator[None]:
    """Draw a refusal in place of what was refused: a page asks its services before it draws.

    A page is wrapped in this; so must be each of its fragments.
    """
    try:
        yield
    except NotFound as nothing:
        nothing_here(str(nothing))
    except Refusal as refusal:
        st.title("Not possible", anchor=False)
        st.warning(str(refusal), icon=":material/block:")
        places.link("home", "Go to the start page", icon="home")


def nothing_here(message: str) -> None:
    """Draw a page for something that is not there, with a way on."""
    st.title("Not found")
    st.info(message, icon=":material/search_off:")
    places.link("home", "Go to the start page", icon="home")


def empty(message: str, url: str, label: str, *, icon: str = "arrow_forward", **query: str) -> None:
    """Draw what stands where there is nothing yet: why, and what to do."""
    st.info(message, icon=":material/info:")
    places.link(url, label, icon=icon, **query)
