"""Phrases: what counts as the same, and what is only nearly so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.core.key import Phrases, fraction, near_miss
from training.core.phrase import distance, normalised

words = st.text(st.characters(categories=["L", "N", "P", "Zs", "Mn"]), max_size=40)


@pytest.mark.parametrize(
    "typed",
    [
        "Taut band",
        "TAUT BAND",
        "taut-band",
        "  taut   band. ",
        "taut bands",
        "täut bånd",
        "taut\u2010band",
        "“taut band”",
    ],
)
def test_case_accents_punctuation_hyphens_spaces_and_plurals_do_not_count(typed: str) -> None:
    assert fraction(Phrases(("taut band",)), typed) == 1


@pytest.mark.parametrize("typed", ["taut", "band taut", "taut band syndrome", "tautband", "", "..."])
def test_other_words_do_count(typed: str) -> None:
    assert fraction(Phrases(("taut band",)), typed) == 0


def test_plurals_count_where_the_author_says_so() -> None:
    strict = Phrases(("biopsy",), plural=False)

    assert fraction(Phrases(("biopsy",)), "biopsies") == 1
    assert fraction(strict, "biopsies") == 0


@pytest.mark.parametrize("word", ["pus", "gas", "mass", "pelvis", "thrombus", "analysis"])
def test_words_that_only_look_like_plurals_stay_as_they_are(word: str) -> None:
    assert normalised(word) == word


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("taut bnad", "taut band"),
        ("tuat band", "taut band"),
        ("taut ban", "taut band"),
        ("loose band", None),
        ("taut band", None),
    ],
)
def test_a_slip_of_the_fingers_is_shown_to_the_author_and_earns_nothing(typed: str, near: str | None) -> None:
    key = Phrases(("taut band",))

    assert near_miss(key, typed) == near
    assert near is None or fraction(key, typed) == 0


@given(words)
def test_normalising_twice_changes_nothing_more_but_plurals(text: str) -> None:
    once = normalised(text, plural=False)

    assert normalised(once, plural=False) == once
    assert once == " ".join(once.split())


@given(words)
def test_case_and_surrounding_space_never_count(text: str) -> None:
    assert normalised(f"  {text.upper()} ", plural=False) == normalised(text.upper().lower(), plural=False)


short = st.text("abc", max_size=8)


@given(short, short, short)
def test_the_distance_is_nought_for_the_same_symmetrical_and_never_more_than_the_longer_word(
    a: str, b: str, c: str
) -> None:
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, b) == distance(b, a) <= max(len(a), len(b))
    assert distance(a + c, b + c) <= distance(a, b)
