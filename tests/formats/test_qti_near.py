"""Interactions of QTI that come near to one of our kinds, and those that do not: each says what is to be known."""

import pytest

from tests.formats.test_packages import zipped
from tests.formats.test_qti import TEMPLATE, declared, item, one
from tests.formats.there_and_back import PNG
from training.formats.base import Code, Draft
from training.formats.qti import read_qti
from training.formats.qti_refused import REFUSED

MATCH = TEMPLATE.format("match_correct")
OBJECT = '<object data="b.png" type="image/png" width="200" height="100">The back.</object>'


def pairs(values: list[str], base: str = "pair") -> str:
    told = "".join(f"<value>{value}</value>" for value in values)
    return f'<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="{base}"><correctResponse>{told}</correctResponse></responseDeclaration>'


def pictured(response: str, body: str, processing: str = MATCH) -> Draft:
    (draft,) = read_qti(zipped(("item.xml", item(response, body, processing)), ("b.png", PNG)), "p.zip").drafts
    return draft


def losses(draft: Draft) -> dict[str, str]:
    return {loss.field: loss.what for loss in draft.losses}


def test_words_to_pick_in_a_text_are_its_options() -> None:
    body = """<hottextInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Which word is wrong?</prompt>
      <p>The <hottext identifier="A">needle</hottext> is <hottext identifier="B">long</hottext>, the other <hottext identifier="C">needle</hottext> not.</p>
      </hottextInteraction>"""
    draft = one(item(declared("B"), body, MATCH))

    assert draft.fields["type"] == "single_best"
    assert draft.fields["stem"] == (
        "Read this.\n\nWhich word is wrong?\n\nThe [needle (1)] is [long], the other [needle (2)] not."
    )
    assert [(each["text"], each.get("correct", False)) for each in draft.fields["options"]] == [
        ("needle (1)", False), ("long", True), ("needle (2)", False),
    ]  # fmt: skip


def test_a_question_inside_a_word_to_pick_makes_no_reader_fail() -> None:
    body = """<hottextInteraction responseIdentifier="RESPONSE"><p><hottext identifier="A">a1<associateInteraction
      responseIdentifier="RESPONSE"/></hottext> <hottext identifier="B">b1</hottext></p></hottextInteraction>"""
    drafts = read_qti(item(declared("B"), body, MATCH), "item.xml").drafts

    assert [draft.fields["type"] if draft.fields else draft.problems[-1].code for draft in drafts] == [
        "single_best", Code.NO_SUCH_TYPE,
    ]  # fmt: skip


def test_several_words_to_pick_are_a_multiple_response() -> None:
    body = """<hottextInteraction responseIdentifier="RESPONSE" maxChoices="0"><p><hottext identifier="A">a1</hottext>
      <hottext identifier="B">b1</hottext> <hottext identifier="C">c1</hottext></p></hottextInteraction>"""
    draft = one(item(declared("A C", cardinality="multiple"), body, MATCH))

    assert draft.fields["type"] == "multiple_response"
    assert [each.get("correct", False) for each in draft.fields["options"]] == [True, False, True]


def test_words_to_pair_become_rows_and_options() -> None:
    choices = "".join(
        f'<simpleAssociableChoice identifier="{n}" matchMax="1">{n.upper()}</simpleAssociableChoice>' for n in "pqrst"
    )
    body = f'<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2">{choices}</associateInteraction>'
    draft = one(item(pairs(["p s", "t q"]), body, MATCH))

    assert draft.fields["rows"] == [{"text": "P", "answer": "a"}, {"text": "T", "answer": "b"}]
    assert [each["text"] for each in draft.fields["options"]] == ["S", "Q", "R"]
    assert "any word could be paired" in losses(draft)["rows"]


def test_a_slider_is_a_number_to_enter() -> None:
    body = '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="90" step="5"><prompt>How steep?</prompt></sliderInteraction>'
    draft = one(item(declared("45", base="integer"), body, MATCH))

    assert (draft.fields["type"], draft.fields["answer"], draft.fields["tolerance"]) == ("numeric", 45.0, 0.0)
    assert draft.fields["stem"] == "Read this.\n\nHow steep?"
    assert losses(draft)["sliderInteraction"].startswith("the slider from 0 to 90 in steps of 5")


