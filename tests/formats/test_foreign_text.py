"""Text of other systems that must arrive as it was meant: brackets that are no tags, plain words, what was put aside."""

import pytest

from tests.formats.test_gift import item, keyed, only, read
from training.formats import text2qti
from training.formats.angles import only_tags
from training.formats.base import Draft
from training.formats.markup import Markup, plain_text


def typed(text: str) -> Draft:
    [draft] = text2qti.FORMAT.read(text.encode(), "quiz.txt").drafts  # type: ignore[misc]
    return draft


@pytest.mark.parametrize("markup", [Markup.HTML, Markup.AUTO, Markup.MARKDOWN])
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("If Hb <LLN, wait", "If Hb <LLN, wait"),
        ("Where p<q", "Where p<q"),
        ("a <b and c> d", "a <b and c> d"),
        ("A Map<Rib, Depth> of ribs", "A Map<Rib, Depth> of ribs"),
        ("<b>Bold</b> and <em class='x'>more</em>", "Bold and more"),
    ],
)
def test_an_angle_bracket_that_begins_no_tag_takes_no_words_with_it(written: str, words: str, markup: Markup) -> None:
    assert plain_text(written, markup).text == words


def test_an_attribute_may_hold_angle_brackets() -> None:
    assert plain_text('<img alt="a < b" src="x.png"> 1<2 <o:p>of Word</o:p>', Markup.HTML).text == "a < b 1<2 of Word"


@pytest.mark.parametrize("begun", ["<b", '<b "', "<", "<!", "<a x='"])
def test_brackets_without_end_take_no_longer_than_they_are_many(begun: str) -> None:
    assert only_tags(begun * 40_000).count("<") == 0


def test_an_option_that_begins_with_an_angle_bracket_is_no_empty_one() -> None:
    assert keyed(item("How deep?{=<a finger ~>a finger}")) == [("<a finger", True), (">a finger", False)]


def test_text_nested_deeper_than_a_parser_goes_still_arrives() -> None:
    read = plain_text(f"{'<div>' * 400}<script>no()</script>Deep &amp; deeper", Markup.HTML)

    assert read.text == "Deep & deeper"
    assert read.lost == ["HTML that cannot be read"]


@pytest.mark.parametrize(
    "image",
    [
        r'<img class="equation_image" title="x^2" src="/equation_images/x%255E2" alt="LaTeX: x^2" data-equation-content="x^2">',
        r'<img class="equation_image" title="x^2" src="/equation_images/x%255E2">',
        r'<img class="equation_image" alt="LaTeX: x^2" src="/equation_images/x%255E2">',
    ],
)
def test_a_formula_that_canvas_shows_as_a_picture_is_the_formula(image: str) -> None:
    read = plain_text(f"<p>Solve {image} for x.</p>", Markup.HTML)

    assert (read.text, read.lost) == (r"Solve \(x^2\) for x.", [])


def test_words_to_type_in_text2qti_are_plain() -> None:
    draft = typed("1. What?\n* a*b*c\n* <b>deep</b>\n* [x](y)\n")

    assert draft.fields is not None
    assert draft.fields["accepted"] == ["a*b*c", "<b>deep</b>", "[x](y)"]


@pytest.mark.parametrize(
    ("written", "answer", "tolerance"), [("1_000", 1000, 0), ("[1_000, 2_000]", 1500, 500), ("1_000 +- 5%", 1000, 50)]
)
def test_long_numbers_of_text2qti_may_have_their_digits_in_groups(
    written: str, answer: float, tolerance: float
) -> None:
    draft = typed(f"1. How many?\n= {written}\n")

    assert draft.fields is not None
    assert (draft.fields["answer"], draft.fields["tolerance"]) == (answer, tolerance)


def test_how_large_text2qti_shows_a_picture_is_no_part_of_the_question() -> None:
    draft = typed("1. See ![a rib](rib.png){#fig .wide width=20%} and f(x){y}\n*a) yes\nb) no\n")

    assert draft.fields is not None
    assert draft.fields["stem"] == "See a rib and f(x){y}"


def test_a_question_of_gift_between_comment_marks_is_passed_over_and_that_is_said() -> None:
    found = only("/*\n::Old:: Which?{=a ~b}\n\n::Older:: So?{T}\n*/\nDeep?{T}")

    assert found.item is not None
    assert found.item.stem == "Deep?"
    assert "what stands between /* and */ was passed over" in [problem.message for problem in found.problems]


def test_a_comment_of_gift_that_never_ends_hides_nothing() -> None:
    assert [each.item.stem for each in read("/* So?{T}\n\nDeep?{T}") if each.item] == ["/* So?", "Deep?"]
