"""Tables that fit: columns where there is room for them, rows one below the other on a telephone."""

from collections.abc import Sequence

import streamlit as st

from training.ui.views.words import stacked, table

FITS_ANYWHERE = 4


def draw_table(head: Sequence[str], rows: Sequence[Sequence[str]], key: str) -> None:
    """Draw a table; of more columns than fit a telephone both ways are there, and look.css shows one of them."""
    if len(head) <= FITS_ANYWHERE:
        st.markdown(table(head, rows))
        return
    with st.container(key=f"for-wide-{key}"):
        st.markdown(table(head, rows))
    with st.container(key=f"for-narrow-{key}"):
        st.markdown(stacked(head, rows))
