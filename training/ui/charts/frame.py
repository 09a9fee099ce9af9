"""What the charts share: quiet controls and margins."""

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


def margins() -> dict[str, int]:
    """Give margins that leave a narrow screen to the chart; plotly makes room for labels itself."""
    return {"l": 16, "r": 12, "t": 8, "b": 32}
