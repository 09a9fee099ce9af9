"""Challenges for instructors: what waits for an answer, and what has ended."""

import streamlit as st

from training.core.permission import Actor
from training.services import answering
from training.services.app import App
from training.ui import filters, moments, places
from training.ui.views.challenges import counted, rows, tallied

PAGE = 20


def render(app: App, actor: Actor) -> None:
    """Draw the list."""
    found = answering.all_challenges(app, actor)
    st.title("Challenges", anchor=False)
    counts = answering.counts(app, actor)
    st.markdown(f"{counted(counts)}. The term is {app.settings.challenge_days} days, unless the quiz sets its own. "
                f"{tallied(counts)}")  # fmt: skip
    ended = filters.switch("show", "Part", {"": "Open", "ended": "Ended"}) == "ended"
    listed = rows(found, ended=ended, now=app.now(), zone=moments.zone())
    if not listed:
        st.info("None has ended yet." if ended else "Nothing waits for an answer.", icon=":material/info:")
        return
    number = filters.page(len(listed), PAGE)
    with st.container(border=True, gap="medium"):
        for row in listed[number * PAGE : (number + 1) * PAGE]:
            with st.container(gap=None):
                places.link("challenge", row.label, icon="chevron_right", challenge=row.id)
                st.markdown(row.about)
