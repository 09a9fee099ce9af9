"""QTI 1.2 as Canvas exports it and as plain IMS: the item's own rules say what answers are worth."""

import pytest

from training.formats.base import Code, Draft
from training.formats.qti import read_qti, version

HEAD = '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Quiz"><section ident="root_section">'
TAIL = "</section></assessment></questestinterop>"


def canvas(kind: str, presentation: str, processing: str, more: str = "", points: str = "1.0") -> bytes:
    return f"""{HEAD}<item ident="i1" title="Question"><itemmetadata><qtimetadata>
      <qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>
      <qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>{points}</fieldentry></qtimetadatafield>
    </qtimetadata></itemmetadata>
    <presentation><material><mattext texttype="text/html">&lt;p&gt;Which &lt;em&gt;one&lt;/em&gt;?&lt;/p&gt;</mattext></material>{presentation}</presentation>
    <resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>{processing}</resprocessing>{more}</item>{TAIL}""".encode()


def choices(cardinality: str, *texts: str) -> str:
    labels = "".join(
        f'<response_label ident="{place}00"><material><mattext texttype="text/plain">{text}</mattext></material></response_label>'
        for place, text in enumerate(texts, 1)
    )
    return f'<response_lid ident="response1" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'


def scored(condition: str, *, action: str = "Set", points: str = "100") -> str:
    return f'<respcondition continue="No"><conditionvar>{condition}</conditionvar><setvar action="{action}" varname="SCORE">{points}</setvar></respcondition>'


def shown(condition: str, feedback: str) -> str:
    return f'<respcondition continue="Yes"><conditionvar>{condition}</conditionvar><displayfeedback feedbacktype="Response" linkrefid="{feedback}"/></respcondition>'


def feedback(name: str, text: str) -> str:
    return f'<itemfeedback ident="{name}"><flow_mat><material><mattext texttype="text/plain">{text}</mattext></material></flow_mat></itemfeedback>'


def equal(value: str) -> str:
    return f'<varequal respident="response1">{value}</varequal>'


def one(data: bytes) -> Draft:
    imported = read_qti(data, "quiz.xml")
    assert imported.problems == ()
    (draft,) = imported.drafts
    return draft


def test_a_single_choice_takes_its_key_and_feedback_from_the_rules() -> None:
    rules = shown("<other/>", "general_fb") + shown(equal("200"), "200_fb") + scored(equal("100"))
    more = feedback("general_fb", "Think.") + feedback("200_fb", "No.")
    draft = one(canvas("multiple_choice_question", choices("Single", "A &amp; B", "C"), rules, more, points="2.0"))

    assert draft.fields == {
        "stem": "Which one?", "type": "single_best",
        "options": [{"text": "A & B", "why": "Think.", "correct": True}, {"text": "C", "why": "No."}],
    }  # fmt: skip
    assert ("points_possible", "2.0") in [(loss.field, loss.what) for loss in draft.losses]


def test_several_answers_are_those_that_one_rule_asks_for_together() -> None:
    rule = scored(f"<and>{equal('100')}<not>{equal('200')}</not>{equal('300')}</and>")
    draft = one(canvas("multiple_answers_question", choices("Multiple", "A", "B", "C"), rule))

    assert draft.fields["type"] == "multiple_response"
    assert [option.get("correct", False) for option in draft.fields["options"]] == [True, False, True]


def test_several_answers_may_add_up() -> None:
    rules = "".join(
        scored(equal(name), action=action, points="50").replace('continue="No"', 'continue="Yes"')
        for name, action in (("100", "Add"), ("200", "Subtract"), ("300", "Add"))
    )
    draft = one(canvas("", choices("Multiple", "A", "B", "C"), rules))

    assert [option.get("correct", False) for option in draft.fields["options"]] == [True, False, True]
    assert "options.1.weight" in [loss.field for loss in draft.losses]


def test_true_and_false_make_a_statement_to_judge() -> None:
    draft = one(canvas("true_false_question", choices("Single", "True", "False"), scored(equal("200"))))

    assert (draft.fields["type"], draft.fields["answer"]) == ("true_false", False)


@pytest.mark.parametrize(
    ("condition", "answer", "tolerance"),
    [
        (f"<or>{equal('5.0')}<and><vargte respident='response1'>4.95</vargte><varlte respident='response1'>5.05</varlte></and></or>", 5.0, 0.05),
        ("<vargte respident='response1'>6.0</vargte><varlte respident='response1'>8.0</varlte>", 7.0, 1.0),
        (equal("4"), 4.0, 0.0),
    ],
    ids=["margin", "range", "exact"],
)  # fmt: skip
def test_a_number_has_the_range_of_its_rule(condition: str, answer: float, tolerance: float) -> None:
    asked = '<response_str ident="response1" rcardinality="Single"><render_fib fibtype="Decimal"><response_label ident="a1"/></render_fib></response_str>'
    draft = one(canvas("numerical_question", asked, scored(condition)))

    assert (draft.fields["type"], draft.fields["answer"], draft.fields["tolerance"]) == ("numeric", answer, tolerance)


def test_an_essay_is_named_as_what_it_is() -> None:
    asked = '<response_str ident="response1"><render_fib/></response_str>'
    draft = one(canvas("essay_question", asked, shown("<other/>", "x")))

    assert [problem.code for problem in draft.problems] == [Code.NO_SUCH_TYPE]


def test_the_version_is_told_by_content() -> None:
    assert version(canvas("x", "", "")) == 1


