"""The part of the banks' page that shows what test-wise bots win."""

import streamlit as st

from training.core.permission import Actor
from training.services import authoring, guessing
from training.services.app import App
from training.services.guessing import Guessed
from training.ui import filters, places
from training.ui.charts.bots import bots_chart
from training.ui.views.bots import bots_view, group_choices, group_named
from training.ui.views.words import plain

SHOWN = 20


def draw_bots(app: App, actor: Actor) -> None:
    """Draw the bots on everything, or on the bank or domain chosen."""
    library = authoring.library(app, actor)
    found = _guessed(app, actor, library.digest)
    st.markdown("Bots that know no anatomy answer every question by one cue. What they win, a clever guesser wins.")
    titles = {slug: bank.title for slug, bank in library.banks.items()} | library.domain_titles()
    view = bots_view(group_named(found, filters.choose("bots", "Questions", group_choices(found, titles))))
    (st.warning if view.won else st.success)(view.summary, icon=":material/smart_toy:")
    bots_chart(view, key="bots-chart")
    for won in view.won:
        st.header(plain(f"{won.title}: what it wins"), anchor=False)
        for item, label in zip(won.items[:SHOWN], won.labels, strict=False):
            places.link("preview-item", plain(label), icon="quiz", item=item)
        if len(won.items) > SHOWN:
            st.caption(f"And {len(won.items) - SHOWN} more; `python -m training bots --json` lists them all.")


@st.cache_data(max_entries=4, show_spinner="The bots are answering …")
def _guessed(_app: App, _actor: Actor, digest: str) -> Guessed:  # noqa: ARG001 - the content names the answer
    return guessing.guessed(_app, _actor)
