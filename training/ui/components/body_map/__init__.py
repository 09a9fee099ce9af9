"""The body from the front and the back, its regions to be chosen by mouse, touch or keyboard."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from training.ui.components.loading import component

HTML = """
<div class="map" role="group"></div>
"""


@cache
def _drawing() -> str:
    return (Path(__file__).parent / "body.json").read_text("utf-8")


def body_map(regions: Mapping[str, str], chosen: str, *, key: str, on_pick: Callable[[], None]) -> None:
    """Draw both views; `regions` maps ids to what they are called. What was picked is in session_state[key]["pick"]."""
    data = {"drawing": json.loads(_drawing()), "regions": [[*each] for each in regions.items()], "chosen": chosen}
    # In a list, since Streamlit looks at every value of a dictionary for a data frame, which takes its time.
    component("body_map", HTML)(key=key, data=[data], on_pick_change=on_pick)
