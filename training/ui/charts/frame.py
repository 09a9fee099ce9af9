"""What the charts share: quiet controls, margins, and authors' words as plotly takes them."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

STILL: dict[str, object] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""A chart to look at: nothing to drag by accident on a telephone."""


TEXT = "#000037"
"""Stands for the theme's text colour: Streamlit puts that in its place in the browser, light or dark."""

PERCENT_AXIS: dict[str, object] = {
    "tickvals": [0, 25, 50, 75, 100],
    "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
    "fixedrange": True,
    "tickfont": {"color": TEXT},
}


def shown(text: str) -> str:
    """Keep an author's characters from being read as the markup that plotly knows, which is a little HTML."""
    return escape(text, quote=False)


def lines(text: str, width: int) -> str:
    """Break an author's text into lines of so many characters, as plotly takes them."""
    return "<br>".join(shown(line) for line in wrap(text, width))


def dots(across: Sequence[float], down: Sequence[float]) -> dict[str, object]:
    """Mark estimates, as a scatter: a bar of 0 % is not there to be seen, and its whisker alone says too little."""
    return {
        "x": list(across), "y": list(down), "mode": "markers", "marker": {"size": 8, "color": TEXT},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def margins() -> dict[str, int]:
    """Give margins that leave a narrow screen to the chart; plotly makes room for labels itself."""
    return {"l": 16, "r": 12, "t": 8, "b": 32}
