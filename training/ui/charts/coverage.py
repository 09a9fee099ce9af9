"""How many approved items each objective has: a matrix of domains and objectives, and the same as a table."""

from typing import TYPE_CHECKING

import streamlit as st

from training.ui.charts.frame import STILL, TEXT, lines, margins, shown
from training.ui.views.banks import CoverageCell, CoverageView
from training.ui.views.words import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

SHAPES = {"sentinel": ("square", 21), "critical": ("diamond", 19), "none": ("circle", 22)}
NAMES = {"sentinel": "Sentinel objective", "critical": "Critical objective", "none": "Other objective"}
FILLED, EMPTY = "#0d9488", "#dc2626"
LINE = 46
"""Characters of a domain's title on one line: what a narrow telephone has room for."""


@st.cache_data(max_entries=20, show_spinner=False)
def coverage_chart(view: CoverageView, key: str) -> None:
    """Draw the matrix, and a table of it to open."""
    st.plotly_chart(_figure(view), key=key, config=STILL, alt=view.in_words)
    st.caption(
        "Each row is a domain, each mark one of its objectives by number; the figure in it counts the approved items "
        "that quizzes can draw. A red outline with 0 is a gap."
    )
    with st.expander("The same as a table", icon=":material/table:"):
        head = ("No.", "Objective", "Safety", "Recall", "Apply", "Analyse", "Approved", "In work")
        st.markdown(table(head, view.rows))


def _figure(view: CoverageView) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    widest = max(cell.column for cell in view.cells)
    figure = go.Figure([_marks(go.Scatter, view, safety) for safety in SHAPES])
    figure.update_layout(
        height=90 + 60 * len(view.domains), margin=margins(), dragmode=False,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "itemclick": False,
                "itemdoubleclick": False},
        xaxis={"range": [0.4, widest + 0.6], "dtick": 1, "tick0": 1, "fixedrange": True, "showgrid": False,
               "zeroline": False, "title": None, "tickfont": {"color": TEXT}},
        yaxis={"range": [len(view.domains) - 0.55, -0.85], "visible": False, "fixedrange": True},
        annotations=[_label(title, place) for place, title in enumerate(view.domains)],
    )  # fmt: skip
    return figure


def _marks(scatter: type["Scatter"], view: CoverageView, safety: str) -> "Scatter":
    shape, size = SHAPES[safety]
    cells = [cell for cell in view.cells if cell.safety == safety]
    return scatter(
        x=[cell.column for cell in cells], y=[cell.domain for cell in cells], mode="markers+text",
        name=NAMES[safety], text=[f"<b>{cell.drawable}</b>" for cell in cells], textfont={"size": 12, "color": TEXT},
        marker={
            "symbol": shape, "size": size, "color": [_fill(cell.drawable) for cell in cells],
            "line": {"width": 3 if safety == "sentinel" else 1.5,
                     "color": [FILLED if cell.drawable else EMPTY for cell in cells]},
        },
        customdata=[_hover(cell) for cell in cells], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _fill(drawable: int) -> str:
    """Deepen the colour up to six items; text of either theme stays readable on it."""
    return f"rgba(13, 148, 136, {0.08 * min(drawable, 6):.2f})"


def _hover(cell: CoverageCell) -> str:
    return "<br>".join(lines(part, LINE) for part in cell.told.split("\n"))


def _label(title: str, place: int) -> dict[str, object]:
    short = title if len(title) <= LINE else title[: LINE - 1].rsplit(" ", 1)[0] + " …"
    return {
        "x": 0, "y": place - 0.26, "xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "bottom",
        "text": shown(short), "showarrow": False, "font": {"size": 13, "color": TEXT},
    }  # fmt: skip
