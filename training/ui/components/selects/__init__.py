"""Rows to match and gaps to fill: a select box for each, in a row's line or within the text."""

from training.core.interaction import FillGaps, MatchEach
from training.ui.components.answering import OnAnswer, mount
from training.ui.views.arranged import gaps_shown, rows_shown
from training.ui.views.take_quiz import QuestionView

HTML = """
<div class="selects" role="group">
  <p class="how"></p>
  <ol class="bank"></ol>
  <div class="places"></div>
  <div class="news" aria-live="polite"></div>
</div>
"""


def rows(question: QuestionView, asked: MatchEach, *, key: str, on_answer: OnAnswer) -> None:
    """Draw the options once, then each row with a select box."""
    mount("selects", HTML, rows_shown(question, asked), key=key, on_answer=on_answer)


def gaps(question: QuestionView, asked: FillGaps, *, key: str, on_answer: OnAnswer) -> None:
    """Draw the text with a select box in each gap."""
    mount("selects", HTML, gaps_shown(question, asked), key=key, on_answer=on_answer)
