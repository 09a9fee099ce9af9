"""Each module of ours teaches as the curriculum promises: long enough, through one case, with decisions and a sheet."""

import re
from functools import cache
from pathlib import Path

import pytest

from training.content.libraries import load_library
from training.core.library import LearningModule

ROOT = Path(__file__).parents[2]
IN_THE_CASE = {  # who the vignette of each module is about, or who treats: a name that most sections come back to
    "adverse-events": "Imre|Dana",
    "consent-and-aftercare": "Lea|Samir",
    "contraindications": "Alex",
    "evidence-appraisal": "Petra|Jonas",
    "infection-control": "Noor|Tom",
    "muscles-lower": "Jonas",
    "muscles-upper": "Mira",
    "plan-of-care": "Ruth|Adil",
    "safe-technique": "Robin",
    "scope-and-law": "Nadia",
    "trigger-point-anatomy": "Sam",
    "twitch-responses": "Ash",
}


@cache
def modules() -> dict[str, LearningModule]:
    return dict(load_library(ROOT)[0].modules)


def prose(module: LearningModule) -> str:
    return "\n".join(section.body for section in module.sections)


def test_no_module_is_left_out_of_these_checks() -> None:
    assert set(modules()) == set(IN_THE_CASE)


@pytest.mark.parametrize("slug", IN_THE_CASE)
def test_a_module_is_of_a_length_that_can_be_read_in_one_sitting(slug: str) -> None:
    assert 1200 <= len(prose(modules()[slug]).split()) <= 3000


@pytest.mark.parametrize(("slug", "name"), IN_THE_CASE.items())
def test_the_vignette_runs_through_the_module(slug: str, name: str) -> None:
    without = [each.id for each in modules()[slug].sections if not re.search(rf"\b({name})\b", each.body)]

    assert len(without) <= 1, f"{slug}: {without}"


@pytest.mark.parametrize("slug", IN_THE_CASE)
def test_a_module_has_worked_decisions_questions_key_points_and_sources(slug: str) -> None:
    module = modules()[slug]

    assert prose(module).count("**Worked decision.**") >= 2
    assert all(section.check for section in module.sections)
    assert len(module.key_points) >= 5
    assert len(module.references) >= 3


@pytest.mark.parametrize("slug", IN_THE_CASE)
def test_a_module_cites_what_it_lists_and_lists_what_it_cites(slug: str) -> None:
    module = modules()[slug]
    cited = {key for each in re.findall(r"\[(@[^\]]+)\]", prose(module)) for key in re.findall(r"@([a-z0-9-]+)", each)}

    assert cited == set(module.references)


@pytest.mark.parametrize("slug", IN_THE_CASE)
def test_a_revision_sheet_fits_one_page(slug: str) -> None:
    assert 100 <= len(modules()[slug].revision.split()) <= 260
