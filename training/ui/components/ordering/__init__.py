"""Steps to bring into order: by dragging, by buttons or by arrow keys, and the new place is said aloud."""

from training.ui.components.answering import OnAnswer, mount
from training.ui.views.arranged import order_shown
from training.ui.views.take_quiz import QuestionView

HTML = """
<div class="order">
  <p class="how"></p>
  <ol></ol>
  <button type="button" class="keep"></button>
  <div class="news" aria-live="assertive"></div>
</div>
"""


def ordering(question: QuestionView, *, key: str, on_answer: OnAnswer) -> None:
    """Draw the steps in the order she gave them, or as they are shown to her before she gave any."""
    mount("ordering", HTML, order_shown(question), key=key, on_answer=on_answer)
