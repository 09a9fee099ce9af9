"""Scores over time, a line for each quiz, and the same as a table."""

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from training.ui.charts.frame import PERCENT_AXIS, STILL, TEXT, margins, shown
from training.ui.views.see_progress import ScorePoint, scores_in_words
from training.ui.views.words import plain, table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

DAY_IN_MILLISECONDS = 86_400_000
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star", "cross", "pentagon")


@st.cache_data(max_entries=500, show_spinner=False)
def score_chart(scores: tuple[ScorePoint, ...], key: str) -> None:
    """Draw the scores, told apart by colour and symbol, and a table of them to open."""
    st.plotly_chart(_figure(scores), key=key, config=STILL, alt=scores_in_words(scores))
    with st.expander("The same as a table", icon=":material/table:"):
        rows = ((plain(each.title), each.when, each.percent_text, each.passed_text) for each in reversed(scores))
        st.markdown(table(("Quiz", "Finished", "Score", "Pass mark"), rows))


def _figure(scores: tuple[ScorePoint, ...]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    titles = list(dict.fromkeys(each.title for each in scores))
    figure = go.Figure([_line(go.Scatter, scores, title, number) for number, title in enumerate(titles)])
    figure.update_layout(
        height=300 + 24 * len(titles), margin=margins(), dragmode=False, showlegend=len(titles) > 1,
        legend={"orientation": "h", "yanchor": "top", "y": -0.15, "x": 0},
        xaxis={"fixedrange": True, "tickformat": "%-d %b\n%Y", "tickfont": {"color": TEXT}, **_days(scores)},
        yaxis={"range": [0, 104], **PERCENT_AXIS},
    )  # fmt: skip
    return figure


def _days(scores: tuple[ScorePoint, ...]) -> dict[str, object]:
    """Name each day once: a few days get a tick each, a longer time five ticks."""
    first, last = min(each.at for each in scores), max(each.at for each in scores)
    if last - first > timedelta(days=4):
        return {"nticks": 5}
    return {"range": [first - timedelta(days=1), last + timedelta(days=1)], "dtick": DAY_IN_MILLISECONDS}


def _line(scatter: type["Scatter"], scores: tuple[ScorePoint, ...], title: str, number: int) -> "Scatter":
    mine = [each for each in scores if each.title == title]
    return scatter(
        x=[each.at for each in mine], y=[each.percent for each in mine], name=shown(title), mode="lines+markers",
        marker={"size": 9, "symbol": SYMBOLS[number % len(SYMBOLS)]}, line={"width": 2},
        customdata=[(each.when, each.percent_text, each.passed_text, shown(title)) for each in mine],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}, %{customdata[2]}<extra>%{customdata[3]}</extra>",
    )  # fmt: skip
