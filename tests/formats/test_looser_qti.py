"""QTI 2 and 3 as assessment consortia and learning platforms write it."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from training.formats.base import Draft
from training.formats.qti import read_qti

SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
CORRECT = '<match><variable identifier="R"/><correct identifier="R"/></match>'


def document(body: str, rules: str = "", more: str = "", key: str = "a", base: str = "identifier") -> str:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="item-1" title="One">'
        f'<responseDeclaration identifier="R" cardinality="single" baseType="{base}"><correctResponse>'
        f"<value>{key}</value></correctResponse></responseDeclaration>{SCORE}<itemBody>{body}</itemBody>"
        f"<responseProcessing>{rules}</responseProcessing>{more}</assessmentItem>"
    )


def choice(*options: str) -> str:
    shown = "".join(
        f'<simpleChoice identifier="{name}">{words}</simpleChoice>' for name, words in zip("abc", options, strict=False)
    )
    return f'<choiceInteraction responseIdentifier="R" maxChoices="1" shuffle="true"><prompt>Which?</prompt>{shown}</choiceInteraction>'


def when(test: str, points: str, outcome: str = "SCORE") -> str:
    kind = "float" if outcome == "SCORE" else "identifier"
    return (
        f'<responseCondition><responseIf>{test}<setOutcomeValue identifier="{outcome}"><baseValue baseType="{kind}">'
        f"{points}</baseValue></setOutcomeValue></responseIf></responseCondition>"
    )


def one(*args: str, **more: str) -> Draft:
    [draft] = read_qti(document(*args, **more).encode(), "item.xml").drafts
    return draft


def lost(draft: Draft) -> dict[str, str]:
    return {loss.field: loss.what for loss in draft.losses}


def test_a_rubric_that_candidates_see_among_others_is_part_of_the_question() -> None:
    seen = '<rubricBlock use="stimulus" view="candidate author scorer"><p>Ida needles the calf.</p></rubricBlock>'
    hidden = '<rubricBlock view="scorer"><p>Two points.</p></rubricBlock>'
    draft = one(seen + hidden + choice("median", "ulnar"))

    assert draft.fields is not None
    assert draft.fields["stem"] == "Ida needles the calf.\n\nWhich?"
    assert lost(draft) == {"rubricBlock": "for scorer: Two points."}


def test_a_passage_in_a_file_of_its_own_stands_before_the_question() -> None:
    body = '<rubricBlock view="candidate"><object data="../passages/p1.html" type="text/html"/></rubricBlock>'
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("imsmanifest.xml", "<manifest/>")
        package.writestr("items/i1.xml", document(body + choice("median", "ulnar")))
        package.writestr("passages/p1.html", "<html><body><p>Ida needles the calf.</p></body></html>")

    [draft] = read_qti(out.getvalue(), "package.zip").drafts

    assert draft.fields is not None
    assert draft.fields["stem"] == "Ida needles the calf.\n\nWhich?"


@pytest.mark.parametrize(
    ("tolerance", "mode", "answer", "within"),
    [("1.0 2.0", "absolute", 42.5, 1.5), ("2", "absolute", 42.0, 2.0), ("10 10", "relative", 42.0, 4.2)],
)
def test_a_tolerance_that_reaches_unequally_far_accepts_what_it_accepted(
    tolerance: str, mode: str, answer: float, within: float
) -> None:
    rule = f'<equal toleranceMode="{mode}" tolerance="{tolerance}"><variable identifier="R"/><correct identifier="R"/></equal>'
    draft = one(
        '<p>How far? <textEntryInteraction responseIdentifier="R"/> mm</p>', when(rule, "1"), key="42", base="float"
    )

    assert draft.fields is not None
    assert (draft.fields["answer"], draft.fields["tolerance"]) == (answer, within)
    assert ("answer" in lost(draft)) == (answer != 42)


def test_a_second_value_that_a_rule_rewards_is_no_longer_passed_over() -> None:
    other = '<stringMatch><variable identifier="R"/><baseValue baseType="string">lung</baseValue></stringMatch>'
    draft = one(
        '<p>What? <textEntryInteraction responseIdentifier="R"/></p>', when(CORRECT, "1") + when(other, "0.5"),
        key="pleura", base="string",
    )  # fmt: skip

    assert draft.fields is not None
    assert draft.fields["accepted"] == ["pleura"]
    assert draft.fields["mistakes"] == [{"text": "lung"}]
    assert lost(draft) == {"mistakes": "'lung' earned 50 % there, nothing here"}


def test_feedback_that_hangs_on_another_outcome_is_followed_to_the_answer() -> None:
    basic = when(CORRECT, "correct", "BASIC")
    modal = when(
        '<and><match><baseValue baseType="identifier">correct</baseValue><variable identifier="BASIC"/></match></and>',
        "F1", "MODAL",
    )  # fmt: skip
    said = '<modalFeedback outcomeIdentifier="MODAL" identifier="F1" showHide="show"><p>Well seen.</p></modalFeedback>'
    draft = one(choice("median", "ulnar"), when(CORRECT, "1") + basic + modal, said)

    assert draft.fields is not None
    assert draft.fields["options"][0]["why"] == "Well seen."
    assert lost(draft) == {}


def test_feedback_for_wrong_answers_is_named_where_no_wrong_answer_is_listed() -> None:
    said = '<feedbackBlock outcomeIdentifier="F" identifier="incorrect" showHide="show">Not yet.</feedbackBlock>'
    draft = one(f'<p>What? <textEntryInteraction responseIdentifier="R"/></p>{said}', key="pleura", base="string")

    assert lost(draft) == {"feedback.incorrect": "Not yet."}
