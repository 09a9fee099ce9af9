"""Habits of other systems' own collections, met when the readers were tried on them."""

import pytest

from tests.formats.banks import arrived
from tests.formats.test_gift import item, keyed, only
from tests.formats.test_moodle_xml import asked, read
from training.core.expression import expression
from training.formats import aiken
from training.formats.base import Code
from training.formats.drafting import Read
from training.formats.markup import Markup, plain_text


def test_an_option_of_gift_without_a_mark_counts_as_wrong_and_is_not_dropped() -> None:
    found = only("Which nerve?{radial ~ulnar =median}")

    assert found.item is not None
    assert keyed(found.item) == [("radial", False), ("ulnar", False), ("median", True)]
    assert [problem.code for problem in found.problems if problem.code == Code.ASSUMED] == [Code.ASSUMED]


def test_a_number_of_gift_may_have_feedback_for_every_other_number() -> None:
    found = only("How many ribs?{#12:0#Right.~#Count them.}")

    assert (found.item.answer, found.item.tolerance, found.item.why) == (12.0, 0.0, "Right.")
    assert [loss.field for loss in found.losses if "Count them." in loss.what] == ["mistakes"]


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("It is {=deep =low}.", "It is _____."),
        ("It is {=deep =low} there.", "It is _____ there."),
        ("It is {=deep =low}, they say.", "It is _____, they say."),
    ],
)
def test_a_missing_word_keeps_the_spaces_and_marks_behind_it(written: str, stem: str) -> None:
    assert item(written).stem == stem


def test_negative_weights_of_gift_are_named_as_lost() -> None:
    found = only("Which two?{~%50%a ~%50%b ~%-100%c}")

    assert ("options.2.weight", "takes 100 % away there") in [(loss.field, loss.what) for loss in found.losses]


def test_lines_of_preformatted_text_stay_lines() -> None:
    found = plain_text("<p>Read:</p><pre>if deep:\n    stop\nelse: go on</pre>", Markup.HTML)

    assert found.text == "Read:\n\nif deep:\nstop\nelse: go on"
    assert found.lost == ["how far lines of code are set in"]


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "(a+1)/b"),
        ("<msqrt><mn>16</mn></msqrt>", "√(16)"),
        ("<msubsup><mi>k</mi><mn>1</mn><mn>2</mn></msubsup>", "k_1^2"),
    ],
)
def test_a_formula_in_mathml_does_not_change_its_meaning(formula: str, line: str) -> None:
    found = plain_text(f"<p>Work out <math>{formula}</math>.</p>", Markup.HTML)

    assert found.text == f"Work out {line}."
    assert found.lost == ["the layout of a formula"]


STATEMENTS = (
    '<row number="1"><optiontext><text>The needle is sterile.</text></optiontext><feedbacktext><text>Always.</text></feedbacktext></row>'
    '<row number="2"><optiontext><text>It is used twice.</text></optiontext></row>'
    '<column number="1"><responsetext><text>True</text></responsetext></column>'
    '<column number="2"><responsetext><text>False</text></responsetext></column>'
    '<weight rownumber="1" columnnumber="1"><value>1.000</value></weight>'
    '<weight rownumber="1" columnnumber="2"><value>0.000</value></weight>'
    '<weight rownumber="2" columnnumber="1"><value>0.000</value></weight>'
    '<weight rownumber="2" columnnumber="2"><value>1.000</value></weight>'
)


@pytest.mark.parametrize("kind", ["mtf", "kprime"])
def test_statements_to_judge_become_rows_whose_options_are_the_judgements(kind: str) -> None:
    draft = read(asked(kind, "Judge each.", STATEMENTS))

    assert [(row["text"], row["answer"]) for row in draft.fields["rows"]] == [
        ("The needle is sterile.", "a"),
        ("It is used twice.", "b"),
    ]
    assert draft.fields["rows"][0]["why"] == "Always."


def test_words_between_delimiters_become_gaps_where_they_are_dragged() -> None:
    more = "<answerdisplay>dragdrop</answerdisplay><answer fraction='0'><text>rib</text></answer>"
    draft = read(asked("gapfill", "The [lung] lies under the [pleura|membrane].", more))

    assert draft.fields["text"] == "The {{1}} lies under the {{2}}."
    assert [[each["text"] for each in gap["options"] if each.get("correct")] for gap in draft.fields["gaps"]] == [
        ["lung"],
        ["pleura", "membrane"],
    ]
    assert all("rib" in [each["text"] for each in gap["options"]] for gap in draft.fields["gaps"])


