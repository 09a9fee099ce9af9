"""What was done week by week, and the same as a table."""

from typing import TYPE_CHECKING

import streamlit as st

from training.ui.charts.frame import STILL, TEXT, margins
from training.ui.views.see_progress import Week, activity_in_words
from training.ui.views.words import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@st.cache_data(max_entries=500, show_spinner=False)
def activity_chart(weeks: tuple[Week, ...], key: str) -> None:
    """Draw questions answered and sections read in each week, and a table of them to open."""
    st.plotly_chart(_figure(weeks), key=key, config=STILL, alt=activity_in_words(weeks))
    with st.expander("The same as a table", icon=":material/table:"):
        rows = ((week.name, str(week.questions), str(week.sections)) for week in reversed(weeks))
        st.markdown(table(("Week from", "Questions answered", "Sections read"), rows))


def _figure(weeks: tuple[Week, ...]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    names = [week.name for week in weeks]
    figure = go.Figure(
        [
            go.Bar(x=names, y=[week.questions for week in weeks], name="Questions answered"),
            go.Bar(x=names, y=[week.sections for week in weeks], name="Sections read", marker_pattern_shape="/"),
        ]
    )
    figure.update_layout(
        height=280, margin=margins(), barmode="group", dragmode=False,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        xaxis={"fixedrange": True, "type": "category", "nticks": 6, "tickfont": {"color": TEXT}},
        yaxis={"fixedrange": True, "rangemode": "tozero", "tickformat": "d", "tickfont": {"color": TEXT}},
    )  # fmt: skip
    return figure
