"""How a challenge is drawn on either side: what was said, and how it ended."""

import streamlit as st

from training.ui.views.challenges import ChallengeView


def head(view: ChallengeView) -> None:
    """Draw what it is about and how it stands."""
    st.markdown(f"{view.badge} {view.term}".strip())


def thread(view: ChallengeView) -> None:
    """Draw all that was said, and the ruling."""
    for line in view.thread:
        st.markdown(f"{line.head}  \n{line.text}")
    if view.ruling:
        said = "  \n".join(filter(None, (f"**{view.ruling.head}**", view.ruling.text, view.remedy)))
        st.info(said, icon=":material/gavel:")
