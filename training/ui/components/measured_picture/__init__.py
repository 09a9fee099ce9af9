"""A hotspot's picture with its measures, so that an author reads off where a place is; two clicks name a rectangle."""

from training.ui.components.loading import component
from training.ui.views.measured_picture import Measured

HTML = """
<div class="measured">
  <div class="sheet"><img><svg aria-hidden="true"></svg><div class="signs" aria-hidden="true"></div></div>
  <p class="told" aria-live="polite"></p>
  <button type="button">Begin anew</button>
</div>
"""


def measured_picture(view: Measured, *, key: str) -> None:
    """Draw the picture with its places, a grid, and the numbers of what is clicked."""
    component("measured_picture", HTML)(key=key, data=view)
