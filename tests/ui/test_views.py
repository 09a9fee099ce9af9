"""What pages show, worked out without Streamlit."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from training.content.libraries import load_library
from training.core.interval import Interval
from training.core.library import LearningModule, Library, ModuleSection
from training.core.permission import Role
from training.core.question import Citation
from training.services.administering import Account
from training.services.learning import ReadingProgress
from training.services.settings import ROOT
from training.ui.figures import picture
from training.ui.views import people, words
from training.ui.views.reading import Kind, passages, section_view

NUMBERS = {"hong-1994": 1, "who-2009": 2}
MODULE = LearningModule(
    "twitch", "Twitch", "A summary.", 1, 5, (), (ModuleSection("one", "One", "Text [@who-2009]."),), ("Point.",),
    ("hong-1994", "who-2009"), "modules/twitch",
)  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Library:
    return load_library(ROOT)[0]


def test_citations_become_numbers_that_lead_to_the_references():
    found = passages("A claim [@who-2009; @hong-1994], and one more [@who-2009].", MODULE, NUMBERS)

    assert [each.text for each in found] == ["A claim [\\[1, 2\\]](#references), and one more [\\[2\\]](#references)."]


def test_a_source_that_is_not_listed_stays_readable():
    assert "nobody-1900" in passages("A claim [@nobody-1900].", MODULE, NUMBERS)[0].text


def test_figures_and_set_off_passages_are_told_from_the_text():
    body = (
        "Before.\n\nStill before.\n\n"
        '![A calf](figures/calf.svg "A calf, seen from behind [@who-2009].")\n\n'
        "> **Vignette.** Ash runs.\n> And runs.\n\n> **Contested.** Some say so.\n\n> **Verify locally.** The law.\n\n"
        "> Only a quotation."
    )

    found = passages(body, MODULE, NUMBERS)

    assert [each.kind for each in found] == [
        Kind.PROSE, Kind.FIGURE, Kind.VIGNETTE, Kind.CONTESTED, Kind.VERIFY_LOCALLY, Kind.PROSE
    ]  # fmt: skip
    assert found[0].text == "Before.\n\nStill before."
    assert (found[1].file, found[1].alt) == ("modules/twitch/figures/calf.svg", "A calf")
    assert found[1].text == "A calf, seen from behind [\\[2\\]](#references)."
    assert found[2].text == "Ash runs.\nAnd runs."


def test_the_last_section_brings_key_points_and_all_references():
    progress = ReadingProgress(MODULE, frozenset(), None, None)
    citations = [Citation("hong-1994", "Hong 1994.", "https://doi.org/10.1/x"), Citation("who-2009", "WHO 2009.")]

    view = section_view(progress, "one", citations)

    assert view is not None
    assert view.key_points == ("Point.",)
    assert view.sources == (
        "**\\[1\\]** Hong 1994. [doi.org/10.1/x](https://doi.org/10.1/x)", "**\\[2\\]** WHO 2009."
    )  # fmt: skip
    assert section_view(progress, "two", citations) is None


def test_every_section_of_the_real_modules_can_be_drawn(content: Library):
    for module in content.modules.values():
        progress = ReadingProgress(module, frozenset(), None, None)
        citations = [content.references[key].cited() for key in module.references]
        for section in module.sections:
            view = section_view(progress, section.id, citations)
            assert view is not None
            text = "\n".join(passage.text for passage in view.passages)
            assert "[@" not in text
            assert "![" not in text
            assert all(passage.alt for passage in view.passages if passage.kind is Kind.FIGURE)
            assert all((ROOT / passage.file).is_file() for passage in view.passages if passage.file)


def test_an_authors_characters_are_shown_as_they_are():
    assert words.plain("5 * 3 < $20 [sic] :red[x]") == "5 \\* 3 \\< \\$20 \\[sic\\] \\:red\\[x\\]"


def test_a_percentage_is_never_rounded_up_over_a_pass_mark():
    assert [words.percent(each) for each in (79.99, 80.0, 0, 100)] == ["79 %", "80 %", "0 %", "100 %"]


def test_amounts_and_times_are_said_as_people_say_them():
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    assert words.count(1, "try", "tries") == "1 try"
    assert words.count(3, "try", "tries") == "3 tries"
    assert words.span(Interval(0.494, 0.881)) == "49 to 88 %"
    assert words.day_and_time(moment, timezone(timedelta(hours=1))) == "2 March 2026, 00:30"
    assert words.time_left(timedelta(minutes=12, seconds=40)) == "12 minutes left"
    assert words.time_left(timedelta(seconds=-4)) == "0 seconds left"
    assert [words.points(each) for each in (3.0, 2.5, 1 / 3)] == ["3", "2.5", "0.33"]


def test_a_pictures_alternative_cannot_break_out_of_it():
    assert picture("a b.svg", "Needle [left]") == "![Needle (left)](/assets/a%20b.svg)"


@pytest.mark.parametrize("name", ["Alex", "Alex (simulated)"])
def test_a_simulated_person_is_marked_once_and_roles_stand_beside_the_name(name: str):
    account = Account(
        "alex", "alex@example.org", name, (Role.LEARNER,), "password", datetime(2026, 3, 1, tzinfo=UTC), None, True
    )

    assert list(people.row(account).items())[:2] == [("Name", "Alex (simulated)"), ("Roles", "learner")]
    assert people.label(account) == "Alex (simulated) · alex@example.org"


def test_a_line_of_claims_shows_their_verdicts_as_the_register_has_them(library: Library):
    found = passages("Before.\n\n[claims: a53, a03]\n\nAfter.", MODULE, NUMBERS, claims=library.claims)

    assert [each.kind for each in found] == [Kind.PROSE, Kind.CLAIMS, Kind.PROSE]
    assert found[1].text.startswith("- “The needles are sterile and disposable.” :green-badge[Supported]")
    assert "hyperirritable spot" in found[1].text
