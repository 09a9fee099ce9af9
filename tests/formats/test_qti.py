"""QTI 2 and 3 as other systems write it: templates, mappings, rules, feedback, packages, tests and passages."""

import pytest

from tests.formats.test_packages import zipped
from tests.formats.there_and_back import PNG
from training.formats.base import Code, Draft
from training.formats.qti import read_qti

SPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"'
TEMPLATE = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/{}"/>'
CHOICE = """<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}"><prompt>Which?</prompt>
  <simpleChoice identifier="A">One<feedbackInline outcomeIdentifier="FEEDBACK" identifier="A" showHide="show">Yes.</feedbackInline></simpleChoice>
  <simpleChoice identifier="B">Two</simpleChoice><simpleChoice identifier="C" fixed="true">None</simpleChoice></choiceInteraction>"""


def item(declaration: str, body: str, processing: str, more: str = "", name: str = "i1") -> bytes:
    return f"""<assessmentItem {SPACE} identifier="{name}" title="A question" adaptive="false" timeDependent="false">
      {declaration}<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
      <itemBody><p>Read this.</p>{body}</itemBody>{processing}{more}</assessmentItem>""".encode()


def declared(values: str, *, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    correct = "".join(f"<value>{value}</value>" for value in values.split())
    return f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}"><correctResponse>{correct}</correctResponse>{mapping}</responseDeclaration>'


def one(data: bytes) -> Draft:
    imported = read_qti(data, "item.xml")
    assert imported.problems == ()
    (draft,) = imported.drafts
    return draft


def test_a_choice_is_read_with_prompt_inline_feedback_and_fixed_places() -> None:
    draft = one(item(declared("A"), CHOICE.format(most=1), TEMPLATE.format("match_correct")))

    assert draft.fields == {
        "stem": "Read this.\n\nWhich?", "type": "single_best",
        "options": [{"text": "One", "why": "Yes.", "correct": True}, {"text": "Two"}, {"text": "None", "anchored": True}],
    }  # fmt: skip


def test_weights_of_a_mapping_count_where_the_template_maps() -> None:
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="0.5"/><mapEntry mapKey="C" mappedValue="-1"/></mapping>'
    data = item(
        declared("A B", cardinality="multiple", mapping=mapping), CHOICE.format(most=0), TEMPLATE.format("map_response")
    )
    draft = one(data)

    assert draft.fields["type"] == "multiple_response"
    assert [option.get("correct", False) for option in draft.fields["options"]] == [True, True, False]
    assert {"options.2.weight", "options.weight"} <= {loss.field for loss in draft.losses}


def test_simple_rules_of_its_own_say_what_an_option_is_worth() -> None:
    rules = """<responseProcessing><responseCondition>
      <responseIf><match><variable identifier="RESPONSE"/><baseValue baseType="identifier">B</baseValue></match>
        <setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue></setOutcomeValue></responseIf>
      <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>
      </responseCondition></responseProcessing>"""
    plain = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"/>'
    draft = one(item(plain, CHOICE.format(most=1), rules))

    assert [option.get("correct", False) for option in draft.fields["options"]] == [False, True, False]


def test_modal_feedback_reaches_the_answers_its_rules_name() -> None:
    rules = """<responseProcessing><responseCondition>
      <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
        <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
        <setOutcomeValue identifier="FB"><baseValue baseType="identifier">f1</baseValue></setOutcomeValue></responseIf>
      <responseElse><setOutcomeValue identifier="FB"><baseValue baseType="identifier">f2</baseValue></setOutcomeValue></responseElse>
      </responseCondition></responseProcessing>"""
    more = "".join(
        f'<modalFeedback outcomeIdentifier="FB" showHide="show" identifier="f{n}">{text}</modalFeedback>'
        for n, text in ((1, "Well."), (2, "No."))
    )
    draft = one(item(declared("B"), CHOICE.format(most=1), rules, more))

    assert [option.get("why") for option in draft.fields["options"]] == ["Yes.", "Well.", "No."]


