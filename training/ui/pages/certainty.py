"""Certainty against correctness, as learners and instructors see it in their figures."""

from collections.abc import Sequence

import streamlit as st

from training.services.summing import SureOf
from training.ui.views.certainty import HEAD, MANY_HEAD, CertaintyView, many_rows, verdict
from training.ui.views.words import table


def draw_sure(found: Sequence[SureOf]) -> None:
    """Draw how sure many learners were, and how right."""
    st.markdown(verdict(found))
    st.markdown(table(MANY_HEAD, many_rows(found)))


def draw_certainty(view: CertaintyView) -> None:
    """Draw what a learner's certainty was worth."""
    st.header("How sure you were", anchor=False)
    st.markdown(f"**{view.headline}** {view.counts}")
    st.markdown(table(HEAD, view.rows))
    if view.advice:
        st.markdown(view.advice)
