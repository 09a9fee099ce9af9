"""How each interaction is drawn: one function per kind, all keyboard first."""

from training.core.interaction import (
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    MatchEach,
    PickRegion,
    PutInOrder,
)
from training.ui.components import selects
from training.ui.components.answering import OnAnswer
from training.ui.components.hotspot import hotspot
from training.ui.components.ordering import ordering
from training.ui.views.take_quiz import QuestionView
from training.ui.widgets.certainty import ask_certainty
from training.ui.widgets.choosing import choose_many, choose_one
from training.ui.widgets.entering import enter_number, enter_text
from training.ui.widgets.showing import show

__all__ = ["OnAnswer", "ask", "ask_certainty", "show"]


def ask(question: QuestionView, *, key: str, on_answer: OnAnswer) -> None:
    """Draw what the learner does with the question; `on_answer` gets every new response, None where it was cleared."""
    match question.interaction:
        case ChooseOne():
            choose_one(question, key, on_answer)
        case ChooseMany(choose=limit):
            choose_many(question, key, on_answer, limit)
        case EnterNumber(unit=unit):
            enter_number(question, key, on_answer, unit)
        case EnterText(longest=longest):
            enter_text(question, key, on_answer, longest)
        case PutInOrder() | MatchEach() | FillGaps() | PickRegion() as arranged:
            _arrange(question, arranged, key, on_answer)


def _arrange(
    question: QuestionView, asked: PutInOrder | MatchEach | FillGaps | PickRegion, key: str, on_answer: OnAnswer
) -> None:
    match asked:
        case PutInOrder():
            ordering(question, key=key, on_answer=on_answer)
        case MatchEach():
            selects.rows(question, asked, key=key, on_answer=on_answer)
        case FillGaps():
            selects.gaps(question, asked, key=key, on_answer=on_answer)
        case PickRegion():
            hotspot(question, asked, key=key, on_answer=on_answer)
