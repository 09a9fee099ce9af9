"""Where pages are, so that one can lead to another without knowing its module."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_KEY = "places"

DIGITS = 6
"""No number in an address of ours is longer; reading thousands of digits is an error in Python."""


def remember(pages: dict[str, StreamlitPage]) -> None:
    """Keep this run's pages for the links drawn in it."""
    st.session_state[_KEY] = pages


def place(url: str) -> StreamlitPage:
    """Give a page by its address."""
    pages: dict[str, StreamlitPage] = st.session_state[_KEY]
    return pages[url]


def go(url: str, **query: str) -> None:
    """Leave for another page, with ids in its address. Not from a callback: Streamlit forbids it there."""
    st.switch_page(place(url), query_params=query or None)


def link(url: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """Draw a link to another page, with ids in its address."""
    st.page_link(place(url), label=label, icon=f":material/{icon}:" if icon else None, query_params=query or None)


def asked(name: str) -> str:
    """Read one id from the address; empty where it is not there."""
    return st.query_params.get(name, "")


def asked_number(name: str) -> int | None:
    """Read a number from the address, its first six digits at most; None where it is none."""
    text = asked(name)[:DIGITS]
    return int(text) if text.isdecimal() else None
