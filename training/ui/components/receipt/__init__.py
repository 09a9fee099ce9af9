"""The receipt under an answer: it says what is saved, aloud when that changes, and tells the head of the sitting."""

from training.ui.components.loading import component
from training.ui.views.take_quiz import TakeQuizView

HTML = """
<p class="receipt"><svg viewBox="0 0 24 24" aria-hidden="true"><path/></svg><span class="text"></span></p>
<div class="news" aria-live="polite"></div>
"""

NONE = "Not answered yet"


def receipt(view: TakeQuizView, *, key: str) -> None:
    """Draw the receipt of the question in view.

    The head stands outside the part that is drawn again for an answer, so its cell is brought up to date from here.
    """
    question = view.question
    place = view.places[question.slot]
    head = [place.answered, place.flagged, place.checked, place.words, view.progress_text]
    text, saved = question.receipt or NONE, bool(question.receipt)
    component("receipt", HTML)(key=key, data=[question.slot, view.seq, saved, text, question.news, head])
