"""GIFT in and out: every kind of question, the odd ways people write it, and what it cannot hold."""

from typing import Any

import pytest
from hypothesis import example, given, settings

from tests.formats.banks import (
    arrived,
    assert_round_trip,
    bank_of,
    banks,
    batch,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_text,
    single_best,
    true_false,
)
from training.core.items import Item
from training.formats import gift
from training.formats.drafting import Read

BANKS = banks(single_best(), multiple_response(), true_false(), numeric(), short_text(), matching(), ordering())


def read(text: str | bytes) -> list[Read]:
    data = text.encode() if isinstance(text, str) else text
    return arrived(gift.read(data, "quiz.gift"), "quiz.gift")


def only(text: str) -> Read:
    reads = read(text)
    assert len(reads) == 1, reads
    return reads[0]


def item(text: str) -> Any:
    found = only(text)
    assert found.item is not None, found.problems
    return found.item


def words(found: Read) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in found.problems]


def keyed(found: Item) -> list[tuple[str, bool]]:
    return [(option.text, option.correct) for option in found.options]  # type: ignore[attr-defined]


@settings(max_examples=150, deadline=None)
@given(BANKS)
@example(bank_of("short_text", accepted=["=  a"], why="0", plural=False, longest=100))
def test_what_is_written_reads_back_as_it_was_less_what_is_reported(bank) -> None:
    written = gift.write(batch(bank))

    assert_round_trip(bank, written, arrived(gift.read(written.data, "made-up.gift"), "made-up.gift"))


def test_a_multiple_choice_has_its_key_and_a_reason_from_each_feedback() -> None:
    found = item("::Colours:: What is between orange and green?\n{ =yellow # Right.\n ~red # Too far.\n ~blue }")

    assert (found.type, found.id, found.stem) == ("single_best", "colours", "What is between orange and green?")
    assert keyed(found) == [("yellow", True), ("red", False), ("blue", False)]
    assert [option.why for option in found.options] == ["Right.", "Too far.", "To be written."]


def test_general_feedback_becomes_a_reason_for_the_key() -> None:
    assert item("Q {=a ~b ####Because.}").options[0].why == "Because."


def test_several_weighted_options_make_a_multiple_response() -> None:
    found = item("Two of these {~%50%one ~%50%two ~%-100%three ~four}")

    assert found.type == "multiple_response"
    assert keyed(found) == [("one", True), ("two", True), ("three", False), ("four", False)]


def test_partial_credit_of_a_single_choice_is_named_as_lost() -> None:
    found = only("Born in {~Jerusalem ~%25%Bethlehem =Nazareth}")

    assert [(loss.field, loss.what) for loss in found.losses] == [
        ("options.1.weight", "worth 25 % there, nothing here"),
    ]


def test_two_right_options_of_a_single_choice_become_a_multiple_response_and_that_is_said() -> None:
    found = only("Pick one {=a =b ~c}")

    assert found.item is not None
    assert found.item.type == "multiple_response"
    assert [loss.field for loss in found.losses] == ["type"]


@pytest.mark.parametrize(("written", "answer"), [("{T}", True), ("{FALSE}", False), ("{ true }", True), ("{f}", False)])
def test_true_and_false_are_read_in_every_spelling(written: str, answer: bool) -> None:
    assert item(f"The sun rises in the east.{written}").answer is answer


def test_the_first_feedback_of_a_true_false_is_for_the_wrong_judgement() -> None:
    why = item("Needles are sterile. {T#They are sterile.#Indeed.}").why

    assert (why.if_true, why.if_false) == ("Indeed.", "They are sterile.")


@pytest.mark.parametrize(
    ("written", "answer", "tolerance"),
    [("{#5}", 5, 0), ("{#5:0.25}", 5, 0.25), ("{#1..5}", 3, 2), ("{# =3.14:0.005#Near.}", 3.14, 0.005),
     ("{#-1.5e2:1}", -150, 1), ("{#=4.9..5.1 ~#no}", 5, 0.1), ("{#0,5:0,1}", 0.5, 0.1)],
)  # fmt: skip
def test_numbers_may_have_tolerances_and_ranges(written: str, answer: float, tolerance: float) -> None:
    found = item(f"How much? {written}")

    assert (found.answer, found.tolerance) == (answer, tolerance)


