"""The glossary: terms are linked where a section first mentions them, and found by what one would type."""

from tests.conftest import Cast
from tests.ui.conftest import OpenPage, said
from training.core.term import Term
from training.ui.views.glossary import glossary_view
from training.ui.views.linking import TermLinks

TWITCH = Term(id="ltr", term="Local twitch response", also=("LTR",), definition='A brief "reflex" contraction.')
BAND = Term(id="taut-band", term="Taut band", definition="A tense strand in a muscle.")
BLEED = Term(id="haematoma", term="Haematoma", definition="Blood in the tissue.", avoid=("hématome",))
TIP = Term(id="tip", term="Tip", definition="The point.", linked=False)
TERMS = (TWITCH, BAND, BLEED, TIP)


def test_only_the_first_mention_in_a_section_is_linked_whatever_it_is_called():
    links = TermLinks(TERMS)

    first = links.linked("An LTR is a local twitch response. A taut band is not.")

    assert first == (
        "An [LTR](glossary?term=ltr \"A brief 'reflex' contraction.\") is a local twitch response. "
        'A [taut band](glossary?term=taut-band "A tense strand in a muscle.") is not.'
    )
    assert links.linked("Another taut band.") == "Another taut band."


def test_links_citations_headings_figures_and_code_are_left_alone():
    text = "## The taut band\n\n[taut band](x) ![a taut band](f.svg) `taut band` [@taut-band] taut-band"

    assert TermLinks(TERMS).linked(text) == text


def test_everyday_words_are_not_linked_and_a_word_inside_another_is_none():
    assert TermLinks(TERMS).linked("the tip of alters") == "the tip of alters"


def test_the_search_finds_by_other_names_and_without_accents():
    assert [row.id for _, rows in glossary_view(TERMS, "", "hematome").letters for row in rows] == ["haematoma"]
    assert [row.id for _, rows in glossary_view(TERMS, "", "ltr").letters for row in rows] == ["ltr"]
    assert glossary_view(TERMS, "", "nothing like it").letters == ()


def test_terms_stand_in_order_under_their_letters_and_the_one_asked_for_first():
    view = glossary_view(TERMS, "taut-band", "")

    assert [letter for letter, _ in view.letters] == ["H", "L", "T"]
    assert view.asked
    assert view.asked.id == "taut-band"


def test_a_learner_looks_a_term_up(open_page: OpenPage, cast: Cast):
    page = open_page(cast.ann, "glossary", term="sharps-container", find="single")

    assert not page.exception
    text = said(page)
    assert "A closed box that needles cannot pierce" in text
    assert "One needle, one patient, one session." in text


def test_what_a_visitor_asks_for_is_behind_the_door(open_page: OpenPage, cast: Cast):
    assert "Sharps container" not in said(open_page(cast.zed, "glossary"))
