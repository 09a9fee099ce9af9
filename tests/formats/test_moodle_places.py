"""Moodle's questions on a picture and its calculated choices: what they become here, and what is said of the rest."""

from base64 import b64encode

import pytest

from tests.formats.test_moodle_xml import lost, quiz, read
from tests.formats.test_papers import PNG
from training.core.items import BY_TYPE
from training.formats.drafting import Defaults, items_of
from training.formats.moodle_xml import read_moodle_xml
from training.formats.picture_size import size_of

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100"/></svg>'
FILE = f'<file name="back.svg" path="/" encoding="base64">{b64encode(DRAWING).decode()}</file>'


def placed(kind: str, inside: str, picture: str = FILE) -> str:
    return f"""<question type="{kind}"><name><text>Back</text></name>
      <questiontext format="html"><text>Where is each?</text></questiontext>
      <generalfeedback format="html"><text>Count the ribs.</text></generalfeedback>{picture}{inside}</question>"""


def drag(number: int, text: str, more: str = "<draggroup>1</draggroup>") -> str:
    return f"<drag><no>{number}</no><text>{text}</text>{more}</drag>"


def drop(choice: int, text: str = "", at: str = "10,20") -> str:
    left, top = at.split(",")
    return f"<drop><text>{text}</text><no>1</no><choice>{choice}</choice><xleft>{left}</xleft><ytop>{top}</ytop></drop>"


def zone(choice: int, shape: str, coordinates: str) -> str:
    return f"<drop><no>1</no><shape>{shape}</shape><coords>{coordinates}</coords><choice>{choice}</choice></drop>"


def test_labels_to_drag_onto_a_picture_become_a_matching_of_its_places() -> None:
    inside = drag(1, "Trapezius") + drag(2, "Soleus") + drag(3, "Masseter") + drop(2, "The calf") + drop(1, at="40,7")
    draft = read(placed("ddimageortext", inside))

    assert draft.fields["type"] == "matching"
    assert draft.fields["rows"] == [
        {"text": "The calf", "answer": "b", "why": "Count the ribs."},
        {"text": "Place 2: 40 pixels from the left and 7 from the top", "answer": "a"},
    ]
    assert [option["text"] for option in draft.fields["options"]] == ["Trapezius", "Soleus", "Masseter"]
    assert draft.fields["image"]["file"] == draft.pictures[0].name
    assert {"rows.0", "rows.1"} <= set(lost(draft))


def test_a_label_that_is_a_picture_is_refused_in_words() -> None:
    imported = read_moodle_xml(quiz(placed("ddimageortext", drag(1, "") + drag(2, "b") + drop(1) + drop(2))), "q")

    assert [draft.fields for draft in imported.drafts] == [None]
    assert imported.drafts[0].problems[-1].hint == "give each label in words; a matching has words"


def test_markers_to_put_on_a_picture_become_a_case_of_hotspots_that_can_be_an_item() -> None:
    zones = zone(1, "circle", "50,40;10") + zone(2, "rectangle", "100,10;20,30") + zone(2, "polygon", "1,1;9,1;5,9")
    imported = read_moodle_xml(
        quiz(placed("ddmarker", drag(1, "Heart") + drag(2, "Lung") + drag(3, "Liver") + zones)), "q"
    )
    (made,) = items_of(imported, "q", Defaults())

    assert made.item is not None, made.problems
    assert made.item.type == "case"
    first, second = made.item.parts  # type: ignore[attr-defined]
    assert (first.stem, second.stem) == ("Where does this belong: Heart?", "Where does this belong: Lung?")
    assert [region.correct for region in first.regions] == [True, False, False]
    assert [region.correct for region in second.regions] == [False, True, True]
    assert second.regions[1].rectangle == "100 10 120 40"
    assert (first.image.width, first.image.height) == (200, 100)
    assert "'Liver', which belongs nowhere" in {loss.what for loss in made.losses}


