"""How scores change by a key change: a bar for each number of percent points."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from training.ui.charts.frame import STILL, TEXT, margins
from training.ui.views.key_changes import chart_in_words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def change_chart(bars: Sequence[tuple[int, int]], key: str) -> None:
    """Draw the bars."""
    st.plotly_chart(_figure(bars), key=key, config=STILL, alt=chart_in_words(bars))


def _figure(bars: Sequence[tuple[int, int]]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    names = [f"{move:+d}" for move, _ in bars]
    figure = go.Figure([go.Bar(x=names, y=[number for _, number in bars], marker={"opacity": 0.7}, width=0.5,
                               hovertemplate="%{x} percent points<br>%{y} attempts<extra></extra>")])  # fmt: skip
    figure.update_layout(
        height=240, margin=margins() | {"b": 48}, dragmode=False, showlegend=False,
        xaxis={"type": "category", "fixedrange": True, "tickfont": {"color": TEXT},
               "title": {"text": "Percent points", "font": {"color": TEXT}}},
        yaxis={"fixedrange": True, "tickfont": {"color": TEXT}, "rangemode": "tozero",
               "title": {"text": "Attempts", "font": {"color": TEXT}}},
    )  # fmt: skip
    return figure
