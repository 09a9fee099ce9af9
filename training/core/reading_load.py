"""How much there is to read in a question, so that forms can ask for about as much of it."""

from training.core.interaction import FillGaps, MatchEach, options_of
from training.core.question import Question


def words_in(question: Question) -> int:
    """Count the words a learner reads: context, stem, rows or text, and options."""
    texts = [question.context, question.stem, *(option.text for option in options_of(question.interaction))]
    match question.interaction:
        case MatchEach(rows=rows):
            texts += [row.text for row in rows]
        case FillGaps(text=text):
            texts.append(text)
    return sum(len(text.split()) for text in texts)
