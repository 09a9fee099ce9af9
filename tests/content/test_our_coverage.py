"""Our own banks hold what the blueprint asks for; what waits for others is named."""

from pathlib import Path

from training.content.libraries import load_library
from training.core.coverage import covered, stock, wants

LIBRARY, _ = load_library(Path(__file__).parents[2])


def test_every_objective_and_every_type_has_its_items() -> None:
    assert wants(covered(LIBRARY), stock(LIBRARY)) == []


def test_no_objective_is_held_back() -> None:
    assert [row.objective.id for row in covered(LIBRARY) if row.held_back] == []


def test_no_exam_asks_what_only_programs_voted_on() -> None:
    voted = [item for item in LIBRARY.items() if item.type == "script_concordance"]

    assert len(voted) >= 12
    assert not any(item.scorable for item in voted)
