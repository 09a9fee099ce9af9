"""Habits of QTI as other systems write it, met when the readers were tried on their files."""

import pytest

from tests.formats.test_qti_old import canvas, equal, feedback, given, listed, one, scored, shown
from training.formats.qti import read_qti

STEM = b"Which &lt;em&gt;one&lt;/em&gt;?"


def test_canvas_accepts_every_phrase_of_a_blank_though_its_rule_names_the_first() -> None:
    blanks = listed("x", "x", "lung", "lungs") + listed("y", "y", "pleura")
    data = canvas("fill_in_multiple_blanks_question", blanks, given("x", "x0") + given("y", "y0"))

    draft = one(data.replace(STEM, b"The [x] in its [y]."))
    assert [part["accepted"] for part in draft.fields["parts"]] == [["lung", "lungs"], ["pleura"]]


def test_blanks_of_new_quizzes_are_found_by_their_id_and_offered_ones_become_gaps() -> None:
    blanks = "".join(listed(name, prompt, *texts) for name, prompt, *texts in (
        ("7f3a-01", "flat", "flat", "steep"), ("7f3a-02", "slowly", "quickly", "slowly"),
    )).replace("<response_label ", '<response_label answer_type="dropdown" ')  # fmt: skip
    rules = given("7f3a-01", "7f3a-010") + given("7f3a-02", "7f3a-021")
    data = canvas("fill_in_multiple_blanks_question", blanks, rules)

    draft = one(data.replace(STEM, b"Go in [7f3a-01] and [7f3a-02]."))
    assert (draft.fields["type"], draft.fields["text"]) == ("cloze", "Go in {{1}} and {{2}}.")
    assert [next(each["text"] for each in gap["options"] if each.get("correct")) for gap in draft.fields["gaps"]] == [
        "flat", "slowly",
    ]  # fmt: skip


def test_a_blank_that_is_marked_by_a_pattern_is_refused() -> None:
    blanks = listed("x", "x", "^lungs?$").replace("<response_label ", '<response_label scoring_algorithm="TextRegex" ')
    data = canvas("fill_in_multiple_blanks_question", blanks, given("x", "x0")).replace(STEM, b"The [x].")

    assert one(data).fields is None
    assert "blank 1 is marked by a pattern" in [problem.message for problem in one(data).problems]


def test_things_to_sort_into_categories_become_rows() -> None:
    labels = "".join(f'<response_label ident="t{n}"><material><mattext>{text}</mattext></material></response_label>'
                     for n, text in enumerate(("Soleus", "Tibia", "Lung")))  # fmt: skip
    sets = "".join(
        f'<response_lid ident="response_{name}" rcardinality="Multiple"><material><mattext>{text}</mattext></material>'
        f"<render_choice>{labels}</render_choice></response_lid>"
        for name, text in (("m", "Muscle"), ("b", "Bone"))
    )
    data = canvas("categorization_question", sets, given("m", "t0") + given("b", "t1"))

    draft = one(data)
    assert draft.fields["rows"] == [{"text": "Soleus", "answer": "a"}, {"text": "Tibia", "answer": "b"}]
    assert ("rows", "'Lung' belongs to no category") in [(loss.field, loss.what) for loss in draft.losses]


def test_a_formula_question_of_canvas_becomes_a_parameterised_one() -> None:
    formula = (
        "<itemproc_extension><calculated><answer_tolerance>1%</answer_tolerance>"
        '<formulas decimal_places="1"><formula>area = w*h</formula><formula>ln(area) + Depth</formula></formulas>'
        '<vars><var name="w" scale="0"><min>1</min><max>9</max></var><var name="h" scale="1"><min>2</min><max>4</max></var>'
        '<var name="Depth" scale="0"><min>1</min><max>5</max></var></vars></calculated></itemproc_extension>'
    )
    entry = '<response_str ident="response1"><render_fib fibtype="Decimal"/></response_str>'
    data = canvas("calculated_question", entry, scored("<other/>"), formula).replace(STEM, b"[w] by [h], [Depth] deep?")

    fields = one(data).fields
    assert fields["stem"] == "{w} by {h}, {depth} deep?"
    assert fields["answer"] == "round(log((w*h)) + depth, 1)"
    assert fields["variables"][1] == {"name": "h", "from": "2", "to": "4", "step": "0.1"}
    assert fields["tolerance"] == "abs(0.01 * (round(log((w*h)) + depth, 1)))"


def test_words_to_type_inside_a_text_become_a_case() -> None:
    def gap(name: str) -> str:
        return f'<response_str ident="{name}"><render_fib><response_label ident="a"/></render_fib></response_str>'

    def right(name: str, word: str) -> str:
        return f'<varequal respident="{name}" case="Yes">{word}</varequal>'

    text = "<material><mattext>{}</mattext></material>"
    asked_ = text.format("The ") + gap("p") + text.format(" lies on the ") + gap("q")
    draft = one(canvas("", asked_, scored(right("p", "pleura") + right("q", "lung"))).replace(STEM, b""))

    assert draft.fields["stem"] == "The (1) _____ lies on the (2) _____"
    assert [part["accepted"] for part in draft.fields["parts"]] == [["pleura"], ["lung"]]
    assert "parts.0.accepted" in [loss.field for loss in draft.losses]


