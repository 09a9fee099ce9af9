"""The list of modules, with how far she got in each."""

import streamlit as st

from training.core.permission import Actor
from training.services import learning
from training.services.app import App
from training.ui import frame, places
from training.ui.views.reading import ModuleCard, module_card
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw every approved module."""
    st.title("Modules", anchor=False)
    cards = [module_card(progress) for progress in learning.modules(app, actor)]
    if not cards:
        frame.empty("There are no modules yet. They appear here as soon as their authors approve them.",
                    "quizzes", "See the quizzes", icon="edit_note")  # fmt: skip
    for card in cards:
        _draw(card)


def _draw(card: ModuleCard) -> None:
    with st.container(border=True):
        st.header(plain(card.title), anchor=False)
        st.caption(f"{card.about} · {card.share_text}")
        st.markdown(card.summary)
        if 0 < card.share < 1:
            st.progress(card.share)
        if card.revision:
            places.link("revision", "Revision sheet", icon="summarize", module=card.slug)
        places.link("module", card.label, icon="menu_book", module=card.slug, section=card.resume_at)
