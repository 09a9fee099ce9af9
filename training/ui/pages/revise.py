"""A module's revision sheet: one page to read again before a quiz."""

import streamlit as st

from training.core.permission import Actor
from training.core.refusal import NotFound
from training.services import learning
from training.services.app import App
from training.ui import places
from training.ui.pages.read_module import draw_passage
from training.ui.views.reading import revision_view
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw the sheet of the module that the address names."""
    module = learning.open_module(app, actor, places.asked("module")).module
    if not module.revision:
        raise NotFound("This module has no revision sheet.")
    st.set_page_config(page_title=f"Revision sheet · {module.title}")
    st.caption("Revision sheet")
    st.title(plain(module.title), anchor=False)
    for passage in revision_view(module):
        draw_passage(passage)
    st.divider()
    places.link("module", "Back to the module", icon="arrow_back", module=module.slug)