def test_a_row_to_match_without_words_is_left_out_and_what_is_said_of_a_wrong_match_stays() -> None:
    rows = listed("1", "r1", "A", "B", "") + listed("2", "r2", "A", "B", "") + listed("3", "", "A", "B", "")
    told = (
        '<respcondition continue="Yes"><conditionvar><not><varequal respident="response_1">11</varequal></not></conditionvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="1_fb"/></respcondition>'
    )
    said = '<itemfeedback ident="1_fb"><flow_mat><material><mattext>Feel again.</mattext></material></flow_mat></itemfeedback>'
    rules = given("1", "11") + told + given("2", "20") + given("3", "32")
    draft = one(canvas("matching_question", rows, rules, said))

    assert draft.fields["rows"] == [
        {"text": "r1", "answer": "b", "why": "Feel again."},
        {"text": "r2", "answer": "a"},
    ]
    assert [option["text"] for option in draft.fields["options"]] == ["A", "B"]
    assert ("rows.2", "a row without words") in [(loss.field, loss.what) for loss in draft.losses]


def test_blanks_in_the_text_of_a_composite_item_are_one_part_and_its_choice_another() -> None:
    def declared(name: str, base: str, value: str) -> str:
        return f'<responseDeclaration identifier="{name}" cardinality="single" baseType="{base}"><correctResponse><value>{value}</value></correctResponse></responseDeclaration>'

    data = f"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t" adaptive="false" timeDependent="false">
      {declared("R1", "identifier", "A")}{declared("R2", "identifier", "L")}{declared("R3", "string", "pleura")}
      <itemBody><choiceInteraction responseIdentifier="R1" shuffle="true" maxChoices="1"><prompt>Which side?</prompt>
        <simpleChoice identifier="A">Left</simpleChoice><simpleChoice identifier="B">Right</simpleChoice></choiceInteraction>
        <p>The <inlineChoiceInteraction responseIdentifier="R2"><inlineChoice identifier="L">lung</inlineChoice>
        <inlineChoice identifier="H">heart</inlineChoice></inlineChoiceInteraction> lies under the <textEntryInteraction responseIdentifier="R3"/>.</p></itemBody>
      <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"""
    choice, blanks = read_qti(data.encode(), "item.xml").drafts

    assert choice.fields["type"] == "single_best"
    assert blanks.fields["stem"] == "The (1) _____ lies under the (2) _____."
    assert [part["type"] for part in blanks.fields["parts"]] == ["single_best", "short_text"]
    assert blanks.fields["parts"][1]["accepted"] == ["pleura"]


@pytest.mark.parametrize("outcome", ["SCORE", "SCORE1", "FIBSCORE"])
def test_a_key_that_only_the_rules_name_counts_whatever_their_outcome_is_called(outcome: str) -> None:
    tests = "".join(
        f'<member><baseValue baseType="identifier">{name}</baseValue><variable identifier="R"/></member>'
        for name in "AC"
    )
    wrong = '<not><member><baseValue baseType="identifier">B</baseValue><variable identifier="R"/></member></not>'
    choices = "".join(f'<simpleChoice identifier="{name}">{name}</simpleChoice>' for name in "ABC")
    data = f"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t" adaptive="false" timeDependent="false">
      <responseDeclaration identifier="R" cardinality="multiple" baseType="identifier"/>
      <outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>
      <outcomeDeclaration identifier="{outcome}" cardinality="single" baseType="integer"/>
      <itemBody><choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="0"><prompt>Which?</prompt>{choices}</choiceInteraction></itemBody>
      <responseProcessing><responseCondition><responseIf><and>{tests}{wrong}</and><setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">OK</baseValue></setOutcomeValue>
        <setOutcomeValue identifier="{outcome}"><sum><variable identifier="{outcome}"/><baseValue baseType="integer">2</baseValue></sum></setOutcomeValue>
      </responseIf></responseCondition></responseProcessing></assessmentItem>"""
    (draft,) = read_qti(data.encode(), "item.xml").drafts

    assert [(option["text"], option.get("correct", False)) for option in draft.fields["options"]] == [
        ("A", True),
        ("B", False),
        ("C", True),
    ]


def test_phrases_that_canvas_names_side_by_side_are_alternatives() -> None:
    asked_ = '<response_str ident="response1" rcardinality="Single"><render_fib><response_label ident="a"/></render_fib></response_str>'
    rule = scored(equal("taut band") + equal("band")).replace(
        "</respcondition>", '<displayfeedback feedbacktype="Response" linkrefid="correct_fb"/></respcondition>'
    )
    said = feedback("correct_fb", "Felt.") + feedback("general_incorrect_fb", "Feel again.")
    rules = rule + shown("<other/>", "general_incorrect_fb")
    draft = one(canvas("short_answer_question", asked_, rules, said))

    assert (draft.fields["accepted"], draft.fields["why"]) == (["taut band", "band"], "Felt.")
    assert [loss.field for loss in draft.losses if "Feel again." in loss.what] == ["feedback.general_incorrect_fb"]


def test_a_question_that_stands_in_text_and_prompt_is_asked_once() -> None:
    choices = "".join(f'<simpleChoice identifier="{name}">{name}</simpleChoice>' for name in "AB")
    data = f"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t" adaptive="false" timeDependent="false">
      <responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
      <itemBody><p>Which?</p><choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="1"><prompt>Which?</prompt>{choices}</choiceInteraction></itemBody>
      <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"""

    assert read_qti(data.encode(), "item.xml").drafts[0].fields["stem"] == "Which?"
