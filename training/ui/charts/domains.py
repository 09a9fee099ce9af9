"""How she did in each domain: bars with 95 % intervals, and the same as a table."""

from typing import TYPE_CHECKING

import streamlit as st

from training.ui.charts.frame import PERCENT_AXIS, STILL, TEXT, dots, lines, margins, shown
from training.ui.views.review_result import DomainBar, domains_in_words
from training.ui.views.words import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LINE = 42
"""Characters of a domain's title on one line: what a narrow telephone has room for."""


@st.cache_data(max_entries=500, show_spinner=False)
def domain_chart(bars: tuple[DomainBar, ...], key: str) -> None:
    """Draw the bars in the order given, and a table of them to open."""
    st.plotly_chart(_figure(bars), key=key, config=STILL, alt=domains_in_words(bars))
    st.caption(
        "Bars and dots show the share of points; whiskers the 95 % interval. Few questions make a wide interval."
    )
    with st.expander("The same as a table", icon=":material/table:"):
        st.markdown(table(("Domain", "Questions", "Score", "95 % interval"), (bar.row for bar in bars)))


def _figure(bars: tuple[DomainBar, ...]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    places = list(range(len(bars)))
    drawn = go.Bar(
        x=[bar.percent for bar in bars], y=places, orientation="h", width=0.36, marker={"opacity": 0.6},
        customdata=[(shown(bar.title), *bar.row[1:]) for bar in bars],
        hovertemplate="%{customdata[0]}<br>%{customdata[2]} of %{customdata[1]} questions"
        "<br>95 % interval %{customdata[3]}<extra></extra>",
        error_x={
            "type": "data", "symmetric": False, "array": [bar.high - bar.percent for bar in bars],
            "arrayminus": [bar.percent - bar.low for bar in bars], "thickness": 1.5, "width": 5, "color": TEXT,
        },
    )  # fmt: skip
    figure = go.Figure([drawn, go.Scatter(dots([bar.percent for bar in bars], places))])
    figure.update_layout(
        height=64 + 84 * len(bars), margin=margins(), showlegend=False, dragmode=False,
        xaxis={"range": [0, 104], **PERCENT_AXIS},
        yaxis={"range": [len(bars) - 0.5, -0.9], "visible": False, "fixedrange": True},
        annotations=[_label(bar, place) for place, bar in enumerate(bars)],
    )  # fmt: skip
    return figure


def _label(bar: DomainBar, place: int) -> dict[str, object]:
    return {
        "x": 0, "y": place - 0.2, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "align": "left",
        "text": lines(f"{round(bar.percent)}\u00a0% · {bar.title}", LINE), "showarrow": False,
        "font": {"size": 14, "color": TEXT},
    }  # fmt: skip
