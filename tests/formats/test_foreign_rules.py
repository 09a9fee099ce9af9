"""Keys, feedback and passages as Moodle, Canvas and players of QTI 2 and 3 write them."""

import pytest

from tests.formats.test_looser_moodle import asked
from tests.formats.test_looser_qti import choice, lost, when
from tests.formats.test_looser_qti import one as item
from tests.formats.test_moodle_xml import read
from tests.formats.test_packages import link, zipped
from tests.formats.test_qti_old import HEAD, TAIL, canvas, choices, equal, feedback, given, listed, one, scored, shown
from training.formats import guess
from training.formats.base import Code
from training.formats.moodle_xml import read_moodle_xml
from training.formats.qti import read_qti

ENTRY = '<p>How many? <textEntryInteraction responseIdentifier="R"/></p>'
ORDERED = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="t">'
    '<responseDeclaration identifier="R" cardinality="ordered" baseType="identifier"/>'
    '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>'
    '<orderInteraction responseIdentifier="R" shuffle="true"><prompt>In order?</prompt>'
    '<simpleChoice identifier="B">Wipe</simpleChoice><simpleChoice identifier="C">Insert</simpleChoice>'
    '<simpleChoice identifier="A">Wash</simpleChoice></orderInteraction></itemBody>'
    "<responseProcessing>{}</responseProcessing></assessmentItem>"
)


def test_one_question_alone_is_read_without_a_word_about_its_parts() -> None:
    steps = "".join(
        f'<answer fraction="{place}"><text>{text}</text><feedback><text>{why}</text></feedback></answer>'
        for place, text, why in ((1, "Wash", "Hands first."), (2, "Wipe", ""), (3, "Insert", "Last."))
    )
    alone = f'<question type="ordering"><questiontext><text>In order?</text></questiontext>{steps}</question>'
    imported = read_moodle_xml(alone.encode(), "one.xml")

    assert imported.problems == ()
    assert imported.drafts[0].fields is not None
    assert imported.drafts[0].fields["steps"] == [
        {"text": "Wash", "why": "Hands first."}, {"text": "Wipe"}, {"text": "Insert", "why": "Last."},
    ]  # fmt: skip


def test_that_a_word_counts_once_in_whichever_gap_is_named_as_lost() -> None:
    more = "<answerdisplay>dropdown</answerdisplay><noduplicates>1</noduplicates>"
    draft = read(asked("gapfill", "Name two: [gold|silver] [gold|silver]", more))

    assert "noduplicates" in lost(draft)


def test_a_question_that_is_only_a_picture_is_refused_in_words() -> None:
    answers = '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>'
    draft = read(asked("multichoice", " ", answers))

    assert draft.fields is None
    assert [problem.message for problem in draft.problems] == ["the question has no text"]


def test_an_order_that_is_asked_for_place_by_place_is_read() -> None:
    rules = "".join(
        when(
            f'<match><index n="{place}"><variable identifier="R"/></index>'
            f'<baseValue baseType="identifier">{name}</baseValue></match>',
            "1",
        )
        for place, name in enumerate("ABC", 1)
    )
    [draft] = read_qti(ORDERED.format(rules).encode(), "i.xml").drafts

    assert draft.fields is not None
    assert [step["text"] for step in draft.fields["steps"]] == ["Wash", "Wipe", "Insert"]


@pytest.mark.parametrize(
    ("rule", "key", "answer", "within"),
    [
        ('<and><gte>{R}<baseValue baseType="float">3</baseValue></gte><lte>{R}<baseValue baseType="float">5</baseValue></lte></and>', "", 4, 1),
        ('<and><gt>{R}<baseValue baseType="float">3</baseValue></gt><lt>{R}<baseValue baseType="float">6</baseValue></lt></and>', "4", 4.5, 1.5),
        ('<equalRounded roundingMode="decimalPlaces" figures="1">{R}<correct identifier="R"/></equalRounded>', "3.1", 3.1, 0.05),
        ('<equalRounded roundingMode="significantFigures" figures="3">{R}<baseValue baseType="float">3183</baseValue></equalRounded>', "", 3180, 5),
    ],
)  # fmt: skip
def test_a_number_may_lie_between_two_others_or_be_rounded(rule: str, key: str, answer: float, within: float) -> None:
    rules = when(rule.replace("{R}", '<variable identifier="R"/>'), "1")
    data = item(ENTRY, rules, key=key or "0", base="float").source
    if not key:
        data = data.replace("<correctResponse><value>0</value></correctResponse>", "")
    [draft] = read_qti(data.encode(), "i.xml").drafts

    assert draft.fields is not None
    assert (draft.fields["answer"], draft.fields["tolerance"]) == (answer, within)


