"""Moodle XML as Moodle and people write it: categories, weights, tolerances, files, odd texts."""

from base64 import b64encode

import pytest

from tests.formats.there_and_back import PNG, batch
from training.core.items import BY_TYPE
from training.core.items.item import ImageNote
from training.core.problem import Severity
from training.formats.base import Code, Draft
from training.formats.drafting import Defaults, items_of
from training.formats.moodle_writing import write_moodle_xml
from training.formats.moodle_xml import read_moodle_xml

CHOICE = """
<question type="multichoice">
  <name><text>Depth of the pleura</text></name>
  <questiontext format="html"><text><![CDATA[<p>How deep is the pleura at the <b>fifth</b> rib?</p>]]></text></questiontext>
  <generalfeedback format="html"><text>Think of the thinnest patient.</text></generalfeedback>
  <defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber>pleura-01</idnumber>
  <single>{single}</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>
  <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
  <answer fraction="{first}" format="html"><text><![CDATA[<p>2 cm</p>]]></text><feedback format="html"><text>Measured.</text></feedback></answer>
  <answer fraction="{second}" format="html"><text>5 cm</text><feedback format="html"><text></text></feedback></answer>
  <answer fraction="{third}" format="html"><text>&lt;1 cm</text></answer>
  <hint format="html"><text>Look at the ribs.</text></hint>
  <tags><tag><text>chest</text></tag><tag><text>objective:2.2</text></tag></tags>
</question>"""


def quiz(*questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(questions)}</quiz>'.encode()


def read(*questions: str) -> Draft:
    """The one question of a file."""
    imported = read_moodle_xml(quiz(*questions), "quiz.xml")
    assert imported.problems == ()
    (draft,) = imported.drafts
    return draft


def lost(draft: Draft) -> dict[str, str]:
    return {loss.field: loss.what for loss in draft.losses}


def test_a_single_choice_brings_its_texts_reasons_and_labels() -> None:
    draft = read(CHOICE.format(single="true", first="100", second="0", third="0"))

    assert draft.fields == {
        "stem": "How deep is the pleura at the fifth rib?",
        "type": "single_best",
        "options": [
            {"text": "2 cm", "why": "Measured.\n\nThink of the thinnest patient.", "correct": True},
            {"text": "5 cm"},
            {"text": "<1 cm"},
        ],
    }
    assert (draft.name, draft.title, draft.tags) == ("pleura-01", "Depth of the pleura", ("chest", "objective:2.2"))


def test_what_has_no_place_here_is_named_field_by_field() -> None:
    draft = read(CHOICE.format(single="true", first="100", second="33.33333", third="-10"))

    assert lost(draft) == {
        "stem": "bold",
        "options.1.weight": "worth 33.3333 % there, nothing here",
        "options.2.weight": "worth -10 % there, nothing here",
        "defaultgrade": "2.0000000",
        "hint": "Look at the ribs.",
    }


def test_several_right_options_make_a_multiple_response() -> None:
    draft = read(CHOICE.format(single="false", first="50", second="50", third="-100"))

    assert draft.fields["type"] == "multiple_response"
    assert [option.get("correct", False) for option in draft.fields["options"]] == [True, True, False]
    assert lost(draft)["options.2.weight"] == "takes 100 % away there"


def test_unshuffled_options_keep_their_places() -> None:
    draft = read(CHOICE.format(single="true", first="100", second="0", third="0").replace(
        "<shuffleanswers>true", "<shuffleanswers>0"))  # fmt: skip

    assert all(option["anchored"] for option in draft.fields["options"])


def test_true_and_false_are_told_apart_in_any_language() -> None:
    draft = read("""<question type="truefalse"><name><text>q</text></name>
        <questiontext><text>Nadeln sind steril.</text></questiontext>
        <answer fraction="0"><text>Wahr</text><feedback><text>Nein.</text></feedback></answer>
        <answer fraction="100"><text>Falsch</text></answer></question>""")

    assert draft.fields == {
        "stem": "Nadeln sind steril.", "type": "true_false", "answer": False, "why": {"true": "Nein."},
    }  # fmt: skip


