"""Filters that stand in the address, so that what is filtered can be bookmarked, sent on and gone back to."""

from collections.abc import Mapping

import streamlit as st

from training.ui import places, widgets

PAGE = "page"
SPACE = "\u2003"
"""Streamlit sets circles in a row so close that each seems to belong to the word before it."""


def choose(name: str, label: str, options: Mapping[str, str]) -> str:
    """Draw a list to choose from: address words to labels. The first is what an address without it means."""
    value, key = _standing(name, options)
    st.selectbox(
        label, list(options), format_func=options.__getitem__, key=key, on_change=_write, args=(name, key, options)
    )
    return value


def switch(name: str, label: str, options: Mapping[str, str]) -> str:
    """Draw a few choices side by side, one of them always chosen."""
    value, key = _standing(name, options)
    st.radio(
        label, list(options), format_func=lambda word: options[word] + SPACE, key=key, horizontal=True,
        label_visibility="collapsed", on_change=_write, args=(name, key, options),
    )  # fmt: skip
    return value


def search(name: str, label: str, *, placeholder: str = "", icon: str = "") -> str:
    """Draw a line to write in."""
    value, key = places.asked(name)[:100], f"filter-{name}"
    widgets.show(key, value)
    st.text_input(
        label, key=key, max_chars=100, placeholder=placeholder, icon=f":material/{icon}:" if icon else None,
        on_change=_write, args=(name, key, {"": ""}),
    )  # fmt: skip
    return value.strip()


def page(total: int, size: int) -> int:
    """Draw the numbers of the pages where there are several, and give the one asked for, from 0."""
    pages = max(1, -(-total // size))
    number = min(max(places.asked_number(PAGE) or 1, 1), pages)
    if pages > 1:
        key = f"filter-{PAGE}"
        if key in st.session_state:
            widgets.show(key, number)
        st.pagination(pages, default=number, key=key, on_change=_turn, args=(key,))
    return number - 1


def address(names: tuple[str, ...]) -> dict[str, str]:
    """Give what the address says of these filters, to hand on in a link."""
    return {name: places.asked(name) for name in names if places.asked(name)}


def _standing(name: str, options: Mapping[str, str]) -> tuple[str, str]:
    asked, key = places.asked(name), f"filter-{name}"
    value = asked if asked in options else next(iter(options))
    widgets.show(key, value)
    return value, key


def _write(name: str, key: str, options: Mapping[str, str]) -> None:
    chosen = st.session_state[key]
    st.query_params.pop(PAGE, None)
    if chosen == next(iter(options)):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen


def _turn(key: str) -> None:
    st.query_params[PAGE] = str(st.session_state[key])