def test_points_that_hang_on_a_sum_are_named_as_rules_that_are_not_run() -> None:
    bound = '<gte><variable identifier="SUM"/><baseValue baseType="float">2</baseValue></gte>'

    assert "responseProcessing" in lost(item(choice("median", "ulnar"), when(bound, "1")))
    assert "responseProcessing" not in lost(item(choice("median", "ulnar")))


def test_pairs_that_are_worth_unequally_and_wrong_ones_that_cost_are_named() -> None:
    sets = "".join(
        "<simpleMatchSet>"
        + "".join(f'<simpleAssociableChoice identifier="{n}" matchMax="2">{n}</simpleAssociableChoice>' for n in names)
        + "</simpleMatchSet>"
        for names in (("M", "J"), ("ROCK", "GAS"))
    )
    data = (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="t"><responseDeclaration '
        'identifier="R" cardinality="multiple" baseType="directedPair"><mapping defaultValue="-2"><mapEntry mapKey="M ROCK"'
        ' mappedValue="3"/><mapEntry mapKey="J GAS" mappedValue="4"/></mapping></responseDeclaration><itemBody>'
        f'<matchInteraction responseIdentifier="R"><prompt>Which?</prompt>{sets}</matchInteraction></itemBody>'
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/></assessmentItem>'
    )
    [draft] = read_qti(data.encode(), "i.xml").drafts

    assert [loss.what for loss in draft.losses if loss.field == "rows.weight"] == [
        "unequal weights; here every row counts alike", "a wrong pair takes points away there",
    ]  # fmt: skip


def test_gaps_that_are_worth_unequally_are_named() -> None:
    data = (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="t"><responseDeclaration '
        'identifier="R" cardinality="multiple" baseType="directedPair"><mapping defaultValue="-1"><mapEntry mapKey="W G1"'
        ' mappedValue="1"/><mapEntry mapKey="S G2" mappedValue="2"/></mapping></responseDeclaration><itemBody>'
        '<gapMatchInteraction responseIdentifier="R"><gapText identifier="W">deep</gapText><gapText identifier="S">flat'
        '</gapText><p>Go <gap identifier="G1"/> or <gap identifier="G2"/>.</p></gapMatchInteraction></itemBody>'
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/></assessmentItem>'
    )
    [draft] = read_qti(data.encode(), "i.xml").drafts

    assert [loss.what for loss in draft.losses if loss.field == "gaps.weight"] == [
        "unequal weights; here every gap counts alike", "a wrong pair takes points away there",
    ]  # fmt: skip


def test_what_an_item_offers_beside_its_text_is_named() -> None:
    beside = (
        "<catalogInfo><catalog id='c'><card><htmlContent>A rib is a bone.</htmlContent></card></catalog></catalogInfo>"
    )

    assert lost(item(choice("median", "ulnar"), more=beside))["catalogInfo"] == "A rib is a bone."


def test_a_passage_of_canvas_stands_before_each_question_about_it() -> None:
    passage = canvas("text_only_question", "", "").decode().removeprefix(HEAD).removesuffix(TAIL)
    passage = passage.replace("Which &lt;em&gt;one&lt;/em&gt;?", "Ida needles the calf.").replace(
        'ident="i1"', 'ident="p1"'
    )
    said = "<qtimetadatafield><fieldlabel>parent_stimulus_item_ident</fieldlabel><fieldentry>p1</fieldentry></qtimetadatafield></qtimetadata>"
    question = canvas("multiple_choice_question", choices("Single", "A", "B"), scored(equal("100"))).decode()
    data = question.replace("</qtimetadata>", said).replace('<item ident="i1"', f'{passage}<item ident="i1"')

    draft = one(data.encode())
    assert draft.fields["stem"] == "Ida needles the calf.\n\nWhich one?"
    assert lost(draft) == {"stem": "italics"}