def test_a_number_has_its_tolerance_unit_and_known_mistakes() -> None:
    draft = read("""<question type="numerical"><name><text>q</text></name>
        <questiontext format="plain_text"><text>How many mg?</text></questiontext>
        <answer fraction="100"><text>1 250,5</text><tolerance>0.5</tolerance><feedback><text>Right.</text></feedback></answer>
        <answer fraction="50"><text>1200</text><tolerance>100</tolerance></answer>
        <answer fraction="0"><text>12</text><tolerance>0</tolerance><feedback><text>Per kg.</text></feedback></answer>
        <answer fraction="0"><text>*</text><feedback><text>No.</text></feedback></answer>
        <units><unit><multiplier>1</multiplier><unit_name>mg</unit_name></unit>
               <unit><multiplier>0.001</multiplier><unit_name>g</unit_name></unit></units>
        <unitgradingtype>1</unitgradingtype></question>""")

    assert draft.fields == {
        "stem": "How many mg?", "type": "numeric", "answer": 1250.5, "tolerance": 0.5, "unit": "mg", "why": "Right.",
        "mistakes": [{"answer": 12.0, "why": "Per kg."}],
    }  # fmt: skip
    assert {"answers.0", "answers.3", "units", "unitpenalty"} <= set(lost(draft))


def test_a_category_covers_the_questions_behind_it() -> None:
    category = '<question type="category"><category><text>$course$/top/Chest</text></category><info><text>{}</text></info></question>'
    question = CHOICE.format(single="true", first="100", second="0", third="0")
    imported = read_moodle_xml(quiz(question, category.format("About ribs"), question), "quiz.xml")

    assert [draft.category for draft in imported.drafts] == ["", "$course$/top/Chest"]
    assert [problem.code for problem in imported.problems] == [Code.LOST]


@pytest.mark.parametrize("address", ["@@PLUGINFILE@@/a%20rib.png", "data:image/png;base64,"])
def test_a_picture_in_the_stem_comes_along(address: str) -> None:
    encoded = b64encode(PNG).decode()
    source = address + (encoded if address.startswith("data") else "")
    file = f'<file name="a rib.png" path="/" encoding="base64">{encoded}</file>'
    draft = read(CHOICE.format(single="true", first="100", second="0", third="0").replace(
        "</p>]]></text></questiontext>", f'<img src="{source}" alt="Ribs"></p>]]></text>{file}</questiontext>'))  # fmt: skip

    assert [picture.data for picture in draft.pictures] == [PNG]
    assert draft.fields["image"] == {"file": draft.pictures[0].name, "alt": "Ribs"}


def test_a_script_is_left_out_and_named() -> None:
    draft = read(CHOICE.format(single="true", first="100", second="0", third="0").replace(
        "How deep", '<script>steal()</script><a onclick="steal()">How</a> deep'))  # fmt: skip

    assert "steal" not in str(draft.fields)
    assert [problem.code for problem in draft.problems] == [Code.UNSAFE, Code.UNSAFE]


@pytest.mark.parametrize("kind", ["essay", "description", "stack", ""])
def test_a_question_without_a_counterpart_is_named_with_its_kind(kind: str) -> None:
    draft = read(
        f'<question type="{kind}"><name><text>q</text></name><questiontext><text>Say.</text></questiontext></question>'
    )

    assert draft.fields is None
    assert [(problem.code, problem.severity) for problem in draft.problems] == [(Code.NO_SUCH_TYPE, Severity.ERROR)]


def test_unescaped_markup_and_named_characters_are_read() -> None:
    draft = read(CHOICE.format(single="true", first="100", second="0", third="0").replace(
        "<![CDATA[<p>How deep is the pleura at the <b>fifth</b> rib?</p>]]>", "<p>How&nbsp;deep, R&D?</p>"))  # fmt: skip

    assert draft.fields["stem"] == "How deep, R&D?"


def test_a_question_of_ours_goes_out_with_its_picture() -> None:
    item = BY_TYPE["single_best"].model_validate(
        {"id": "rib", "type": "single_best", "objective": "1.1", "level": "recall", "stem": "Which?", "references": ["who"],
         "authors": ["Ida"], "image": ImageNote(file="question_banks/x/rib.png", alt='A "rib"'),
         "options": [{"text": "a < b", "why": "y", "correct": True}, {"text": "c", "why": "n"}]}
    )  # fmt: skip
    written = write_moodle_xml(batch(item, pictures={"question_banks/x/rib.png": PNG}))
    (draft,) = read_moodle_xml(written.data, "x.xml").drafts

    assert [picture.data for picture in draft.pictures] == [PNG]
    assert draft.fields["image"]["alt"] == 'A "rib"'
    assert [loss.field for loss in written.losses] == ["image.file"]


def asked(kind: str, text: str, more: str = "") -> str:
    return f'<question type="{kind}"><name><text>q</text></name><questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{more}</question>'