@pytest.mark.parametrize(
    ("mode", "tolerance", "expected"), [("absolute", "0.5", 0.5), ("relative", "10 10", 4.0), ("exact", "", 0.0)]
)
def test_a_number_has_the_tolerance_of_its_rule(mode: str, tolerance: str, expected: float) -> None:
    near = f'tolerance="{tolerance}"' if tolerance else ""
    rules = f"""<responseProcessing><responseCondition><responseIf><equal toleranceMode="{mode}" {near}>
      <variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">
      <baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
    body = '<p>How deep? <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="5"/></p>'
    draft = one(item(declared("40", base="float"), body, rules))

    assert (draft.fields["type"], draft.fields["answer"], draft.fields["tolerance"]) == ("numeric", 40.0, expected)


def test_version_3_says_the_same_with_other_names() -> None:
    draft = one(b"""<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i3" title="Three" time-dependent="false">
      <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
        <qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>
      <qti-item-body><p>Which?</p><qti-choice-interaction response-identifier="RESPONSE" max-choices="1" data-x="1">
        <qti-simple-choice identifier="a">One</qti-simple-choice><qti-simple-choice identifier="b">Two</qti-simple-choice>
      </qti-choice-interaction></qti-item-body>
      <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
    </qti-assessment-item>""")

    assert draft.fields["type"] == "single_best"
    assert [option.get("correct", False) for option in draft.fields["options"]] == [False, True]


def test_an_item_with_several_questions_gives_each_a_draft() -> None:
    second = CHOICE.format(most=1).replace("RESPONSE", "R2").replace("Which?", "And now?")
    declarations = declared("A") + declared("B").replace("RESPONSE", "R2")
    drafts = read_qti(
        item(declarations, CHOICE.format(most=1) + second, TEMPLATE.format("match_correct")), "i.xml"
    ).drafts

    assert [draft.fields["stem"] for draft in drafts] == ["Read this.\n\nWhich?", "Read this.\n\nAnd now?"]
    assert [draft.name for draft in drafts] == ["i1-1", "i1-2"]


MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/><resources>
  <resource identifier="r1" type="imsqti_item_xmlv2p2" href="items/one.xml"><metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM">
    <general><keyword><string language="en">chest</string></keyword></general></lom></metadata><file href="items/one.xml"/></resource>
  <resource identifier="r2" type="imsqti_item_xmlv2p2" href="items/two.xml"><file href="items/two.xml"/></resource></resources></manifest>"""
TEST = f"""<assessmentTest {SPACE} identifier="t" title="The test"><testPart identifier="p" navigationMode="linear" submissionMode="individual">
  <assessmentSection identifier="s" title="Anatomy" visible="true"><assessmentItemRef identifier="b" href="items/two.xml"/>
  <assessmentItemRef identifier="a" href="items/one.xml"/><assessmentItemRef identifier="c" href="items/gone.xml"/></assessmentSection></testPart></assessmentTest>"""


def test_a_package_is_read_in_the_order_of_its_test_with_keywords_and_pictures() -> None:
    picture = '<p><img src="../img/rib%201.png" alt="A rib"/></p>'
    package = zipped(
        ("imsmanifest.xml", MANIFEST.encode()), ("test.xml", TEST.encode()), ("img/rib 1.png", PNG),
        ("items/one.xml", item(declared("A"), picture + CHOICE.format(most=1), TEMPLATE.format("match_correct"), name="one")),
        ("items/two.xml", item(declared("B"), CHOICE.format(most=1), TEMPLATE.format("match_correct"), name="two")),
        ("items/bad.xml", b"<assessmentItem"),
    )  # fmt: skip
    imported = read_qti(package, "p.zip")

    assert [(draft.name, draft.category, draft.tags) for draft in imported.drafts] == [
        ("two", "Anatomy", ()), ("one", "Anatomy", ("chest",)),
    ]  # fmt: skip
    assert [picture.data for picture in imported.drafts[1].pictures] == [PNG]
    assert {problem.code for problem in imported.problems} == {Code.UNREADABLE, Code.MALFORMED}
    assert imported.title == "The test"


def test_a_package_that_leads_out_of_itself_is_refused() -> None:
    imported = read_qti(zipped(("../imsmanifest.xml", MANIFEST.encode())), "p.zip")

    assert [problem.code for problem in imported.problems] == [Code.UNREADABLE]
