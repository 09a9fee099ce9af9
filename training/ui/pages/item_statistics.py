"""Items of a quiz as they were answered, for instructors: those that deserve a look first."""

import streamlit as st

from training.core.permission import Actor
from training.formats.tables import Column, Table, csv_chunks
from training.services import analysing
from training.services.analysing import ItemTable, Part
from training.services.app import App
from training.ui import filters, moments, places
from training.ui.charts.measured import choose_picture, draw
from training.ui.pages.certainty import draw_sure
from training.ui.views.item_figures import HEAD, about, label, scatter, table_rows, troubled
from training.ui.views.measured import (
    NOTHING,
    PERIODS,
    chosen_part,
    chosen_quiz,
    cohort_choices,
    fresh_line,
    part_line,
    quiz_choices,
)

PAGE = 20
DECIMALS = ("Right", "Item-rest r", "D", "Alpha without", "Median s")


def render(app: App, actor: Actor) -> None:
    """Draw the items of the quiz that the address names."""
    st.title("Item statistics", anchor=False)
    quizzes = quiz_choices(analysing.quizzes(app, actor))
    if not quizzes:
        st.info("Nobody has handed in a quiz yet. Figures appear with the first answers.", icon=":material/info:")
        return
    slug, mode = chosen_quiz(filters.choose("quiz", "Quiz", quizzes))
    part = _part(app, actor)
    found = analysing.items(app, actor, slug, mode, part)
    st.markdown(f"**{troubled(found)}**")
    whole = part == analysing.EVERYTHING
    st.caption(fresh_line(found.fresh, moments.zone()) if whole else part_line(found.quiz.attempts))
    _list(found, "practice" if ":" in places.asked("quiz") else "")
    if plot := scatter(found.items):
        st.header("How hard, and how telling", anchor=False)
        draw(plot, key="scatter")
    if found.sure:
        st.header("How sure, and how right", anchor=False)
        draw_sure(found.sure)
    _table(found)
    choose_picture()


def _part(app: App, actor: Actor) -> Part:
    """Draw whose answers count, and since when."""
    who, when = st.columns(2)
    with who:
        cohort = filters.choose("cohort", "Answers of", cohort_choices(analysing.cohort_titles(app, actor)))
    with when:
        days = filters.choose("days", "Handed in", PERIODS)
    return chosen_part(cohort, days, app.now().date())


def _list(found: ItemTable, mode: str) -> None:
    st.header("What deserves a look first", anchor=False)
    number = filters.page(len(found.items), PAGE)
    handed_on = {"mode": mode} if mode else {}
    with st.container(border=True, gap="medium"):
        for each in found.items[number * PAGE : (number + 1) * PAGE]:
            with st.container(gap=None):
                places.link("item-plots", label(each), icon="chevron_right", item=each.item_id, **handed_on)
                st.markdown(about(each))


def _table(found: ItemTable) -> None:
    st.header("All of them", anchor=False)
    rows = table_rows(found.items)
    st.dataframe(
        [dict(zip(HEAD, row, strict=True)) for row in rows], hide_index=True, key="item-table", placeholder=NOTHING,
        column_config={name: st.column_config.NumberColumn(format="%.2f") for name in DECIMALS},
        alt=f"Table of {len(rows)} items: answers, share right, item-rest correlation, time and what to look at",
    )  # fmt: skip
    data = b"".join(csv_chunks(Table("items", [Column(name) for name in HEAD], rows, {})))
    st.download_button("CSV", data, "items.csv", "text/csv", icon=":material/download:", on_click="ignore")
