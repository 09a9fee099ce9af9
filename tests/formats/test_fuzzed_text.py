"""Readers of text and tables on spoiled files: whatever comes, they answer in words and soon."""

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.banks import arrived, banks, batch, multiple_response, numeric, single_best, true_false
from training.formats import BY_NAME, gift
from training.formats.base import Code, Format
from training.formats.markup import Markup, plain_text

READERS = [BY_NAME[name] for name in ("gift", "aiken", "text2qti", "csv", "xlsx")]
PIECES = st.sampled_from([
    "{", "}", "{=", "~", "=", "#", "####", "->", "%50%", "%-9999%", "::", "::t::", "//", "// [id:x] [tag:\\]]\n", "\\", "\\n",
    "\n", "\n\n", "$CATEGORY: a/b", "[html]", "[markdown]", "<p>", "</p>", "<script>", "<img src=", "&#x0;", "&amp;", "1..5",
    "T", "FALSE", "1.  ", "*a) ", "b) ", "[*] ", "[ ] ", "= [1, 2]", "... ", "+ ", "- ", "```{.python .run}\n", "```\n", "GROUP\n",
    "COMMENT\n", "____\n", "A. ", "B) ", "ANSWER: A", "question,a,b,correct\n", '"', ",", ";", "'=1+1", "\t", "\ufeff", "\ue0001\ue001",
    "𝒳", "é", "\u2028", "\x85", "\x0c", "| a | b |\n|---|---|\n", "$x_1$", "9" * 50, "1e999", "nan", "stem", "type", "answer",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)
NAMES = ("quiz.gift", "quiz.txt", "quiz.md", "quiz.csv", "quiz.xlsx", "x")


def answers(form: Format, data: bytes) -> None:
    """Read, turn into items, and require an item or a reason for each question, and for the file."""
    assert form.read
    imported = form.read(data, "x")
    for found in arrived(imported, "x"):
        assert found.item is not None or found.problems
        assert all(problem.line >= 1 and problem.code in set(Code) for problem in found.problems)
    assert imported.drafts or imported.problems


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
@settings(max_examples=150, deadline=timedelta(seconds=30))
@given(text=TEXTS, encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-32"]))
def test_no_text_makes_a_reader_fail(form: Format, text: str, encoding: str) -> None:
    answers(form, text.encode(encoding, "replace"))


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
@settings(max_examples=100, deadline=timedelta(seconds=30))
@given(data=st.binary(max_size=300))
def test_no_bytes_make_a_reader_fail(form: Format, data: bytes) -> None:
    answers(form, data)


@settings(max_examples=60, deadline=timedelta(seconds=30))
@given(
    st.data(),
    banks(single_best(), multiple_response(), true_false(), numeric()),
    st.sampled_from(["gift", "csv", "xlsx"]),
)
def test_a_file_that_was_cut_or_spoilt_is_answered_in_words(data: st.DataObject, bank, name: str) -> None:
    form = BY_NAME[name]
    assert form.write
    whole = form.write(batch(bank)).data
    start, end = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))

    answers(form, whole[:start] + whole[end:])


@settings(max_examples=200, deadline=timedelta(seconds=30))
@given(TEXTS, st.sampled_from(list(Markup)))
def test_plain_text_holds_nothing_that_yaml_cannot(text: str, markup: Markup) -> None:
    read = plain_text(text, markup).text

    assert all(char in "\n\t" or ord(char) >= 32 for char in read)
    assert "\ud800" not in read


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(NAMES))
def test_guessing_never_fails(text: str, name: str) -> None:
    for form in BY_NAME.values():
        if form.sniff:
            assert 0 <= form.sniff(text.encode(), name) <= 1


HUGE = {
    "open braces": "{" * 300_000,
    "options": "Q {" + "~a" * 40_000 + "}",
    "weights": "Q {" + "~%50%" * 25_000 + "=x}",
    "titles": "::" * 150_000,
    "one line": "a" * 1_000_000,
    "blank lines": "\n" * 250_000,
    "nested tags": "[html]" + "<b>" * 60_000 + "{T}",
    "unclosed tags": "[html]" + "<" * 100_000 + "{T}",
    "entities": "[html]" + "&amp" * 100_000 + "{T}",
    "stars": "[markdown]" + "*a " * 25_000 + "{T}",
    "brackets": "[markdown]" + "[" * 20_000 + "{T}",
    "ticks": "[markdown]" + "`a" * 20_000 + "{T}",
    "dollars": "[markdown]" + "$a\\" * 20_000 + "{T}",
    "comments": "// [tag:" * 60_000,
    "same titles": "::t::Q {T}\n\n" * 2_500,
    "numbers": "Q {#" + "=1:" * 30_000 + "}",
    "choices": "1. Q\n" + "a) x\n... y\n" * 15_000,
    "quotes": 'question,a,b\n"' + 'x""' * 100_000,
    "columns": ",".join(["question"] * 40_000),
    "aiken": "Q\n" + "A. x\n" * 25_000 + "ANSWER: A",
}


@pytest.mark.parametrize("form", [each for each in READERS if each.name != "xlsx"], ids=lambda form: form.name)
@pytest.mark.parametrize("name", HUGE)
def test_no_huge_file_keeps_a_reader_busy(form: Format, name: str) -> None:
    began = time.process_time()
    answers(form, HUGE[name].encode())

    assert time.process_time() - began < 20


def test_more_questions_than_a_bank_can_hold_are_refused() -> None:
    imported = gift.read(b"Q {T}\n\n" * 50_001, "x.gift")

    assert [problem.message for problem in imported.problems] == ["the file has more than 50,000 questions"]