def test_each_of_several_right_options_is_told_its_own_and_not_what_wrong_ones_are() -> None:
    rules = (
        shown("<other/>", "general_fb") + shown(equal("300"), "300_fb")
        + scored(f"<and>{equal('100')}<not>{equal('200')}</not>{equal('300')}</and>").replace(
            "</respcondition>", '<displayfeedback feedbacktype="Response" linkrefid="correct_fb"/></respcondition>')
        + shown("<other/>", "general_incorrect_fb")
    )  # fmt: skip
    said = "".join(
        feedback(name, text)
        for name, text in (("general_fb", "Think."), ("300_fb", "Seen late."), ("correct_fb", "Well."), ("general_incorrect_fb", "Not yet."))
    )  # fmt: skip
    draft = one(canvas("multiple_answers_question", choices("Multiple", "A", "B", "C"), rules, said))

    assert [option["why"] for option in draft.fields["options"]] == [
        "Well.\n\nThink.",
        "Not yet.",
        "Seen late.\n\nWell.",
    ]


def test_a_key_that_earns_nothing_is_known_by_the_mark_of_canvas() -> None:
    rules = scored(equal("100"), points="0") + scored(equal("200"), points="0").replace(
        "<respcondition ", '<respcondition correctanswer="Yes" '
    )
    draft = one(canvas("multiple_choice_question", choices("Single", "A", "B"), rules))

    assert [option.get("correct", False) for option in draft.fields["options"]] == [False, True]


def test_feedback_of_an_option_in_a_text_belongs_to_that_option() -> None:
    lists = listed("x", "x", "lung", "rib").replace("<response_label ", '<response_label answer_type="dropdown" ')
    told = shown('<varequal respident="response_x">x1</varequal>', "x1_fb")
    data = canvas("multiple_dropdowns_question", lists, given("x", "x0") + told, feedback("x1_fb", "Deeper."))

    draft = one(data.replace(b"Which &lt;em&gt;one&lt;/em&gt;?", b"The [x]."))
    assert draft.fields["gaps"] == [{"options": [{"text": "lung", "correct": True}, {"text": "rib", "why": "Deeper."}]}]
    assert lost(draft) == {}


def test_what_is_said_to_the_right_order_is_its_reason() -> None:
    asked_for = choices("Ordered", "A", "B", "C")
    rule = scored("".join(equal(name) for name in ("200", "100", "300"))).replace(
        "</respcondition>", '<displayfeedback linkrefid="Right"/></respcondition>'
    )
    draft = one(canvas("", asked_for, rule, feedback("Right", "That is it.")))

    assert draft.fields["steps"][0] == {"text": "B", "why": "That is it."}
    assert lost(draft) == {"stem": "italics"}


def test_groups_of_a_quiz_that_draw_their_questions_are_named() -> None:
    draw = "<section ident='g' title='Ribs'><selection_ordering><selection>{}<selection_number>2</selection_number></selection></selection_ordering></section>"
    bank = draw.format("<sourcebank_ref>b7</sourcebank_ref>")
    data = canvas("multiple_choice_question", choices("Single", "A", "B"), scored(equal("100"))).decode()
    imported = read_qti(data.replace(TAIL, f"{draw.format('')}{bank}{TAIL}").encode(), "quiz.xml")

    assert [problem.code for problem in imported.problems] == [Code.LOST, Code.LOST]
    assert [problem.message.partition(":")[0] for problem in imported.problems] == [
        "group 'Ribs' shows each learner 2 of its questions",
        "group 'Ribs' draws 2 questions from the bank 'b7', a file of its own",
    ]


def test_a_bank_of_canvas_gives_its_questions_its_title() -> None:
    data = canvas("multiple_choice_question", choices("Single", "A", "B"), scored(equal("100"))).decode()
    head = '<questestinterop><objectbank ident="b"><qtimetadata><qtimetadatafield><fieldlabel>bank_title</fieldlabel><fieldentry>Ribs / lungs</fieldentry></qtimetadatafield></qtimetadata>'
    body = data[data.index("<item") : data.index(TAIL)]
    imported = read_qti(f"{head}{body}</objectbank></questestinterop>".encode(), "bank.xml")

    assert imported.title == "Ribs / lungs"
    assert [draft.category for draft in imported.drafts] == ["Ribs // lungs"]


@pytest.mark.parametrize(
    ("package", "why"),
    [
        (zipped(("../i.xml", b"<a/>")), "unsafe path"),
        (zipped((link("i.xml"), b"/etc/passwd")), "symbolic link"),
        (zipped(("quiz.zip", b"PK")), "a package inside the package is not opened"),
    ],
)
def test_a_package_that_stays_shut_says_why_although_its_format_was_not_named(package: bytes, why: str) -> None:
    form = guess(package, "questions.zip")
    assert form.read

    assert why in form.read(package, "questions.zip").problems[0].message
