"""text2qti's Markdown: its whole syntax, and what of a quiz has no place in a bank."""

from typing import Any

import pytest

from tests.formats.banks import arrived
from training.formats import aiken, text2qti
from training.formats.drafting import Read

QUIZ = """\
Quiz title: Safe technique
Quiz description: A sample.
shuffle answers: true

% a comment
COMMENT
1. This is commented out
END_COMMENT

Title: Skin preparation
Points: 2
1.  What comes **first**?

    Think of `hands`.
... Hands spread more than needles do.
+   Well done.
-   Read section 2 again.
a)  Gloves
... Gloves come later.
*b) Hand
    hygiene
c)  A needle

2. Which are signs? Choose two.
[*] Pain
[ ] Joy
[*] Swelling
... It is visible.

3. The root of 2?
=   1.4142 +- 0.0001

4. A needle is sterile.
*a) True
b) False

GROUP
pick: 1
points per question: 3

5. How many?
= [4.9, 5.1]

END_GROUP

6. Discuss.
____

7. Hand it in.
^^^^

Text title: Remember
Text: Only text.

```{.python .run}
print("1. Made up?")
```
"""


def read(text: str) -> list[Read]:
    return arrived(text2qti.read(text.encode(), "quiz.md"), "quiz.md")


def item(text: str) -> Any:
    (found,) = read(text)
    assert found.item is not None, found.problems
    return found.item


def test_every_kind_of_question_is_read_or_named() -> None:
    assert [(each.draft.line, each.item.type if each.item else each.problems[-1].message) for each in read(QUIZ)] == [
        (12, "single_best"),
        (24, "multiple_response"),
        (30, "numeric"),
        (33, "true_false"),
        (41, "numeric"),
        (46, "a question of the kind 'essay' has no item type here"),
        (49, "a question of the kind 'file upload' has no item type here"),
        (52, "a question of the kind 'text block' has no item type here"),
        (53, "a question of the kind 'text block' has no item type here"),
    ]


def test_text_feedback_and_titles_find_their_fields() -> None:
    found = read(QUIZ)[0]

    assert found.item is not None
    assert (found.item.id, found.item.stem) == ("skin-preparation", "What comes first?\n\nThink of hands.")
    assert [(each.text, each.why, each.correct) for each in found.item.options] == [  # type: ignore[attr-defined]
        ("Gloves", "Gloves come later.", False),
        ("Hand\nhygiene", "Hands spread more than needles do.\n\nWell done.", True),
        ("A needle", "To be written.", False),
    ]
    assert [loss.field for loss in found.losses] == ["points", "stem", "wrong feedback"]


def test_what_belongs_to_the_quiz_is_told_and_code_is_never_run() -> None:
    imported = text2qti.read(QUIZ.encode(), "quiz.md")

    assert imported.title == "Safe technique"
    assert [(problem.line, problem.code) for problem in imported.problems] == [
        (2, "F004"), (3, "F004"), (38, "F004"), (39, "F004"), (55, "F009"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "answer", "tolerance"),
    [("5", 5, 0), ("5 +- 0.5", 5, 0.5), ("200 +- 2%", 200, 4), ("[1, 2]", 1.5, 0.5), ("-1e3 ± 1", -1000, 1)],
)
def test_numbers_have_margins_percentages_and_intervals(written: str, answer: float, tolerance: float) -> None:
    found = item(f"1. How much?\n= {written}\n")

    assert (found.answer, found.tolerance) == (answer, tolerance)


def test_formulas_stay_as_they_are_written() -> None:
    assert item("1. What is $x_1 * y_2 * z$?\n*a) $\\frac{1}{2}$\nb) no\n").stem == "What is $x_1 * y_2 * z$?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1. What?\n", "the question has no answer"),
        ("1. What?\na) x\nb) y\n", "no option is right"),
        ("1. What?\n= five\n", "'five' is no number"),
        ("1. What?\n*a) x\n[ ] y\n", "the answers are of different kinds"),
        ("1. What?\n*a) x\nstray\nb) y\n", "'stray' is neither an answer nor feedback"),
        ("1. Is it?\n*a) True\n*b) False\n", "either true or false must be marked with *"),
    ],
)
def test_a_broken_question_is_named(text: str, message: str) -> None:
    (found,) = read(text)

    assert (found.item, found.problems[-1].message) == (None, message)


def test_aiken_is_read_with_its_lines_and_its_mistakes() -> None:
    text = "What is dry?\nA. Sand\nB) Water\nANSWER: A\n\nWhat is wet?\nA. Sand\nB. Water\nANSWER: C\n\nLeft over\n"
    good, bad, rest = arrived(aiken.read(text.encode(), "a.txt"), "a.txt")

    assert good.item is not None
    assert [(option.text, option.correct) for option in good.item.options] == [("Sand", True), ("Water", False)]  # type: ignore[attr-defined]
    assert [problem.line for problem in (*bad.problems, *rest.problems)] == [9, 11]
    assert (bad.item, rest.item) == (None, None)
