"""A question while it is read: it ends as fields, or with a problem that says why not; never in silence."""

from training.core.problem import Severity
from training.formats.base import Code
from training.formats.sketch import Sketch


def test_a_question_of_which_nothing_was_made_says_so() -> None:
    draft = Sketch("quiz.xml", 7, fields={"stem": "Well?"}).draft()

    assert draft.fields is None
    assert [(problem.line, problem.code, problem.severity) for problem in draft.problems] == [
        (7, Code.NO_SUCH_TYPE, Severity.ERROR)
    ]


def test_a_question_that_failed_says_why_and_no_more() -> None:
    sketch = Sketch("quiz.xml", 1)
    sketch.fail("no option is right")

    assert [problem.message for problem in sketch.draft().problems] == ["no option is right"]
