"""Interactions of QTI 2 with several parts: orders, matches, gaps, words and places."""

from tests.formats.test_packages import zipped
from tests.formats.test_qti import TEMPLATE, declared, item, one
from tests.formats.there_and_back import PNG
from training.formats.qti import read_qti


def test_an_order_is_read_as_steps() -> None:
    choices = "".join(f'<simpleChoice identifier="{name}">{name.upper()}</simpleChoice>' for name in "abc")
    body = f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true">{choices}</orderInteraction>'
    draft = one(item(declared("b c a", cardinality="ordered"), body, TEMPLATE.format("match_correct")))

    assert draft.fields["type"] == "ordering"
    assert [step["text"] for step in draft.fields["steps"]] == ["B", "C", "A"]


def test_pairs_are_read_as_rows_whichever_set_they_stand_in() -> None:
    sets = "".join(
        "<simpleMatchSet>" + "".join(f'<simpleAssociableChoice identifier="{n}" matchMax="1">{n}</simpleAssociableChoice>' for n in names) + "</simpleMatchSet>"
        for names in (("X", "Y", "Z"), ("r", "s"))
    )  # fmt: skip
    values = "<value>X r</value><value>Z s</value>"
    response = f'<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair"><correctResponse>{values}</correctResponse></responseDeclaration>'
    body = (
        f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="2">{sets}</matchInteraction>'
    )
    draft = one(item(response, body, TEMPLATE.format("match_correct")))

    assert draft.fields["rows"] == [{"text": "r", "answer": "a"}, {"text": "s", "answer": "c"}]
    assert [option["text"] for option in draft.fields["options"]] == ["X", "Y", "Z"]


def test_inline_choices_are_gaps_in_their_text() -> None:
    def gap(name: str) -> str:
        return f'<inlineChoiceInteraction responseIdentifier="{name}" shuffle="true"><inlineChoice identifier="u">up</inlineChoice><inlineChoice identifier="d">down</inlineChoice></inlineChoiceInteraction>'

    body = f"<p>Go {gap('R1')}, then {gap('R2')}.</p>"
    responses = declared("u").replace("RESPONSE", "R1") + declared("d").replace("RESPONSE", "R2")
    draft = one(item(responses, body, TEMPLATE.format("match_correct")))

    assert (draft.fields["stem"], draft.fields["text"]) == ("Read this.", "Go {{1}}, then {{2}}.")
    assert [[option.get("correct", False) for option in gap["options"]] for gap in draft.fields["gaps"]] == [
        [True, False],
        [False, True],
    ]


def test_words_to_type_keep_all_that_the_mapping_accepts() -> None:
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1" caseSensitive="true"/><mapEntry mapKey="york" mappedValue="0.5"/></mapping>'
    body = '<p>Now is the winter, son of <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>'
    draft = one(item(declared("York", base="string", mapping=mapping), body, TEMPLATE.format("map_response")))

    assert draft.fields["type"] == "short_text"
    assert draft.fields["accepted"] == ["York"]
    assert [loss.what for loss in draft.losses] == ["'york' earned 50 % there, nothing here"]


def test_words_dragged_into_a_text_are_gaps() -> None:
    body = """<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false"><prompt>Fill in.</prompt>
      <gapText identifier="W" matchMax="1">winter</gapText><gapText identifier="S" matchMax="1">summer</gapText>
      <p>The <gap identifier="G1"/> and the <gap identifier="G2"/>.</p></gapMatchInteraction>"""
    values = "<value>W G1</value><value>S G2</value>"
    response = f'<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair"><correctResponse>{values}</correctResponse></responseDeclaration>'
    draft = one(item(response, body, TEMPLATE.format("match_correct")))

    assert draft.fields["text"] == "The {{1}} and the {{2}}."
    assert len(draft.fields["gaps"]) == 2


def test_places_in_a_picture_are_regions() -> None:
    choices = '<hotspotChoice identifier="A" shape="circle" coords="77,115,8"/><hotspotChoice identifier="B" shape="rect" coords="1,2,30,40" hotspotLabel="Left"/>'
    body = f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Point.</prompt><object type="image/png" width="206" height="280" data="images/uk.png">A map</object>{choices}</hotspotInteraction>'
    package = zipped(("i.xml", item(declared("A"), body, TEMPLATE.format("match_correct"))), ("images/uk.png", PNG))
    (draft,) = read_qti(package, "p.zip").drafts

    assert draft.fields["regions"] == [
        {"text": "Place 1", "circle": "77 115 8", "correct": True},
        {"text": "Left", "rectangle": "1 2 30 40"},
    ]
    assert draft.fields["image"] == {"file": draft.pictures[0].name, "alt": "A map", "width": 206.0, "height": 280.0}
