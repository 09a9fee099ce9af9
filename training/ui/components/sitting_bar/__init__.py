"""The head of the sitting: its title, the time left counted in the browser, and a cell for every question."""

from collections.abc import Callable
from datetime import datetime

from training.ui.components.loading import component
from training.ui.views.take_quiz import TakeQuizView

HTML = """
<div class="bar">
  <div class="top">
    <h1 class="title"></h1>
    <div class="time" role="timer" hidden><span class="clock" aria-hidden="true"></span></div>
  </div>
  <p class="progress"></p>
  <nav aria-label="Questions"><ol></ol></nav>
  <h2 class="place" tabindex="-1"></h2>
  <div class="spoken" aria-live="polite"></div>
</div>
"""


def sitting_bar(
    view: TakeQuizView,
    *,
    at_end: bool,
    now: datetime,
    key: str,
    on_go: Callable[[], None],
    on_over: Callable[[], None],
) -> None:
    """Draw the head.

    `on_go` runs when a cell is chosen (its number is in session_state[key]["go"]), `on_over` when time is up.
    """
    component("sitting_bar", HTML)(
        key=key, data=[_shown(view, at_end, now)], on_go_change=on_go, on_over_change=on_over
    )


def _shown(view: TakeQuizView, at_end: bool, now: datetime) -> dict[str, object]:
    # In a list, since Streamlit looks at every value of a dictionary for a data frame, which takes its time.
    return {
        "title": view.title,
        "progress": view.progress_text,
        "places": [[place.answered, place.flagged, place.checked, place.words] for place in view.places],
        "current": 0 if at_end else view.question.number,
        "heading": "Before you hand in" if at_end else view.heading,
        "seq": view.seq,
        "deadline": view.deadline.timestamp() if view.deadline else None,
        "now": now.timestamp(),
    }