def test_of_several_numbers_the_best_is_kept_and_the_others_are_named() -> None:
    found = only("Grant was born {#=1822:0#Yes. =%50%1822:2#Nearly. =%0%1800:0#Too early.}")

    assert (found.item.answer, found.item.why) == (1822, "Yes.")  # type: ignore[union-attr]
    assert [(m.answer, m.why) for m in found.item.mistakes] == [(1800, "Too early.")]  # type: ignore[union-attr]
    assert [loss.what for loss in found.losses] == ["1822 ± 2 earned 50 % there", "what is said of 1822: Nearly."]


def test_a_missing_word_leaves_a_blank_in_the_stem() -> None:
    assert item("Grant is {~buried =entombed ~living} in his tomb.").stem == "Grant is _____ in his tomb."


def test_escapes_are_resolved_and_other_backslashes_stay() -> None:
    found = item(r"Which is \{1\: 2\} \= \#3\~\\frac\nNext \alpha? {=\=5 \~ 6 ~\#7}")

    assert found.stem == "Which is {1: 2} = #3~\\frac\nNext \\alpha?"
    assert keyed(found) == [("=5 ~ 6", True), ("#7", False)]


def test_html_is_read_as_words_and_what_is_lost_is_named() -> None:
    found = only(
        '::H::[html]<p>H<sub>2</sub>O is <b>wet</b> &amp; <a href\\="https\\://e.org">so</a><br>on</p>{=<i>yes</i> ~no}'
    )

    assert found.item is not None
    assert found.item.stem == "H₂O is wet & so (https://e.org)\non"
    assert {(loss.field, loss.what) for loss in found.losses} == {("stem", "bold"), ("options.0.text", "italics")}


def test_markdown_is_read_as_words() -> None:
    found = item("[markdown]A *very* `dry` needle\\n\\n* one\\n* two {=a ~b}")

    assert found.stem == "A very dry needle\n\n- one\n- two"


def test_a_script_never_arrives() -> None:
    found = only('[html]<p onclick\\="x()">Hi<script>alert(1)</script></p>{=a ~b}')

    assert found.item is not None
    assert found.item.stem == "Hi"
    assert {problem.code for problem in found.problems} >= {"F009"}


def test_an_embedded_picture_comes_along() -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    found = only(
        f'[html]Look <img src\\="data\\:image/png;base64,{dot}" alt\\="A dot"> here {{=a ~b}}'.replace("==", "\\=\\=")
    )

    assert found.item is not None
    assert found.item.image is not None
    assert found.item.image.alt == "A dot"
    assert [picture.name for picture in found.draft.pictures] == [found.item.image.file]


def test_ids_tags_and_categories_are_kept() -> None:
    reads = read(
        "$CATEGORY: $course$/top/Knee\n\n// [id:KN 01] [tag:objective:2.4] [tag:level:apply] [tag:My Tag]\n"
        "::Patella::Where? {=a ~b}\n\n$CATEGORY: $course$/top/Hip\n\n// [id:hip-01]\n::x::Where? {=a ~b}"
    )

    knee, hip = (each.item for each in reads)
    assert knee is not None
    assert hip is not None
    assert (knee.id, knee.objective, knee.level, knee.tags) == ("kn-01", "2.4", "apply", ("my-tag", "knee"))
    assert knee.note == "Id there: KN 01\nTitle there: Patella\nCategory there: Knee\nTags there: My Tag, Knee"
    assert (hip.id, hip.tags) == ("hip-01", ("hip",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Write an essay. {}", "a question of the kind 'essay' has no item type here"),
        ("Just a description.", "a question of the kind 'description' has no item type here"),
        ("Fill {1:MULTICHOICE:=a~b} in", "a question of the kind 'embedded answers (cloze)' has no item type here"),
        ("What? {=a ~b", "the answer is not closed"),
        ("Why {not} {nor}", "no braces hold an answer"),
        ("What {=a ~b} and {=c ~d}", "there is a second answer in the question"),
        ("What? {~a ~b}", "no option is right"),
        ("What? {#abc}", "'abc' is no number"),
        ("What? {yes}", "the answer 'yes' is none that GIFT has"),
        ("{=a ~b}", "the question has no text"),
    ],
)
def test_what_cannot_be_an_item_is_said_with_its_line(text: str, message: str) -> None:
    found = read(f"// first\n\nFine {{=a ~b}}\n\n{text}")[-1]

    assert found.item is None
    assert words(found) == [(5, message)]


