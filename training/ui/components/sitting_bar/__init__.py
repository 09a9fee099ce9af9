"""Where she stands in the quiz: the time left, counted in the browser, and a numbered cell for every question."""

from collections.abc import Callable, Sequence
from datetime import datetime

from training.ui.components.loading import component
from training.ui.views.take_quiz import Place

HTML = """
<div class="bar">
  <div class="time" role="timer" hidden><span class="clock" aria-hidden="true"></span></div>
  <div class="spoken" aria-live="polite"></div>
  <nav aria-label="Questions"><ol></ol></nav>
</div>
"""


def sitting_bar(
    places: Sequence[Place],
    current: int,
    *,
    deadline: datetime | None,
    now: datetime,
    key: str,
    on_go: Callable[[], None],
    on_over: Callable[[], None],
) -> None:
    """Draw the bar. `on_go` runs when a cell is chosen (its number is in session_state[key]["go"]), `on_over` at the end of time."""
    component("sitting_bar", HTML)(
        key=key,
        data={
            "places": [[place.answered, place.flagged, place.checked, place.words] for place in places],
            "current": current,
            "deadline": deadline.timestamp() if deadline else None,
            "now": now.timestamp(),
        },
        on_go_change=on_go,
        on_over_change=on_over,
    )
