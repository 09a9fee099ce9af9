"""A picture to point into: by mouse, finger or keyboard, with the same places in words beside it."""

from training.core.interaction import PickRegion
from training.ui.components.answering import OnAnswer, mount
from training.ui.views.arranged import spots_shown
from training.ui.views.spots import Spots
from training.ui.views.take_quiz import QuestionView

HTML = """
<div class="spot">
  <p class="how"></p>
  <div class="stage">
    <div class="sheet"><img><svg role="group"></svg><div class="signs" aria-hidden="true"></div></div>
  </div>
  <button type="button" class="larger" aria-pressed="false">Larger picture</button>
  <p class="said" aria-live="polite"></p>
  <details><summary>Answer in words instead</summary><fieldset><legend></legend></fieldset></details>
</div>
"""


def hotspot(question: QuestionView, asked: PickRegion, *, key: str, on_answer: OnAnswer) -> None:
    """Draw the picture with its places; which of them is right is not in the page."""
    mount("hotspot", HTML, spots_shown(question, asked), key=key, on_answer=on_answer)


def marked_picture(spots: Spots, *, key: str) -> None:
    """Draw the picture after marking: her choice and the right place, each by its line and by a word."""
    mount("hotspot", HTML, spots, key=key, on_answer=lambda _: None)
