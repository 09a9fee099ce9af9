"""What the charts share: quiet controls and margins."""

STILL: dict[str, object] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""A chart to look at: nothing to drag by accident on a telephone."""


def margins() -> dict[str, int]:
    """Give margins that leave a narrow screen to the chart; plotly makes room for labels itself."""
    return {"l": 8, "r": 8, "t": 8, "b": 32}
