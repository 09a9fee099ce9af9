"""What each bot wins with its interval, against chance; and the same as a table."""

from typing import TYPE_CHECKING

import streamlit as st

from training.ui.charts.frame import PERCENT_AXIS, STILL, TEXT, margins
from training.ui.views.bots import BotBar, BotsView
from training.ui.views.words import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FINE, BEATEN = "#0d9488", "#dc2626"


@st.cache_data(max_entries=100, show_spinner=False)
def bots_chart(view: BotsView, key: str) -> None:
    """Draw the bots, and a table of them to open."""
    bars = tuple(bar for bar in view.bars if bar.questions)
    if bars:
        st.plotly_chart(_figure(bars), key=key, config=STILL, alt=view.in_words)
    st.caption(
        "Dots show the share of questions a bot gets right, whiskers an interval that allows for all bots together, "
        "short lines what chance gives. A red square has beaten chance: its cue tells the answers."
    )
    with st.expander("The same as a table", icon=":material/table:"):
        st.markdown(table(("Bot", "Questions", "Right", "Interval", "Chance"), (bar.row for bar in view.bars)))


def _figure(bars: tuple[BotBar, ...]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    places = list(range(len(bars)))
    shares = go.Scatter(
        x=[bar.percent for bar in bars], y=places, mode="markers", cliponaxis=False,
        marker={"size": 11, "color": [BEATEN if bar.beats else FINE for bar in bars],
                "symbol": ["square" if bar.beats else "circle" for bar in bars]},
        customdata=[bar.row for bar in bars],
        hovertemplate="%{customdata[0]}<br>%{customdata[2]} of %{customdata[1]} questions<br>interval %{customdata[3]}"
        "<br>chance %{customdata[4]}<extra></extra>",
        error_x={"type": "data", "symmetric": False, "array": [bar.high - bar.percent for bar in bars],
                 "arrayminus": [bar.percent - bar.low for bar in bars], "thickness": 1.5, "width": 5, "color": TEXT},
    )  # fmt: skip
    chance = go.Scatter(
        x=[bar.chance for bar in bars], y=places, mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": TEXT}},
    )  # fmt: skip
    figure = go.Figure([chance, shares])
    figure.update_layout(
        height=64 + 58 * len(bars), margin=margins(), showlegend=False, dragmode=False,
        xaxis={"range": [0, 104], **PERCENT_AXIS},
        yaxis={"range": [len(bars) - 0.5, -0.9], "visible": False, "fixedrange": True},
        annotations=[_label(bar, place) for place, bar in enumerate(bars)],
    )  # fmt: skip
    return figure


def _label(bar: BotBar, place: int) -> dict[str, object]:
    return {
        "x": 0, "y": place - 0.26, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom",
        "text": bar.title, "showarrow": False, "font": {"size": 13, "color": TEXT},
    }  # fmt: skip
