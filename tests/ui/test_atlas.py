"""The muscle atlas: a region's muscles with what is at risk, found by what one would type, unread parts marked."""

import json
from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.ui.conftest import OpenPage, said
from training.content.libraries import load_library
from training.core.library import Library
from training.core.muscle import Region
from training.ui.views.atlas import REGIONS, VERIFY, atlas_view

ROOT = Path(__file__).parents[2]
BODY = ROOT / "training" / "ui" / "components" / "body_map" / "body.json"


@pytest.fixture(scope="module")
def ours() -> Library:
    return load_library(ROOT)[0]


def test_every_row_of_the_briefs_table_is_there(ours: Library):
    assert len(ours.muscles) >= 65
    assert {muscle.region for muscle in ours.muscles.values()} == set(Region)


def test_a_region_shows_its_muscles_with_referral_and_what_is_at_risk(ours: Library):
    view = atlas_view(list(ours.muscles.values()), "shoulder-thorax", "", ours.references)

    assert view.summary == "14 muscles of the region shoulder and thorax."
    rhomboids = next(card for card in view.cards if card.id == "rhomboids")
    assert rhomboids.grave
    assert "Pleura and lung" in rhomboids.at_risk
    assert "**Described referral:**" in rhomboids.text


def test_what_the_project_only_remembers_says_verify_locally(ours: Library):
    rows = {card.id: card for card in atlas_view(list(ours.muscles.values()), "", "").cards}

    assert VERIFY in rows["iliopsoas"].text
    assert VERIFY not in rows["trapezius-upper"].text


@pytest.mark.parametrize(("typed", "found"), [("RADIAL nerve spiral", ["triceps"]), ("frohse", ["supinator"])])
def test_a_search_finds_muscles_by_structure_whatever_its_case(ours: Library, typed: str, found: list[str]):
    assert [card.id for card in atlas_view(list(ours.muscles.values()), "", typed).cards] == found


def test_what_was_typed_as_a_phrase_comes_before_its_words_scattered(ours: Library):
    found = [card.id for card in atlas_view(list(ours.muscles.values()), "", "radial nerve").cards]

    assert found.index("triceps") < found.index("scalenes")


def test_the_body_has_every_region_and_is_drawn_within_its_frame():
    drawing = json.loads(BODY.read_text("utf-8"))

    assert set(drawing["regions"]) == set(drawing["names"]) == set(REGIONS)
    numbers = [
        float(number)
        for paths in (*drawing["regions"].values(), *(view["lines"] for view in drawing["views"]))
        for path in paths
        for number in path.replace("M", " ").replace("L", " ").replace("C", " ").replace("Z", " ").split()
    ]
    across, down = numbers[::2], numbers[1::2]
    assert 0 <= min(across) <= max(across) <= drawing["width"]
    assert 0 <= min(down) <= max(down) <= drawing["height"]


def test_the_page_asks_for_a_region_first_and_then_shows_it(open_page: OpenPage, cast: Cast):
    assert "There is no atlas yet" in said(open_page(cast.ann, "atlas")) or "Choose a region" in said(
        open_page(cast.ann, "atlas")
    )