def test_a_cloze_text_of_choices_keeps_its_gaps_in_place() -> None:
    draft = read(asked("cloze", r"<p>Read.</p><p>The {1:MULTICHOICE:=lung#Yes~heart#No} is {1:MCS:%100%a \} b~c}.</p>"))

    assert draft.fields == {
        "stem": "Read.", "type": "cloze", "text": "The {{1}} is {{2}}.",
        "gaps": [
            {"options": [{"text": "lung", "why": "Yes", "correct": True}, {"text": "heart", "why": "No"}]},
            {"options": [{"text": "a } b", "correct": True}, {"text": "c"}]},
        ],
    }  # fmt: skip


def test_a_cloze_text_with_words_and_numbers_to_type_becomes_a_case() -> None:
    draft = read(asked("multianswer", "A {1:SHORTANSWER:=taut band~%50%band} of {2:NUMERICAL:=3.5:0.1} cm"))

    assert draft.fields["stem"] == "A (1) _____ of (2) _____ cm"
    assert [part["type"] for part in draft.fields["parts"]] == ["short_text", "numeric"]
    assert {"weights", "parts.0.mistakes"} <= set(lost(draft))


def test_words_to_type_keep_what_is_accepted_and_known_mistakes() -> None:
    more = """<usecase>1</usecase><answer fraction="100"><text>taut*</text></answer>
      <answer fraction="0"><text>knot</text><feedback><text>A layman's word.</text></feedback></answer>"""
    draft = read(asked("shortanswer", "What?", more))

    assert draft.fields == {
        "stem": "What?", "type": "short_text", "accepted": ["taut"], "plural": False,
        "mistakes": [{"text": "knot", "why": "A layman's word."}],
    }  # fmt: skip
    assert {"accepted"} == set(lost(draft))


def test_rows_share_options_and_an_empty_row_adds_one() -> None:
    row = '<subquestion format="html"><text>{}</text><answer><text>{}</text></answer></subquestion>'
    draft = read(asked("matching", "Match.", row.format("r1", "A") + row.format("r2", "A") + row.format("", "B")))

    assert draft.fields == {
        "stem": "Match.", "type": "matching", "once": False, "options": [{"text": "A"}, {"text": "B"}],
        "rows": [{"text": "r1", "answer": "a"}, {"text": "r2", "answer": "a"}],
    }  # fmt: skip


def test_steps_stand_in_the_order_of_their_places() -> None:
    more = "".join(f'<answer fraction="{n}"><text>{text}</text></answer>' for n, text in ((2, "b"), (1, "a"), (3, "c")))
    draft = read(asked("ordering", "Order.", more))

    assert [step["text"] for step in draft.fields["steps"]] == ["a", "b", "c"]


@pytest.mark.parametrize(("kind", "box"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_missing_words_are_chosen_from_their_group(kind: str, box: str) -> None:
    more = "".join(
        f"<{box}><text>{text}</text><group>{group}</group></{box}>"
        for text, group in (("x", 1), ("y", 1), ("z", 2), ("w", 2))
    )
    draft = read(asked(kind, "A [[2]] and [[3]].", more))

    assert draft.fields["text"] == "A {{1}} and {{2}}."
    assert [[option["text"] for option in gap["options"]] for gap in draft.fields["gaps"]] == [["x", "y"], ["z", "w"]]


def test_a_text_of_nothing_but_braces_is_answered_soon() -> None:
    draft = read(asked("cloze", "{1:MC:a~" * 60_000))

    assert draft.fields is None
    assert "braces" in draft.problems[0].message


def test_a_calculated_question_draws_its_values_anew() -> None:
    wild = "<dataset_definition><name><text>{}</text></name><minimum><text>1</text></minimum><maximum><text>9.5</text></maximum><decimals><text>1</text></decimals></dataset_definition>"
    more = f"""<answer fraction="100"><text>pow({{A}},2) * pi() / {{b}}</text><tolerance>0.01</tolerance><tolerancetype>2</tolerancetype></answer>
      <dataset_definitions>{wild.format("A")}{wild.format("b")}</dataset_definitions>"""
    (read_one,) = items_of(
        read_moodle_xml(quiz(asked("calculated", "Area of {A} by {b}?", more)), "q.xml"), "q.xml", Defaults()
    )

    assert read_one.problems[0].severity is not Severity.ERROR
    assert read_one.draft.fields["answer"] == "(a ** 2) * 3.141592653589793 / b"
    assert read_one.draft.fields["stem"] == "Area of {a} by {b}?"
    assert read_one.item is not None
    assert read_one.item.varies
