"""The part of a test report that compares: groups, pairs of items, and this calibration with the one before."""

import streamlit as st

from training.services.looking_beyond import Beyond
from training.ui.charts.measured import draw
from training.ui.views.beyond import group_plot, group_silence, group_title, link_plot, pairs_plot, pairs_said
from training.ui.views.words import plain


def comparisons(found: Beyond, slug: str) -> None:
    """Draw what was compared, and say what was not and how it is."""
    command = f"`python -m training analyse --programme {plain(slug)} --model 2pl"
    _groups(found, command)
    _pairs(found, command)
    _link(found, command)


def _groups(found: Beyond, command: str) -> None:
    st.header("Groups side by side", anchor=False)
    for note in found.groups_notes:
        st.info(plain(note), icon=":material/group_off:")
    if found.groups is None:
        st.info(f"Cohorts were not compared. {command} --group cohort` does it.", icon=":material/info:")
    for number, group in enumerate(found.groups or ()):
        st.subheader(plain(group_title(group)), anchor=False)
        if plot := group_plot(group, number):
            draw(plot, key=f"groups-{number}")
        if silence := group_silence(group):
            st.caption(silence)


def _pairs(found: Beyond, command: str) -> None:
    st.header("Items that hang together", anchor=False)
    if plot := pairs_plot(found):
        draw(plot, key="pairs")
    elif found.pairs is None:
        st.info(f"Pairs of items were not looked at. {command}` does it.", icon=":material/info:")
    else:
        st.markdown(pairs_said(found))


def _link(found: Beyond, command: str) -> None:
    st.header("Against the calibration before", anchor=False)
    for note in found.link_notes:
        st.info(plain(note), icon=":material/link_off:")
    if found.link:
        draw(link_plot(found.link), key="link")
    elif not found.link_notes:
        said = f"No link was made. {command} --link latest` makes one to the calibration before."
        st.info(said, icon=":material/info:")