def test_questions_without_a_blank_line_between_them_are_told_apart() -> None:
    reads = read("::A::One {T}\n::B::Two {F}\nThree {\n=x\n~y\n}\nFour {#4}")

    assert [(each.draft.line, each.item and each.item.type) for each in reads] == [
        (1, "true_false"), (2, "true_false"), (3, "single_best"), (7, "numeric"),
    ]  # fmt: skip


def test_a_blank_line_inside_an_answer_is_forgiven_and_said() -> None:
    found = only("Which?{\n=a\n\n~b\n}")

    assert found.item is not None
    assert (4, "a blank line inside an answer was passed over") in words(found)


def test_an_answer_that_is_never_closed_does_not_swallow_the_next_question() -> None:
    first, second = read("One {=a ~b\n\nTwo {=c ~d}")

    assert first.item is None
    assert second.item is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_likely_encoding_is_read(encoding: str) -> None:
    reads = read("Qu’est-ce qu’un café très épais, où ça ? {=é ~ü}".encode(encoding))

    assert reads[0].item is not None
    assert reads[0].item.stem.startswith("Qu’est-ce qu’un café")


def test_what_is_no_text_is_refused_in_one_line() -> None:
    imported = gift.read(b"GIF89a\x00\x01\x00\x00\xff\xfe\x80{=a ~b}", "x.gift")

    assert (imported.drafts, [problem.code for problem in imported.problems]) == ((), ["F001"])


def test_each_question_stands_beside_its_source() -> None:
    reads = read("// [id:a-1]\n::A::1 \\= 1 {T}\n\nB {F}")

    assert [each.draft.source for each in reads] == ["// [id:a-1]\n::A::1 \\= 1 {T}", "B {F}"]


def test_accepted_phrases_wrong_ones_and_wildcards_of_a_short_answer_are_told_apart() -> None:
    found = only("The strand is a {=taut band#Yes. =%50%band =%0%cord#No cord. =*string ####Delphi.}")

    assert found.item is not None
    assert (found.item.type, found.item.accepted) == ("short_text", ("taut band", "string"))  # type: ignore[attr-defined]
    assert [(slip.text, slip.why) for slip in found.item.mistakes] == [("band", "To be written."), ("cord", "No cord.")]  # type: ignore[attr-defined]
    assert found.item.why == "Yes.\n\nDelphi."  # type: ignore[attr-defined]
    assert [loss.field for loss in found.losses] == ["mistakes", "accepted"]


def test_a_matching_has_its_rows_and_its_distractors() -> None:
    found = item("Which eats what? {=cat -> cat food =dog -> dog food =puppy -> dog food = -> hay}")

    assert [(row.text, row.answer) for row in found.rows] == [("cat", "a"), ("dog", "b"), ("puppy", "b")]
    assert ([option.text for option in found.options], found.once) == (["cat food", "dog food", "hay"], False)


def test_braces_of_a_formula_are_taken_for_text_and_that_is_said() -> None:
    found = only("Half is $\\frac{1}{2}$? {=$\\sqrt{4}/4$ ~no}")

    assert found.item is not None
    assert found.item.stem == "Half is $\\frac{1}{2}$?"
    assert keyed(found.item) == [("$\\sqrt{4}/4$", True), ("no", False)]
    assert any(problem.code == "F006" for problem in found.problems)


def test_entities_and_colours_do_not_begin_feedback() -> None:
    found = item('[html]Q {=it&#39;s <font color="#f00">red</font>#Yes. ~no}')

    assert (found.options[0].text, found.options[0].why) == ("it's red", "Yes.")


def test_the_one_category_of_a_file_is_its_title() -> None:
    text = "// question: 0 name: Switch\n$CATEGORY: $course$/top/Knee // Hip\n\nQ {T}\n\nR {F}"
    imported = gift.read(text.encode(), "quiz.gift")

    assert imported.title == "Knee / Hip"
    assert [draft.source for draft in imported.drafts] == ["Q {T}", "R {F}"]
