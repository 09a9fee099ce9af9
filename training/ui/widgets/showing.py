"""A widget shows what is saved, whatever this window showed before."""

import streamlit as st


def show(key: str, value: object) -> None:
    """Let a widget show what is saved, whatever this window showed before."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
