"""One item as it was answered: every version, who chose what, month by month, and how long it takes."""

import streamlit as st

from training.core.blueprint import Mode
from training.core.permission import Actor
from training.services import analysing, tallying
from training.services.analysing import Curves, ItemFigures
from training.services.app import App
from training.ui import moments, places
from training.ui.charts.measured import choose_picture, draw
from training.ui.pages.certainty import draw_sure
from training.ui.pages.near_misses import draw_near_misses
from training.ui.tables import draw_table
from training.ui.views.item_figures import (
    OPTION_HEAD,
    figures,
    option_curves,
    option_rows,
    over_time,
    times,
    version_title,
)
from training.ui.views.measured import fresh_line
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw the item named in the address."""
    item_id = places.asked("item")
    if not item_id:
        st.title("Item", anchor=False)
        st.info("This address names no item. Choose one from the list.", icon=":material/info:")
        places.link("item-statistics", "Item statistics", icon="list")
        return
    mode = Mode.PRACTICE if places.asked("mode") == Mode.PRACTICE else Mode.EXAM
    report = analysing.item(app, actor, item_id, mode)
    st.title(plain(item_id), anchor=False)
    st.markdown(plain(report.versions[-1].stem))
    counted = f"{'Exams' if mode is Mode.EXAM else 'Practice'} only, of all quizzes that ask it."
    st.caption(f"{counted} {fresh_line(report.fresh, moments.zone())}")
    with st.container(horizontal=True):
        places.link("item-statistics", "Item statistics", icon="list")
        places.link("item-history", "History", icon="history", item=item_id)
    for number, (item, curves) in reversed(list(enumerate(zip(report.versions, report.curves, strict=True), 1))):
        _version(number, item, curves)
    for title, plot, key in (("Over time", over_time(report), "months"), ("Time to answer", times(report), "times")):
        if plot:
            st.header(title, anchor=False)
            draw(plot, key=key)
    written = app.library.item(item_id)
    if written:
        draw_near_misses(tallying.answered(app, actor, written), written)
    choose_picture()


def _version(number: int, item: ItemFigures, curves: Curves) -> None:
    st.header(version_title(number, item), anchor=False)
    st.caption(item.standing)
    for flag in item.flags:
        st.warning(plain(flag.reason), icon=":material/flag:")
    st.markdown("  \n".join(f"**{name}:** {said}" for name, said in figures(item)))
    if item.sure:
        draw_sure(item.sure)
    plot = option_curves(item, curves)
    if plot:
        draw(plot, key=f"options-{number}")
    if item.options:
        with st.expander("Who chose what, by third of the score", icon=":material/table:"):
            draw_table(OPTION_HEAD, option_rows(item), f"chosen-{number}")