def test_words_between_delimiters_become_a_case_where_they_are_typed() -> None:
    draft = read(asked("gapfill", "A %needle% is %sterile%.", "<delimitchars>%%</delimitchars>"))

    assert [part["accepted"] for part in draft.fields["parts"]] == [["needle"], ["sterile"]]


def test_angles_in_calculated_questions_are_worked_out() -> None:
    values = "".join(
        f"<dataset_definition><name><text>{name}</text></name><minimum><text>1</text></minimum>"
        f"<maximum><text>9</text></maximum><decimals><text>0</text></decimals></dataset_definition>"
        for name in ("a", "b")
    )
    more = (
        "<answer fraction='100'><text>{a}*sin(deg2rad({b}))</text><tolerance>0.1</tolerance></answer>"
        f"<dataset_definitions>{values}</dataset_definitions>"
    )
    answer = read(asked("calculated", "{a} along a slope of {b} degrees: how high?", more)).fields["answer"]

    assert expression(answer).value({"a": 2.0, "b": 30.0}) == pytest.approx(1.0)


def aiken_of(text: str) -> list[Read]:
    return arrived(aiken.read(text.encode(), "a.txt"), "a.txt")


def test_aiken_is_plain_text_and_shows_tags_as_they_stand() -> None:
    (found,) = aiken_of("What does <b class='x'> & its like do?\nA) Make it bold\nB) A < B\nANSWER: A\n")

    assert found.item.stem == "What does <b class='x'> & its like do?"
    assert [option.text for option in found.item.options] == ["Make it bold", "A < B"]


def test_aiken_may_name_several_letters_and_say_why_behind_the_answer() -> None:
    first, second = aiken_of(
        "Which?\nA. x\nB. y\nC. z\nANSWER: A, C\nFEEDBACK: Both\nare.\n\nNext?\n(A) x\n(B) y\nCorrect answer: B"
    )

    assert keyed(first.item) == [("x", True), ("y", False), ("z", True)]
    assert first.item.options[0].why == "Both\nare."
    assert (second.item.stem, keyed(second.item)) == ("Next?", [("x", False), ("y", True)])


def test_a_question_of_aiken_without_an_answer_does_not_take_the_next_one_with_it() -> None:
    broken, good = aiken_of("Unfinished\nA) x\nB) y\n\nFinished\n\nA) x\nB) y\nANSWER: B\n")

    assert [problem.message for problem in broken.problems][:1] == ["there is no line ANSWER: after the options"]
    assert (good.item.stem, good.draft.line, keyed(good.item)) == ("Finished", 5, [("x", False), ("y", True)])


@pytest.mark.parametrize(
    ("opening", "marks"),
    [("<ol>", "1. 2."), ('<ol type="A">', "A. B."), ('<ol start="4">', "4. 5."), ("<ul>", "- -")],
)
def test_entries_of_a_list_keep_the_numbers_that_options_speak_of(opening: str, marks: str) -> None:
    closing = f"</{opening[1:3]}>"
    found = plain_text(f"<p>Which hold?</p>{opening}<li>deep</li><li>low</li>{closing}", Markup.HTML)

    assert [line.split()[0] for line in found.text.split("\n")[-2:]] == marks.split()


def test_the_feedback_moodle_puts_in_by_itself_is_no_loss_in_any_language() -> None:
    more = (
        "<correctfeedback><text>Votre réponse est correcte.</text></correctfeedback>"
        "<incorrectfeedback><text>Die Antwort ist falsch.</text></incorrectfeedback>"
        "<answer fraction='100'><text>a</text></answer><answer fraction='0'><text>b</text></answer>"
    )

    assert read(asked("multichoice", "Which?", more)).losses == ()


@pytest.mark.parametrize("word", ["Answer", "RESPUESTA", "réponse", "Antwort"])
def test_aiken_may_name_its_answer_in_another_language(word: str) -> None:
    assert aiken.FORMAT.read is not None
    [draft] = aiken.FORMAT.read(f"Which?\nA) ulnar\nB) median\n{word}: B\n".encode(), "q.txt").drafts

    assert draft.fields is not None
    assert draft.fields["options"] == [{"text": "ulnar"}, {"text": "median", "correct": True}]
