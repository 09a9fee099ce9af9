"""Charts of measurement: each with its sentence, its table, and the same as a picture or CSV to take away."""

from typing import TYPE_CHECKING

import streamlit as st

from training.formats.tables import Column, Table, csv_chunks
from training.ui.charts.frame import STILL, TEXT, lines, margins, shown
from training.ui.tables import draw_table
from training.ui.views.measured import Plot, Series

if TYPE_CHECKING:
    from plotly.graph_objects import Bar, Figure, Scatter

COLOURS = ("#0d9488", "#d97706", "#6366f1", "#dc2626", "#64748b", "#0284c7")
SYMBOLS = ("circle", "diamond", "square", "x", "triangle-up")
WIDTH = 34
MOST_MARKED = 36
"""Points of a line from which on marks would hide it; three years of months are fewer."""
PICTURE = "picture"
KINDS = {"png": "PNG", "svg": "SVG"}


def choose_picture() -> None:
    """Ask once for a page what kind of picture its charts give."""
    st.radio(
        "Pictures from the camera of a chart", list(KINDS), format_func=KINDS.__getitem__, key=PICTURE, horizontal=True
    )


def draw(plot: Plot, key: str) -> None:
    """Draw a chart and offer it: a picture from the camera above it, the numbers from the button below."""
    kind = st.session_state.get(PICTURE, "png")
    _chart(plot, key, kind)
    data = b"".join(csv_chunks(Table(plot.name, [Column(name) for name in plot.head], plot.rows, {})))
    st.download_button(
        "CSV", data, f"{plot.name}.csv", "text/csv", icon=":material/download:", on_click="ignore", key=f"{key}-csv"
    )


@st.cache_data(max_entries=200, show_spinner=False)
def _chart(plot: Plot, key: str, kind: str) -> None:
    st.plotly_chart(_figure(plot), key=f"{key}-{kind}", config=_config(plot, kind), alt=plot.sentence)
    st.caption(plot.sentence)
    with st.expander("The same as a table", icon=":material/table:"):
        draw_table(plot.head, plot.rows, key)


def _config(plot: Plot, kind: str) -> dict[str, object]:
    return STILL | {
        "displayModeBar": True, "displaylogo": False, "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": kind, "filename": plot.name, "scale": 2},
    }  # fmt: skip


def _figure(plot: Plot) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    figure = go.Figure([_series(go.Scatter, go.Bar, each, place) for place, each in enumerate(plot.series)])
    upright = all(each.kind == "bars" for each in plot.series) or plot.name == "information"
    for name, value in plot.lines:
        mark = figure.add_vline if upright else figure.add_hline
        mark(
            value, line={"dash": "dash", "color": TEXT, "width": 1}, annotation={"text": name, "font": {"color": TEXT}}
        )
    axis = {"fixedrange": True, "tickfont": {"color": TEXT}, "zeroline": False}
    figure.update_layout(
        height=320 + 26 * len(plot.series), margin=margins() | {"t": 32}, dragmode=False, barmode="overlay",
        showlegend=len(plot.series) > 1, legend={"orientation": "h", "yanchor": "top", "y": -0.25, "x": 0},
        xaxis=axis | {"title": {"text": plot.x_title}, "range": plot.x_range},
        yaxis=axis | {"title": {"text": plot.y_title}, "range": plot.y_range},
    )  # fmt: skip
    return figure


def _series(scatter: type["Scatter"], bar: type["Bar"], series: Series, place: int) -> "Scatter | Bar":
    colour, name = COLOURS[place % len(COLOURS)], lines(series.name, WIDTH)
    told = [shown(each) for each in series.told]
    hover = {"customdata": told, "hovertemplate": "%{customdata}<extra></extra>"} if told else {}
    if series.kind == "bars":
        return bar(x=list(series.x), y=list(series.y), name=name, marker={"color": colour}, **hover)
    mode = "markers" if series.kind != "line" else "lines" if len(series.x) > MOST_MARKED else "lines+markers"
    return scatter(
        x=list(series.x), y=list(series.y), name=name, mode=mode,
        marker={"size": 8, "symbol": SYMBOLS[place % len(SYMBOLS)], "color": colour},
        line={"width": 2, "dash": series.dash}, **hover,
    )  # fmt: skip
