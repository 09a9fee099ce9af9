"""Registers: what others name by an id, and what an entry may not get wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.content.conftest import located
from training.content.libraries import load_library
from training.core.claim import Verdict
from training.core.verified import Verified

ROOT = Path(__file__).parents[2]
CLAIMS, BELIEFS = "question_banks/claims.yaml", "question_banks/misconceptions.yaml"
Edit = Callable[[str, str, str], None]


def test_a_library_knows_its_registers_by_id(content: Path) -> None:
    library, problems = load_library(content)

    assert problems == []
    assert library.claims["a53"].verdict is Verdict.SUPPORTED
    assert library.misconceptions["m35"].never_keyed
    assert library.glossary["sharps-container"].names == ("Sharps container", "sharps bin")
    assert library.muscles["rhomboids"].advanced


def test_what_a_register_names_must_exist(content: Path, edit: Edit) -> None:
    edit(CLAIMS, "- fernandez-de-las-penas-2018", "- fernandez-2018")
    edit(BELIEFS, "- a53", "- a35")
    edit(BELIEFS, 'objective: "7.2"', 'objective: "7.22"')

    _, problems = load_library(content)

    assert [(each.file, each.line, each.column, each.code) for each in problems] == [
        (CLAIMS, 7, 9, "B113"),
        (BELIEFS, 5, 16, "B112"),
        (BELIEFS, 14, 9, "B134"),
    ]


def test_an_entry_that_does_not_fit_is_left_out_and_named(content: Path, edit: Edit) -> None:
    edit(CLAIMS, "verdict: supported", "verdict: suported")

    library, problems = load_library(content)

    assert list(library.claims) == ["a53", "contested-claim"]
    assert [row[:3] for row in located(problems)] == [(4, 14, "B104")]
    assert problems[0].hint == "did you mean 'supported'?"


def test_of_two_entries_with_one_id_the_first_stands(content: Path, edit: Edit) -> None:
    edit(CLAIMS, "id: a53", "id: a03")

    library, problems = load_library(content)

    assert library.claims["a03"].statement.startswith("A trigger point")
    assert [row[:3] for row in located(problems)] == [(10, 9, "B111")]


def test_an_edit_of_a_register_changes_the_digest(content: Path, edit: Edit) -> None:
    before, _ = load_library(content)
    edit(CLAIMS, "verdict: supported", "verdict: partly")

    assert load_library(content)[0].digest != before.digest


@pytest.mark.parametrize("body", ["", "just a text", "claims: 7\n", "claims:\n  - - -\n", "\x00\x01", "a: ["])
@pytest.mark.parametrize("file", [CLAIMS, BELIEFS, "question_banks/glossary.yaml", "modules/atlas/muscles.yaml"])
def test_no_mess_in_a_register_stops_the_rest_from_loading(content: Path, file: str, body: str) -> None:
    (content / file).write_text(body)

    library, problems = load_library(content)

    assert {problem.file for problem in problems} == {file}
    assert {"sample-safety", "sample-twitch"} <= library.banks.keys()


def test_the_products_own_registers_hold_the_whole_brief() -> None:
    library, _ = load_library(ROOT)

    assert [name for name in library.claims if name.startswith("a")] == [f"a{number:02}" for number in range(1, 69)]
    assert [name for name in library.claims if name.startswith("d")] == [f"d{number:02}" for number in range(1, 11)]
    assert list(library.misconceptions) == [f"m{number:02}" for number in range(1, 65)]


def test_every_contested_guideline_matter_has_a_wording_that_stays_true() -> None:
    library, _ = load_library(ROOT)

    assert all(claim.wording for name, claim in library.claims.items() if name.startswith("d"))


def test_the_glossary_and_the_atlas_are_whole_and_say_how_far_they_were_read() -> None:
    library, _ = load_library(ROOT)

    assert len(library.glossary) == 80
    assert len(library.muscles) >= 65
    assert all(muscle.advanced == (muscle.tier >= 3) for muscle in library.muscles.values())
    lung = [each for each in library.muscles.values() if any("leura" in risk for risk in each.at_risk)]
    assert len(lung) >= 15
    assert all(each.grave for each in lung)


PARTLY_READ = {
    "at_risk": {
        "trapezius-upper",
        "supraspinatus",
        "infraspinatus",
        "triceps",
        "iliocostalis",
        "piriformis",
        "suboccipitals",
    },
    "approach": {"trapezius-lower", "supraspinatus", "rhomboids", "gastrocnemius", "first-dorsal-interosseous"},
    "attachments": {"adductors", "hamstrings", "fibularis"},
}


def test_a_cell_of_the_atlas_of_which_only_a_part_was_read_is_to_be_verified_and_says_which_part() -> None:
    library, _ = load_library(ROOT)

    for field, names in PARTLY_READ.items():
        for name in names:
            assert getattr(library.muscles[name].verified, field) is Verified.RECALL, (name, field)
            assert re.search("from memory|cross-checked", library.muscles[name].note or ""), name


def test_no_two_terms_of_the_glossary_share_a_name() -> None:
    library, _ = load_library(ROOT)
    names = [name.casefold() for term in library.glossary.values() for name in term.names]

    assert len(names) == len(set(names))


def test_every_claim_of_the_articles_is_shown_with_its_verdict_in_a_module() -> None:
    library, _ = load_library(ROOT)
    shown = {name for module in library.modules.values() for each in module.sections for name in each.claims}

    assert {name for name in library.claims if name.startswith("a")} <= shown


def test_every_module_has_objectives_and_a_revision_sheet_and_every_objective_is_taught() -> None:
    library, _ = load_library(ROOT)
    taught = {name for module in library.modules.values() for each in module.sections for name in each.objectives}

    assert [module.slug for module in library.modules.values() if not module.revision] == []
    assert {each.id for each in library.objectives()} <= taught
