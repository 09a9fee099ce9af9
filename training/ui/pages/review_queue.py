"""The review queue: every item that waits for a reviewer, and for what."""

import streamlit as st

from training.core.permission import Actor
from training.services import signing_off
from training.services.app import App
from training.ui import places
from training.ui.views.review_queue import QueuePart, queue_parts, waiting
from training.ui.views.words import count

MOST = 50
"""Items shown of each part."""


def render(app: App, actor: Actor) -> None:
    """Draw what waits, part by part."""
    queue = signing_off.queue(app, actor)
    st.title("Review queue", anchor=False)
    st.markdown(f"{waiting(queue)}.")
    parts = queue_parts(queue)
    if not parts:
        st.info("To put an item forward, open it from Banks and choose its history.", icon=":material/info:")
        places.link("banks", "Items", icon="list", show="items")
    for part in parts:
        _part(part)
    said = "Exams draw only what was signed off here." if app.settings.sign_off_for_exams else "Their files decide."
    st.caption(
        f"{count(queue.unsigned, 'approved item was', 'approved items were')} never signed off in the app. {said}"
    )


def _part(part: QueuePart) -> None:
    st.header(part.title, anchor=False)
    st.caption(part.told)
    with st.container(border=True, gap="medium"):
        for row in part.rows[:MOST]:
            with st.container(gap=None):
                places.link("item-history", row.label, icon="chevron_right", item=row.id)
                st.markdown(row.about)
        if len(part.rows) > MOST:
            st.caption(f"The first {MOST} are shown.")