def test_a_long_answer_is_read_where_words_for_it_are_declared() -> None:
    body = '<extendedTextInteraction responseIdentifier="RESPONSE"/>'
    declared_words = one(item(declared("twitch", base="string"), body, MATCH))
    free = one(item('<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>', body, ""))

    assert declared_words.fields["accepted"] == ["twitch"]
    assert free.fields is None
    assert "a free answer that people mark" in free.problems[-1].message
    assert "short_text" in free.problems[-1].hint


GRAPHIC = f"""<graphicGapMatchInteraction responseIdentifier="RESPONSE">{OBJECT}
  <gapImg identifier="D1" matchMax="1"{{label}}><object data="l.png" type="image/png"/></gapImg>
  <gapText identifier="D2" matchMax="1">Soleus</gapText>
  <associableHotspot identifier="H1" shape="rect" coords="1,2,30,40" matchMax="1" hotspotLabel="Top left"/>
  <associableHotspot identifier="H2" shape="circle" coords="90,50,9" matchMax="1"/></graphicGapMatchInteraction>"""


def test_labels_to_drag_to_places_become_a_matching() -> None:
    draft = pictured(pairs(["D1 H1", "D2 H2"], "directedPair"), GRAPHIC.format(label=' objectLabel="Trapezius"'))

    assert draft.fields["rows"] == [
        {"text": "Top left", "answer": "a"},
        {"text": "Place 2: circle at 90,50,9", "answer": "b"},
    ]
    assert [each["text"] for each in draft.fields["options"]] == ["Trapezius", "Soleus"]
    assert draft.fields["image"]["alt"] == "The back."


def test_labels_without_words_are_refused_in_words() -> None:
    draft = pictured(pairs(["D1 H1", "D2 H2"], "directedPair"), GRAPHIC.format(label=""))

    assert draft.fields is None
    assert draft.problems[-1].message == "a label to drag is a picture without words"


def test_places_to_order_are_steps_where_they_have_labels() -> None:
    choices = "".join(
        f'<hotspotChoice identifier="{n}" shape="circle" coords="9,9,{size}" hotspotLabel="{n.upper()}"/>'
        for n, size in (("x", 1), ("y", 2), ("z", 3))
    )
    body = f'<graphicOrderInteraction responseIdentifier="RESPONSE">{OBJECT}{choices}</graphicOrderInteraction>'
    draft = pictured(declared("z x y", cardinality="ordered"), body)

    assert [step["text"] for step in draft.fields["steps"]] == ["Z", "X", "Y"]


def areas(*worths: float) -> str:
    entries = "".join(
        f'<areaMapEntry shape="circle" coords="{20 * n},20,9" mappedValue="{worth}"/>'
        for n, worth in enumerate(worths, 1)
    )
    return f'<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="point"><areaMapping defaultValue="0">{entries}</areaMapping></responseDeclaration>'


POINT = f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1">{OBJECT}</selectPointInteraction>'


def test_a_point_to_set_is_a_hotspot_where_some_areas_are_worth_nothing() -> None:
    draft = pictured(areas(1, 0), POINT, TEMPLATE.format("map_response_point"))

    assert draft.fields["type"] == "hotspot"
    assert [each.get("correct", False) for each in draft.fields["regions"]] == [True, False]


def test_a_point_with_only_right_areas_is_refused_in_words() -> None:
    draft = pictured(areas(1), POINT, TEMPLATE.format("map_response_point"))

    assert draft.fields is None
    assert draft.problems[-1].hint == "write a hotspot, with places that are wrong"


@pytest.mark.parametrize("name", [*REFUSED, "inventedInteraction"])
def test_an_interaction_without_an_item_type_is_named_with_what_to_do(name: str) -> None:
    draft = one(item(declared("A"), f'<{name} responseIdentifier="RESPONSE"/>', MATCH))

    assert draft.fields is None
    assert draft.problems[-1].code == Code.NO_SUCH_TYPE
    assert name in draft.problems[-1].message
    assert draft.problems[-1].hint == REFUSED.get(name, "write it anew")


def test_pictures_to_drag_into_a_text_are_read_by_their_labels() -> None:
    body = """<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false">
      <gapImg identifier="A" matchMax="1" objectLabel="up"><object data="u.png" type="image/png"/></gapImg>
      <gapText identifier="B" matchMax="1">down</gapText><p>Go <gap identifier="G1"/>.</p></gapMatchInteraction>"""
    draft = one(item(pairs(["A G1"], "directedPair"), body, MATCH))

    assert [each["text"] for each in draft.fields["gaps"][0]["options"]] == ["up", "down"]
    assert "the picture of 'up'" in losses(draft)["gaps.options"]
