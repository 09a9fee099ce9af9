"""The words of the field, to look up."""

import streamlit as st

from training.core.permission import Actor
from training.services import learning
from training.services.app import App
from training.ui import filters, frame, places
from training.ui.views.glossary import glossary_view


def render(app: App, actor: Actor) -> None:
    """Draw the term that a link asked for, then all terms or those that a search finds."""
    terms = learning.glossary(app, actor)
    st.title("Glossary", anchor=False)
    st.caption("The words of the field as the modules use them. A module links each where a section first mentions it.")
    if not terms:
        frame.empty("There are no terms yet.", "modules", "See the modules", icon="menu_book")
        return
    text = filters.search("find", "Find a term", placeholder="twitch", icon="search")
    view = glossary_view(terms, places.asked("term"), text)
    if view.asked:
        with st.container(border=True):
            st.markdown(view.asked.text)
    st.caption(view.summary)
    for letter, rows in view.letters:
        st.header(letter, anchor=False)
        for row in rows:
            st.markdown(row.text)
