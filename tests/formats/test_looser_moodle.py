"""Moodle XML as its editors and other programs write it."""

from base64 import b64encode

from tests.formats.test_moodle_xml import asked, lost, quiz, read
from tests.formats.there_and_back import PNG
from training.formats.base import Code
from training.formats.moodle_xml import read_moodle_xml

MEDIAN = '<answer fraction="100"><text>median</text></answer>'


def test_the_first_separator_of_a_cloze_answer_may_stand_before_it_as_moodles_editor_writes_it() -> None:
    draft = read(asked("cloze", "The {1:MULTICHOICE_S:~%100%median#Yes.~ulnar} and {1:MCV:~radial~=femoral} nerve"))

    assert draft.fields is not None
    assert draft.fields["gaps"] == [
        {"options": [{"text": "median", "why": "Yes.", "correct": True}, {"text": "ulnar"}]},
        {"options": [{"text": "radial"}, {"text": "femoral", "correct": True}]},
    ]


def test_cloze_answers_may_stand_on_lines_of_their_own() -> None:
    draft = read(asked("cloze", "Go {1:SHORTANSWER_C:\n  ~=deep\n  ~%50%down#Nearly.}"))

    assert draft.fields is not None
    assert draft.fields["accepted"] == ["deep"]
    assert draft.fields["mistakes"] == [{"text": "down", "why": "Nearly."}]


def test_a_word_without_a_rival_is_written_into_the_text() -> None:
    boxes = "".join(
        f"<selectoption><text>{word}</text><group>{group}</group></selectoption>"
        for word, group in (("median", 1), ("ulnar", 1), ("carpal", 2))
    )
    draft = read(asked("gapselect", "The [[3]] tunnel holds the [[1]] nerve.", boxes))

    assert draft.fields is not None
    assert draft.fields["text"] == "The carpal tunnel holds the {{1}} nerve."
    assert len(draft.fields["gaps"]) == 1
    assert lost(draft) == {"gaps.0": "only 'carpal' is offered there; it is in the text here"}


def test_options_left_empty_in_moodles_form_are_no_options() -> None:
    empty = '<answer fraction="0"><text><![CDATA[<p><br></p>]]></text></answer>'
    draft = read(asked("multichoice", "Which?", f'{MEDIAN}<answer fraction="0"><text>ulnar</text></answer>{empty}'))

    assert draft.fields is not None
    assert [option["text"] for option in draft.fields["options"]] == ["median", "ulnar"]
    assert [problem.code for problem in draft.problems] == [Code.MALFORMED]


def test_the_description_of_a_picture_stands_for_an_option_that_has_nothing_else() -> None:
    picture = f'<answer fraction="0"><text>&lt;img src="@@PLUGINFILE@@/u.png" alt="the ulnar nerve"&gt;</text><file name="u.png" path="/" encoding="base64">{b64encode(PNG).decode()}</file></answer>'
    draft = read(asked("multichoice", "Which?", MEDIAN + picture))

    assert draft.fields is not None
    assert [option["text"] for option in draft.fields["options"]] == ["median", "the ulnar nerve"]
    assert "an item has one" in lost(draft)["options.1.text"]
    assert [problem.code for problem in draft.problems] == [Code.ASSUMED]


def test_the_only_category_of_a_file_is_its_title() -> None:
    category = '<question type="category"><category><text>$course$/top/Thorax/Pleura</text></category></question>'
    one = asked("truefalse", "Deep?", '<answer fraction="100"><text>true</text></answer>')

    assert read_moodle_xml(quiz(category, one), "quiz.xml").title == "Thorax / Pleura"


def test_what_is_said_to_a_word_that_is_right_here_is_named_as_such() -> None:
    more = '<usecase>1</usecase><answer fraction="100"><text>Lung</text></answer><answer fraction="50"><text>lung</text><feedback><text>Capital!</text></feedback></answer>'

    assert lost(read(asked("shortanswer", "What?", more)))["answers.1.feedback"] == (
        "what is said to 'lung', which is right here: Capital!"
    )