def listed(ident: str, prompt: str, *options: str) -> str:
    labels = "".join(
        f'<response_label ident="{ident}{n}"><material><mattext>{text}</mattext></material></response_label>'
        for n, text in enumerate(options)
    )
    return f'<response_lid ident="response_{ident}"><material><mattext>{prompt}</mattext></material><render_choice>{labels}</render_choice></response_lid>'


def given(ident: str, value: str) -> str:
    return scored(f'<varequal respident="response_{ident}">{value}</varequal>', action="Add", points="50").replace(
        '"No"', '"Yes"'
    )


def test_responses_that_share_options_are_rows_to_match() -> None:
    asked = listed("1", "r1", "A", "B", "C") + listed("2", "r2", "A", "B", "C")
    draft = one(canvas("matching_question", asked, given("1", "11") + given("2", "20")))

    assert draft.fields["rows"] == [{"text": "r1", "answer": "b"}, {"text": "r2", "answer": "a"}]
    assert [option["text"] for option in draft.fields["options"]] == ["A", "B", "C"]


def test_names_in_brackets_are_gaps_with_their_lists() -> None:
    asked = listed("x", "x", "up", "down") + listed("y", "y", "in", "out")
    data = canvas("multiple_dropdowns_question", asked, given("x", "x1") + given("y", "y0")).replace(
        b"Which &lt;em&gt;one&lt;/em&gt;?", b"Go [y] and [x]."
    )
    draft = one(data)

    assert draft.fields["text"] == "Go {{1}} and {{2}}."
    assert [[option.get("correct", False) for option in gap["options"]] for gap in draft.fields["gaps"]] == [
        [True, False],
        [False, True],
    ]


def test_blanks_to_type_become_a_case() -> None:
    asked = listed("x", "x", "lung", "lungs") + listed("y", "y", "pleura")
    rules = given("x", "x0") + given("x", "x1") + given("y", "y0")
    data = canvas("fill_in_multiple_blanks_question", asked, rules).replace(
        b"Which &lt;em&gt;one&lt;/em&gt;?", b"The [x] in its [y]."
    )

    assert [part["accepted"] for part in one(data).fields["parts"]] == [["lung", "lungs"], ["pleura"]]


def test_two_answers_for_one_blank_are_refused_in_words() -> None:
    asked = listed("x", "x", "lung", "lungs") + listed("x", "x", "pleura")
    data = canvas("fill_in_multiple_blanks_question", asked, given("x", "x0")).replace(
        b"Which &lt;em&gt;one&lt;/em&gt;?", b"The [x]."
    )

    assert one(data).fields is None
    assert one(data).problems[-1].message == "two of its answers belong to the same place in the text"


def test_words_to_type_are_those_the_rules_accept() -> None:
    asked = '<response_str ident="response1" rcardinality="Single"><render_fib><response_label ident="a"/></render_fib></response_str>'
    rule = (
        scored(equal("taut band") + equal("band"))
        .replace("<conditionvar>", "<conditionvar><or>")
        .replace("</conditionvar>", "</or></conditionvar>")
    )
    draft = one(
        canvas(
            "short_answer_question", asked, shown("<other/>", "general_fb") + rule, feedback("general_fb", "Feel it.")
        )
    )

    assert (draft.fields["accepted"], draft.fields["why"]) == (["taut band", "band"], "Feel it.")


def test_an_order_is_that_of_the_rule() -> None:
    asked = choices("Ordered", "A", "B", "C")
    draft = one(canvas("ordering_question", asked, scored(equal("200") + equal("300") + equal("100"))))

    assert [step["text"] for step in draft.fields["steps"]] == ["B", "C", "A"]


def test_a_list_in_a_text_is_a_gap_although_it_is_the_only_one() -> None:
    presentation = choices("Single", "deep", "shallow").replace("response1", "response_depth")
    data = canvas(
        "multiple_dropdowns_question", presentation, scored('<varequal respident="response_depth">100</varequal>')
    )
    [draft] = read_qti(data.replace(b"?&lt;/p&gt;", b" [depth]?&lt;/p&gt;"), "q.xml").drafts

    assert draft.fields is not None
    assert draft.fields["text"] == "Which one {{1}}?"


def test_what_a_response_says_before_its_choices_is_the_end_of_the_stem() -> None:
    asked = choices("Single", "deep", "shallow").replace(
        "<render_choice>", "<material><mattext>Of the two:</mattext></material><render_choice>"
    )
    [draft] = read_qti(
        canvas("matching_question", asked, scored('<varequal respident="response1">100</varequal>')), "q.xml"
    ).drafts

    assert draft.fields is not None
    assert draft.fields["stem"] == "Which one?\n\nOf the two:"


def test_a_range_that_reaches_unequally_far_keeps_its_ends() -> None:
    rule = '<or><varequal respident="response1">4</varequal><and><vargte respident="response1">3</vargte><varlte respident="response1">6</varlte></and></or>'
    asked = '<response_str ident="response1" rcardinality="Single"><render_fib fibtype="Decimal"/></response_str>'
    [draft] = read_qti(canvas("numerical_question", asked, scored(rule)), "q.xml").drafts

    assert draft.fields is not None
    assert (draft.fields["answer"], draft.fields["tolerance"]) == (4.5, 1.5)
    assert ("answer", "4 there, 3 to 6 being right: here their middle") in [
        (loss.field, loss.what) for loss in draft.losses
    ]