@pytest.mark.parametrize(
    ("inside", "picture", "said"),
    [
        (drag(1, "Heart") + zone(1, "circle", "5,5;2"), FILE, "every place on the picture is right"),
        (drag(1, "Heart") + zone(1, "blob", "5,5;2"), FILE, "no marker belongs to a place"),
        (drag(1, "Heart") + zone(1, "circle", "5,x;2"), FILE, "no marker belongs to a place"),
        (drag(1, "Heart") + zone(1, "circle", "5,5;2"), "", "its picture is not in the file"),
    ],
)
def test_markers_that_cannot_be_asked_here_are_refused_in_words(inside: str, picture: str, said: str) -> None:
    (draft,) = read_moodle_xml(quiz(placed("ddmarker", inside, picture)), "q").drafts

    assert draft.fields is None
    assert said in draft.problems[-1].message


def test_a_calculated_choice_keeps_the_numbers_of_one_draw_and_says_so() -> None:
    definitions = "".join(
        f"<dataset_definition><name><text>{name}</text></name><dataset_items><dataset_item><number>1</number><value>{value}</value>"
        "</dataset_item></dataset_items></dataset_definition>"
        for name, value in (("a", "4"), ("b", "2.5"))
    )
    more = (
        "<single>true</single>"
        '<answer fraction="100"><text>{={a}*{b}} mm</text><correctanswerformat>1</correctanswerformat>'
        "<correctanswerlength>2</correctanswerlength><feedback><text>{a} times {b}.</text></feedback></answer>"
        '<answer fraction="0"><text>{={a}+{b}} mm</text><correctanswerformat>2</correctanswerformat>'
        "<correctanswerlength>3</correctanswerlength></answer>"
        f"<dataset_definitions>{definitions}</dataset_definitions>"
    )
    question = f"""<question type="calculatedmulti"><name><text>n</text></name><questiontext format="html">
      <text>How long are {{a}} needles of {{b}} mm in a row?</text></questiontext>{more}</question>"""
    draft = read(question)

    assert draft.fields["stem"] == "How long are 4 needles of 2.5 mm in a row?"
    assert draft.fields["options"] == [
        {"text": "10.00 mm", "why": "4 times 2.5.", "correct": True},
        {"text": "6.5 mm"},
    ]
    assert lost(draft)["variables"] == "the values of one draw are kept (a = 4, b = 2.5); there each learner has others"


@pytest.mark.parametrize(
    ("formula", "values", "said"),
    [("{={a}/0}", "<value>4</value>", "cannot be worked out"), ("{={a}}", "", "its random values are not in the file")],
)
def test_a_calculated_choice_without_numbers_is_refused_in_words(formula: str, values: str, said: str) -> None:
    question = f"""<question type="calculatedmulti"><name><text>n</text></name><questiontext><text>What?</text></questiontext>
      <answer fraction="100"><text>{formula}</text></answer><answer fraction="0"><text>1</text></answer><dataset_definitions>
      <dataset_definition><name><text>a</text></name><dataset_items><dataset_item>{values}</dataset_item></dataset_items>
      </dataset_definition></dataset_definitions></question>"""
    (draft,) = read_moodle_xml(quiz(question), "q").drafts

    assert draft.fields is None
    assert said in draft.problems[-1].message


def test_a_simple_calculated_question_is_read_as_any_calculated_one() -> None:
    question = """<question type="calculatedsimple"><name><text>n</text></name><questiontext><text>Twice {x}?</text></questiontext>
      <answer fraction="100"><text>2*{x}</text><tolerance>0.1</tolerance><tolerancetype>2</tolerancetype></answer><dataset_definitions>
      <dataset_definition><name><text>x</text></name><minimum><text>1</text></minimum><maximum><text>9</text></maximum>
      <decimals><text>0</text></decimals></dataset_definition></dataset_definitions></question>"""
    (made,) = items_of(read_moodle_xml(quiz(question), "q"), "q", Defaults())

    assert isinstance(made.item, BY_TYPE["parameterised"])
    assert (made.item.answer, made.item.tolerance) == ("2*x", "0.1")


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (1, 1)),
        (b"GIF89a\x03\x00\x02\x00", (3, 2)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x0b\x08\x00\x02\x00\x05\x01", (5, 2)),
        (DRAWING, (200, 100)),
        (b'<svg viewBox="0 0 30.5 20" width="100%"/>', (30.5, 20)),
        (b"<svg/>", None),
        (b"\xff\xd8\xff\xe0\xff\xff", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_first_bytes(data: bytes, size: tuple[float, float] | None) -> None:
    assert size_of(data) == size
